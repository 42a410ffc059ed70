// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Two assets of a round, by their place in its list: o is sold, u is bought.
struct Pair {
  uint8 o;
  uint8 u;
}

/// @notice One fill: `o` for `u` over the listed pools of `route`, or, with an empty route, from the caller's own stock.
/// @param most {o} that the caller takes at most; 0 for as much as may be
struct Trade {
  uint8 o;
  uint8 u;
  uint112 most;
  address[] route;
}

/// @notice Epochs, crossing and trades: brings indices back to their target weights by open rules (docs/rules.md 6).
interface IRebalancer {
  event Opened(uint256 indexed opening, address[] indices, address[] assets, uint256[] anchors);
  event Crossed(uint256 indexed opening, address indexed o, address indexed u, uint256 amountO, uint256 amountU);
  event Traded(
    uint256 indexed opening, address indexed o, address indexed u, uint256 given, uint256 received, address[] route
  );
  event Skipped(uint256 indexed opening, address indexed o, address indexed u, bytes reason);
  event PoolSet(address indexed pool, address token0, address token1, bool listed);

  error NotAscending(address previous, address next);
  error UnknownAsset(address asset);
  error TooSmall(address index, uint256 nav);
  error InTolerance(address index, uint256 driftBps);
  error TooEarly(address index, uint256 from);
  error NothingTradable(address index);
  error NoIndices();
  error PriceNotLive(address asset);
  error UnknownOpening(uint256 opening);
  error BadPair(uint256 o, uint256 u);
  error NothingExecuted();
  error OnlySelf(address caller);
  error BadRoute(uint256 hops);
  error PoolNotListed(address pool, address tokenIn, address tokenOut);
  error BelowLimit(uint256 received, uint256 limit);
  error BelowMinimumFill(uint256 given, uint256 minimum);
  error NothingToTrade(address o, address u);

  /// @notice Open an epoch for indices that are out of tolerance, with one anchor price per asset; anyone, at most once in 24 h
  /// per index, or at once after a reweigh. An index that may not enter stays out; when none may, the call reverts with the last reason.
  /// @param indices ascending
  /// @param assets every asset of these indices, ascending
  function open(address[] calldata indices, address[] calldata assets) external returns (uint256 opening);

  /// @notice Cross and trade for indices of one opening; anyone. A fill below its limit is skipped, and so is an index that left the
  /// opening since the call was planned (reweighed, epoch over, NAV too small); reverts if nothing was done.
  /// @param indices ascending
  /// @param assets what is traded, ascending
  function rebalance(
    uint256 opening,
    address[] calldata indices,
    address[] calldata assets,
    Pair[] calldata crosses,
    Trade[] calldata trades
  ) external;
}
