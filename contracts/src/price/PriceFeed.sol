// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Chainlink, IChainlinkFeed, PackedSource} from "./Chainlink.sol";
import {AssetSources, IPriceFeed, Quote, Quotes, Source} from "./IPriceFeed.sol";
import {Prices} from "./Prices.sol";

/// @title Registry of price feeds (docs/rules.md 5)
/// @dev Assumptions.
///   PRICE: an asset's price in the base is the product of its feeds (one or two, the last one in USD) over the base's own USD
///   feed, as UQ112 {base wei / asset wei}, rounded down once.
///   TRUST: feeds are believed within the checks of `Chainlink`. Who may add and replace feeds is the authority's matter; even
///   they move a price by more than 2 % only 24 h after they said so.
///   LIVENESS: a feed that breaks hurts its own asset alone: the last good price counts for 24 h, then the asset is left out.
///   When the base's feed breaks every other asset is at its last good price.
///   L2: with a sequencer feed, nothing is live until the sequencer is up for an hour.
contract PriceFeed is IPriceFeed, AccessManaged {
  /// @dev {s} from a proposal until it may be carried out
  uint256 public constant PROPOSAL_DELAY = 24 hours;
  /// @dev {bps} by how much a replacement may differ from the present price without a proposal
  uint256 public constant REPLACEMENT_BPS = 200;

  uint256 private constant BP = 10_000;
  /// @dev Of the base and of its feed: `Prices.toPrice` takes exponents up to 36.
  uint256 private constant MAX_BASE_DECIMALS = 18;
  uint256 private constant MAX_ASSET_DECIMALS = 27;
  /// @dev Smallest exponent of ten for which `Prices.toPrice` does not overflow.
  int256 private constant MIN_EXPONENT = -48;

  struct Proposal {
    bytes32 pathHash;
    uint256 from; // {s}
  }

  address public immutable base;
  /// @notice The L2 sequencer's uptime feed, or zero on a chain without one.
  address public immutable sequencer;
  uint256 private immutable _baseDecimals;
  uint256 private immutable _baseFeedDecimals;

  mapping(address asset => PackedSource) private _first;
  mapping(address asset => PackedSource) private _second;
  /// @dev price in bits 0..127 UQ112 {base wei / asset wei}, time in bits 128..255 {s}
  mapping(address asset => uint256) private _lastGood;
  mapping(address asset => Proposal) private _proposals;

  /// @param authority_ the AccessManager that says who may add and replace feeds
  /// @param base_ the asset in which everything is priced
  /// @param baseSource its feed in USD
  /// @param sequencer_ the L2 sequencer's uptime feed, or zero
  /// @param initial the first assets, so that a deployment is complete without any further right
  constructor(
    address authority_,
    address base_,
    Source memory baseSource,
    address sequencer_,
    AssetSources[] memory initial
  ) AccessManaged(authority_) {
    base = base_;
    sequencer = sequencer_;
    _baseDecimals = IERC20Metadata(base_).decimals();
    _baseFeedDecimals = IChainlinkFeed(baseSource.feed).decimals();
    if (_baseDecimals > MAX_BASE_DECIMALS || _baseFeedDecimals > MAX_BASE_DECIMALS) {
      revert BadDecimals(base_, _baseDecimals, _baseFeedDecimals);
    }

    Source[] memory basePath = new Source[](1);
    basePath[0] = baseSource;
    _add(base_, basePath);
    for (uint256 i; i < initial.length; ++i) {
      _add(initial[i].asset, initial[i].path);
    }
  }

  // ----------------------------------------------------------------- reading

  /// @inheritdoc IPriceFeed
  function quotes(address[] calldata assets) external view returns (Quote[] memory) {
    uint256 answer = _begin(assets.length);
    (uint256 baseAnswer, uint256 baseStatus) = _readBase();
    for (uint256 i; i < assets.length; ++i) {
      _put(answer, i, _quote(assets[i], baseAnswer, baseStatus));
    }
    _return(answer);
  }

  /// @inheritdoc IPriceFeed
  function refreshed(address[] calldata assets) external returns (Quote[] memory) {
    uint256 answer = _begin(assets.length);
    (uint256 baseAnswer, uint256 baseStatus) = _readBase();
    for (uint256 i; i < assets.length; ++i) {
      address asset = assets[i];
      Quote quote = _quote(asset, baseAnswer, baseStatus);
      if (quote.status() == Quotes.LIVE && asset != base) _storeLastGood(asset, quote.price());
      _put(answer, i, quote);
    }
    _return(answer);
  }

  /// @inheritdoc IPriceFeed
  function last(address asset) external view returns (uint256 price) {
    (uint256 baseAnswer, uint256 baseStatus) = _readBase();
    Quote quote = _quote(asset, baseAnswer, baseStatus);
    if (quote.status() != Quotes.LIVE) revert NotLive(asset, quote.status());
    return quote.price();
  }

  /// @inheritdoc IPriceFeed
  function path(address asset) external view returns (Source[] memory) {
    return _path(asset);
  }

  /// @inheritdoc IPriceFeed
  function lastGood(address asset) external view returns (uint256 price, uint256 at) {
    uint256 stored = _lastGood[asset];
    return (uint128(stored), stored >> 128);
  }

  // ----------------------------------------------------------------- changing

  /// @inheritdoc IPriceFeed
  function addFeed(address asset, Source[] calldata path_) external restricted {
    _add(asset, path_);
  }

  /// @inheritdoc IPriceFeed
  function proposeFeed(address asset, Source[] calldata path_) external restricted {
    _requireKnown(asset);
    uint256 from = block.timestamp + PROPOSAL_DELAY;
    _proposals[asset] = Proposal({pathHash: keccak256(abi.encode(path_)), from: from});
    emit FeedProposed(asset, path_, from);
  }

  /// @inheritdoc IPriceFeed
  function replaceFeed(address asset, Source[] calldata path_) external restricted {
    _requireKnown(asset);
    Source[] memory oldPath = _path(asset);
    (uint256 oldPrice, uint256 oldStatus) = _measure(asset, _first[asset], _second[asset]);
    if (oldStatus != Quotes.LIVE) oldPrice = 0;

    uint256 newPrice = _set(asset, path_);

    Proposal memory proposal = _proposals[asset];
    bool proposed =
      proposal.from != 0 && proposal.from <= block.timestamp && proposal.pathHash == keccak256(abi.encode(path_));
    if (!proposed && !_isNear(oldPrice, newPrice)) revert TooFarFromOld(asset, oldPrice, newPrice);
    delete _proposals[asset];
    emit FeedReplaced(asset, oldPath, path_, oldPrice, newPrice);
  }

  /// @inheritdoc IPriceFeed
  function syncBounds(address[] calldata assets) external {
    for (uint256 i; i < assets.length; ++i) {
      address asset = assets[i];
      _requireKnown(asset);
      _first[asset] = _first[asset].withBoundsOfNow();
      if (_first[asset].isFollowed()) _second[asset] = _second[asset].withBoundsOfNow();
      emit BoundsSynced(asset);
    }
  }

  // ----------------------------------------------------------------- inside: answering

  /// @dev Room for an answer of `n` quotes, as it is sent: offset, length, words. A round reads every price that it trades at; the
  /// compiler would fill a list, then copy it word by word.
  function _begin(uint256 n) private pure returns (uint256 answer) {
    assembly ("memory-safe") {
      answer := mload(0x40)
      mstore(answer, 0x20)
      mstore(add(answer, 0x20), n)
      mstore(0x40, add(answer, add(0x40, shl(5, n))))
    }
  }

  /// @dev `i` is below the `n` of `_begin`.
  function _put(uint256 answer, uint256 i, Quote quote) private pure {
    assembly ("memory-safe") {
      mstore(add(answer, add(0x40, shl(5, i))), quote)
    }
  }

  /// @dev Ends the external call with the answer.
  function _return(uint256 answer) private pure {
    assembly ("memory-safe") {
      return(answer, add(0x40, shl(5, mload(add(answer, 0x20)))))
    }
  }

  // ----------------------------------------------------------------- inside: reading

  /// @dev The base's answer; FROZEN at best while the sequencer is not up for an hour, and with it every asset.
  function _readBase() private view returns (uint256 answer, uint256 status) {
    (answer, status) = _first[base].read();
    status = _worse(status, _chainStatus());
  }

  /// @dev FROZEN while this chain's sequencer is down, or was less than an hour ago.
  function _chainStatus() private view returns (uint256) {
    return sequencer == address(0) || Chainlink.sequencerUp(sequencer) ? Quotes.LIVE : Quotes.FROZEN;
  }

  function _quote(address asset, uint256 baseAnswer, uint256 baseStatus) private view returns (Quote) {
    if (asset == base) return Quotes.pack(Quotes.ONE, _first[base].qBps(), Quotes.LIVE);
    PackedSource first = _first[asset];
    if (PackedSource.unwrap(first) == 0) revert UnknownAsset(asset);
    uint256 q = first.qBps();
    (uint256 answer, uint256 status) = first.read();
    if (first.isFollowed()) {
      PackedSource second = _second[asset];
      q += second.qBps();
      (answer, status) = _times(answer, status, second);
    }
    status = _worse(status, baseStatus);
    if (status == Quotes.DEAD) return _lastGoodQuote(asset, q);
    uint256 price = Prices.toPrice(answer, baseAnswer, first.exponent());
    return price == 0 ? Quote.wrap(Quotes.DEAD) : Quotes.pack(price, q, status);
  }

  /// @dev The price stored last, as long as it counts.
  function _lastGoodQuote(address asset, uint256 q) private view returns (Quote) {
    uint256 stored = _lastGood[asset];
    if (stored == 0 || block.timestamp - (stored >> 128) > Chainlink.FROZEN_FOR) return Quote.wrap(Quotes.DEAD);
    return Quotes.pack(uint128(stored), q, Quotes.FROZEN);
  }

  /// @dev The product of the answers on a path, and the worst of their states.
  function _readPath(PackedSource first, PackedSource second) private view returns (uint256 answer, uint256 status) {
    (answer, status) = first.read();
    if (first.isFollowed()) (answer, status) = _times(answer, status, second);
  }

  function _times(uint256 answer, uint256 status, PackedSource second) private view returns (uint256, uint256) {
    (uint256 hop, uint256 hopStatus) = second.read();
    unchecked {
      return (answer * hop, _worse(status, hopStatus)); // each below 2^96
    }
  }

  /// @dev DEAD before FROZEN before LIVE.
  function _worse(uint256 a, uint256 b) private pure returns (uint256) {
    if (a == b) return a;
    if (a == Quotes.DEAD || b == Quotes.DEAD) return Quotes.DEAD;
    return a > b ? a : b;
  }

  /// @dev What feeds say now: the price in the base; for the base itself UQ112 {USD / base}. 0 when there is none.
  function _measure(address asset, PackedSource first, PackedSource second)
    private
    view
    returns (uint256 price, uint256 status)
  {
    // The base is measured in USD, whatever its present feed says.
    (uint256 baseAnswer, uint256 baseStatus) = asset == base ? (10 ** _baseFeedDecimals, _chainStatus()) : _readBase();
    uint256 answer;
    (answer, status) = _readPath(first, second);
    status = _worse(status, baseStatus);
    if (status != Quotes.DEAD) price = Prices.toPrice(answer, baseAnswer, first.exponent());
    if (price == 0) status = Quotes.DEAD;
  }

  // ----------------------------------------------------------------- inside: changing

  function _add(address asset, Source[] memory path_) private {
    if (PackedSource.unwrap(_first[asset]) != 0) revert FeedExists(asset);
    uint256 price = _set(asset, path_);
    emit FeedAdded(asset, path_, price);
  }

  /// @dev Stores the feeds of an asset, which have to be live now, and their price as the last good one: no feed ever falls
  /// back on a price of its predecessor.
  function _set(address asset, Source[] memory path_) private returns (uint256 price) {
    (PackedSource first, PackedSource second) = _packPath(asset, path_);
    uint256 status;
    (price, status) = _measure(asset, first, second);
    if (status != Quotes.LIVE) revert NotLive(asset, status);
    _first[asset] = first;
    _second[asset] = second;
    if (asset != base) _storeLastGood(asset, price);
  }

  function _storeLastGood(address asset, uint256 price) private {
    _lastGood[asset] = price | (block.timestamp << 128);
  }

  function _packPath(address asset, Source[] memory path_)
    private
    view
    returns (PackedSource first, PackedSource second)
  {
    uint256 length = path_.length;
    if (length == 0 || length > (asset == base ? 1 : 2)) revert BadPathLength(asset, length);

    first = Chainlink.pack(path_[0]);
    uint256 feedDecimals = IChainlinkFeed(path_[0].feed).decimals();
    // Prices of every asset rest on the decimals of the base's feed: they never change.
    if (asset == base && feedDecimals != _baseFeedDecimals) revert BadDecimals(asset, _baseDecimals, feedDecimals);
    if (length == 2) {
      second = Chainlink.pack(path_[1]);
      feedDecimals += IChainlinkFeed(path_[1].feed).decimals();
    }

    uint256 assetDecimals = IERC20Metadata(asset).decimals();
    int256 exponent = int256(_baseFeedDecimals + _baseDecimals) - int256(feedDecimals + assetDecimals);
    if (assetDecimals > MAX_ASSET_DECIMALS || exponent < MIN_EXPONENT) {
      revert BadDecimals(asset, assetDecimals, feedDecimals);
    }
    first = first.asFirst(exponent, length == 2);
  }

  function _path(address asset) private view returns (Source[] memory path_) {
    PackedSource first = _first[asset];
    if (PackedSource.unwrap(first) == 0) return path_;
    path_ = new Source[](first.isFollowed() ? 2 : 1);
    path_[0] = first.unpack();
    if (path_.length == 2) path_[1] = _second[asset].unpack();
  }

  function _requireKnown(address asset) private view {
    if (PackedSource.unwrap(_first[asset]) == 0) revert UnknownAsset(asset);
  }

  /// @dev Whether two prices (below 2^128) differ by at most 2 % of the old one. Nothing is near a dead one.
  function _isNear(uint256 oldPrice, uint256 newPrice) private pure returns (bool) {
    uint256 difference = oldPrice > newPrice ? oldPrice - newPrice : newPrice - oldPrice;
    return difference * BP <= oldPrice * REPLACEMENT_BPS;
  }
}
