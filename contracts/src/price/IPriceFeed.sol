// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev One answer about one asset, packed:
///
///   bits   0..127  price   UQ112 {base wei / asset wei}
///   bits 128..143  qBps    {bps} sum of the deviation thresholds of the asset's feeds
///   bits 144..145  status  DEAD, LIVE or FROZEN
type Quote is uint256;

using Quotes for Quote global;

/// @title Packing of quotes
library Quotes {
  /// @dev One base wei per asset wei, as UQ112. The price of the base itself, exactly (docs/rules.md 5).
  uint256 internal constant ONE = 1 << 112;

  /// @dev No price: the asset stays out of value and of targets. A dead quote is 0 as a whole.
  uint256 internal constant DEAD = 0;
  /// @dev The price counts and the asset may be traded.
  uint256 internal constant LIVE = 1;
  /// @dev The last good price, at most 24 h old: the asset counts in value, but is not traded.
  uint256 internal constant FROZEN = 2;

  /// @return {base wei / asset wei} UQ112, below 2^128.
  function price(Quote self) internal pure returns (uint256) {
    return uint128(Quote.unwrap(self));
  }

  /// @return {bps} by how much the true price may differ from `price` before its feeds have to answer anew.
  function qBps(Quote self) internal pure returns (uint256) {
    return uint16(Quote.unwrap(self) >> 128);
  }

  /// @return DEAD, LIVE or FROZEN.
  function status(Quote self) internal pure returns (uint256) {
    return (Quote.unwrap(self) >> 144) & 3;
  }

  /// @param price_ {base wei / asset wei} UQ112, below 2^128 (not checked)
  /// @param qBps_ {bps} below 2^16 (not checked)
  /// @param status_ LIVE or FROZEN
  function pack(uint256 price_, uint256 qBps_, uint256 status_) internal pure returns (Quote) {
    return Quote.wrap(price_ | (qBps_ << 128) | (status_ << 144));
  }
}

/// @dev One Chainlink feed on the way from an asset to USD.
struct Source {
  address feed; // proxy with `latestRoundData`
  uint32 heartbeat; // {s} longest time between two answers
  uint16 qBps; // {bps} deviation threshold: the feed answers anew when the price moved by more
}

/// @dev An asset and the feeds whose product is its price in USD: [asset/USD], or [asset/ETH, ETH/USD].
struct AssetSources {
  address asset;
  Source[] path;
}

/// @title Prices of assets in the base (docs/rules.md 5)
interface IPriceFeed {
  /// @notice An asset got its first feeds. `price` is UQ112 {base wei / asset wei}.
  event FeedAdded(address indexed asset, Source[] path, uint256 price);
  /// @notice A replacement that may differ by more than 2 % may be made from `from` {s} on.
  event FeedProposed(address indexed asset, Source[] path, uint256 from);
  /// @notice The feeds of an asset were replaced. Prices are UQ112 {base wei / asset wei} (of the base: its feed's answer in
  /// UQ112 USD); `oldPrice` is 0 when the old feeds were not live.
  event FeedReplaced(address indexed asset, Source[] oldPath, Source[] newPath, uint256 oldPrice, uint256 newPrice);
  /// @notice The bounds of the aggregators behind the asset's feeds were read anew.
  event BoundsSynced(address indexed asset);

  error UnknownAsset(address asset);
  error FeedExists(address asset);
  error NotLive(address asset, uint256 status);
  error BadPathLength(address asset, uint256 length);
  error BadSource(address feed, uint256 heartbeat, uint256 qBps);
  error BadBounds(address feed, int256 minAnswer, int256 maxAnswer);
  error BadDecimals(address asset, uint256 assetDecimals, uint256 feedDecimals);
  error TooFarFromOld(address asset, uint256 oldPrice, uint256 newPrice);
  error NotEnoughGas(uint256 left, uint256 needed);

  /// @notice The asset in which everything is priced (USDC).
  function base() external view returns (address);

  /// @notice Quotes of assets, in their order. Never reverts because of what a feed does; reverts for an asset without feeds
  /// (`UnknownAsset`) and when so little gas is left that a live feed could look dead (`NotEnoughGas`).
  function quotes(address[] calldata assets) external view returns (Quote[] memory);

  /// @notice As `quotes`; also stores each live price as the asset's last good price. Open to everyone.
  function refreshed(address[] calldata assets) external returns (Quote[] memory);

  /// @notice UQ112 price {base wei / asset wei}; reverts `NotLive` unless the quote is live.
  function last(address asset) external view returns (uint256 price);

  /// @notice The feeds of an asset; empty when it has none.
  function path(address asset) external view returns (Source[] memory);

  /// @notice The price stored last for an asset, UQ112 {base wei / asset wei}, and when {s}.
  function lastGood(address asset) external view returns (uint256 price, uint256 at);

  /// @notice Gives feeds to an asset that has none. They must be live.
  function addFeed(address asset, Source[] calldata path_) external;

  /// @notice Announces feeds whose price may differ from the present one by more than 2 %.
  function proposeFeed(address asset, Source[] calldata path_) external;

  /// @notice Replaces the feeds of an asset by live ones: within 2 % of the present price, or proposed 24 h ago.
  function replaceFeed(address asset, Source[] calldata path_) external;

  /// @notice Reads the bounds of the aggregators anew (an aggregator behind a proxy can change). Open to everyone.
  function syncBounds(address[] calldata assets) external;
}
