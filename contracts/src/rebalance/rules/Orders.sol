// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedPoint, ONE, Q112} from "../../math/FixedPoint.sol";

/// @title Orders: the difference between what an index should hold and what it holds (docs/rules.md 6)
///
/// Amounts {tok} are below 2^112, prices {base/tok} are UQ112 below 2^128, values {base} are in the smallest unit of USDC (6
/// decimals) and below 2^84. An amount or price of 2^128, a value of 2^84 or a weight of 2^60 and more reverts.
/// ROUNDING. Values and targets are floored: the sum of targets never exceeds NAV.
library Orders {
  /// @dev An input beyond the bounds above, with the price {base/tok} it came with.
  error OutOfRange(uint256 input, uint256 price);

  /// @dev A difference worth no more than this is no order: 0.01 USDC {base}. Roundings never make an order.
  uint256 internal constant ORDER_DUST = 10_000;
  /// @dev An index that is worth less is neither traded nor reweighed: 1 000 USDC {base}.
  uint256 internal constant MIN_NAV = 1000e6;
  /// @dev A fill need not be worth more than this: 100 USDC {base}.
  uint256 internal constant MIN_FILL_VALUE = 100e6;

  /// @notice Value of an amount, floored.
  /// @param amount {tok}
  /// @param price {base/tok} UQ112
  /// @return {base}
  function valueOf(uint256 amount, uint256 price) internal pure returns (uint256) {
    if ((amount | price) >> 128 != 0) revert OutOfRange(amount, price);
    return valueWithin(amount, price);
  }

  /// @notice As `valueOf`, for amounts and prices that are known to be below 2^128: one check may do for many.
  function valueWithin(uint256 amount, uint256 price) internal pure returns (uint256) {
    unchecked {
      return (amount * price) >> 112; // < 2^256
    }
  }

  /// @notice The amount that an index should hold of an asset: its part of NAV, floored, at its price, floored.
  /// @param nav {base}
  /// @param weight {1e18}
  /// @param price {base/tok} UQ112 > 0
  /// @return {tok}
  function targetAmount(uint256 nav, uint256 weight, uint256 price) internal pure returns (uint256) {
    if (nav >> 84 != 0 || weight >> 60 != 0 || price == 0) revert OutOfRange(nav, price);
    return targetWithin(nav, weight, price);
  }

  /// @notice As `targetAmount`, for inputs that are known to be within the bounds.
  function targetWithin(uint256 nav, uint256 weight, uint256 price) internal pure returns (uint256 target) {
    unchecked {
      target = ((nav * weight) / ONE) << 112; // < 2^144 / 1e18 * 2^112
    }
    assembly ("memory-safe") {
      target := div(target, price) // price > 0: without the compiler's check, some 40 gas
    }
  }

  /// @notice The order of an index in an asset: the excess to sell or the deficit to buy; both 0 when it is dust. What has no target is
  /// sold whole: dust that stayed would keep the leg.
  /// @param holding {tok}
  /// @param target {tok}
  /// @param price {base/tok} UQ112
  /// @return excess {tok}
  /// @return deficit {tok}
  function order(uint256 holding, uint256 target, uint256 price)
    internal
    pure
    returns (uint256 excess, uint256 deficit)
  {
    unchecked {
      if (holding > target) excess = holding - target;
      else deficit = target - holding;
    }
    if (valueOf(excess | deficit, price) <= ORDER_DUST && target != 0) (excess, deficit) = (0, 0);
  }

  /// @notice The smallest fill of an order: the order, 1 % of the holding or 100 USDC worth, whichever is least; the last two
  /// rounded up, so that an order of a held asset is never filled by nothing.
  /// @param orderAmount {tok}
  /// @param holding {tok}
  /// @param price {base/tok} UQ112 > 0
  /// @return least {tok}
  function minFill(uint256 orderAmount, uint256 holding, uint256 price) internal pure returns (uint256 least) {
    uint256 worth = FixedPoint.ceilDiv(MIN_FILL_VALUE * Q112, price);
    uint256 part = FixedPoint.ceilDiv(holding, 100);
    least = worth < part ? worth : part;
    if (orderAmount < least) least = orderAmount;
  }
}
