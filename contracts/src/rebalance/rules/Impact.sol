// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BASIS_POINT, FixedPoint, ONE} from "../../math/FixedPoint.sol";

/// @title Impact: how much a constant-product pool may be asked to trade (docs/rules.md 6)
///
/// Pools of Uniswap v2 and its forks: fee 30 bp, kept from the input (997 of 1 000 count). With x the input after that fee the
/// impact on a pool is x / (reserveIn + x): the part by which the average price is worse than the price before the trade.
/// Reserves and inputs {tok} are below 2^112; inputs beyond revert as soon as a product leaves 256 bits.
/// ROUNDING. Sizes are floored and impacts rounded up, so a trade of a computed size never shows more impact than its limit.
library Impact {
  /// @dev What counts of an input, per FEE_SCALE {1/1000} (Uniswap v2 core, UniswapV2Pair.swap).
  uint256 internal constant FEE_KEEP = 997;
  uint256 internal constant FEE_SCALE = 1000;
  /// @dev Fee of one hop {1e18}.
  uint256 internal constant HOP_FEE = 30 * BASIS_POINT;
  /// @dev The most impact of a whole route in 24 hours {1e18}: 15 bp.
  uint256 internal constant ROUTE_LIMIT = 15 * BASIS_POINT;
  /// @dev The most that pool fees and impact may cost together {1e18}: 75 bp.
  uint256 internal constant COST_LIMIT = 75 * BASIS_POINT;

  /// @notice Output of a pool for an input, floored, as the pool itself counts.
  /// @param amountIn {in}
  /// @param reserveIn {in} > 0
  /// @param reserveOut {out}
  /// @return {out}
  function amountOut(uint256 amountIn, uint256 reserveIn, uint256 reserveOut) internal pure returns (uint256) {
    uint256 kept = amountIn * FEE_KEEP;
    return (kept * reserveOut) / (reserveIn * FEE_SCALE + kept);
  }

  /// @notice Impact of an input on a pool, rounded up: x / (reserveIn + x), x = 0.997 amountIn.
  /// @param amountIn {in}
  /// @param reserveIn {in} > 0
  /// @return {1e18}
  function impactOf(uint256 amountIn, uint256 reserveIn) internal pure returns (uint256) {
    uint256 kept = amountIn * FEE_KEEP;
    return FixedPoint.mulDivUp(kept, ONE, reserveIn * FEE_SCALE + kept);
  }

  /// @notice The largest input whose impact on one pool is within the limit: x <= reserveIn * L / (1 - L), sent with its fee.
  /// @param reserveIn {in}
  /// @param limit L {1e18} < ONE
  /// @return {in}
  function maxInOneHop(uint256 reserveIn, uint256 limit) internal pure returns (uint256) {
    return _sent((reserveIn * limit) / (ONE - limit));
  }

  /// @notice The largest input of a route over two pools whose impacts together, 1 - (1 - i1)(1 - i2), are within the limit.
  /// @dev With x2 = 0.997 * out1 and out1 = x1 * reserveOut1 / (reserveIn1 + x1), (1 - i1)(1 - i2) >= 1 - L comes to
  /// x1 <= reserveIn1 * reserveIn2 * L / ((1 - L) * (reserveIn2 + 0.997 * reserveOut1)).
  /// @param reserveIn1 {in}
  /// @param reserveOut1 {mid}
  /// @param reserveIn2 {mid}, of the second pool; not both 0
  /// @param limit L {1e18} < ONE
  /// @return {in}
  function maxInTwoHops(uint256 reserveIn1, uint256 reserveOut1, uint256 reserveIn2, uint256 limit)
    internal
    pure
    returns (uint256)
  {
    uint256 depth = reserveIn2 * FEE_SCALE + reserveOut1 * FEE_KEEP;
    return _sent(FixedPoint.mulDivDown(reserveIn1 * reserveIn2, limit * FEE_SCALE, (ONE - limit) * depth));
  }

  /// @notice The impact that a route may still have: min(15 bp, 75 bp - 30 bp a hop) less what its pools have had in these 24 hours.
  /// @param hops number of pools in the route
  /// @param used impact already spent on these pools in the 24 hours, summed {1e18}
  /// @return {1e18} not below 0
  function routeLimit(uint256 hops, uint256 used) internal pure returns (uint256) {
    uint256 fees = HOP_FEE * hops;
    unchecked {
      uint256 limit = fees < COST_LIMIT ? COST_LIMIT - fees : 0;
      if (limit > ROUTE_LIMIT) limit = ROUTE_LIMIT;
      return used < limit ? limit - used : 0;
    }
  }

  /// @dev The input to send so that at most x {in} counts after the pool fee.
  function _sent(uint256 x) private pure returns (uint256) {
    return (x * FEE_SCALE) / FEE_KEEP;
  }
}
