// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedPoint, RAY} from "../math/FixedPoint.sol";

/// @title Management (AUM) fee: supply grows continuously, holders end the year with 1 - d (docs/rules.md 3)
///
/// supply(t + dt) = supply(t) * rate^dt, rate = (1 / (1 - d))^(1 / YEAR) per second {ray/s}, floored.
/// ROUNDING. The fee is floored, in favour of the holders.
/// LIVENESS. The power leaves its range only after more than two centuries without a settlement at the highest rate.
library AumFee {
  /// @dev The rate is below RAY (supply would shrink) or above MAX_RATE {ray/s}.
  error RateOutOfRange(uint256 rate);

  /// @dev A mean Gregorian year {s}.
  uint256 internal constant YEAR = 31_556_952;
  /// @dev The highest rate: 10 % a year {ray/s}.
  uint256 internal constant MAX_RATE = 1_000_000_003_338_741_835_197_267_525;

  /// @notice Shares that the fee adds over `elapsed` seconds, floored.
  /// @param supply {share} at the last settlement
  /// @param rate {ray/s} in RAY .. MAX_RATE
  /// @param elapsed {s} since the last settlement
  /// @return {share}
  function fee(uint256 supply, uint256 rate, uint256 elapsed) internal pure returns (uint256) {
    requireRate(rate);
    unchecked {
      // The power of a base of at least RAY is at least RAY.
      return FixedPoint.mulDivDown(supply, FixedPoint.rpow(rate, elapsed) - RAY, RAY);
    }
  }

  /// @notice The part d of the holders' assets that a rate takes in one year {ray}: 1 - 1 / rate^YEAR.
  /// @dev What holders keep is floored, so d is rounded up: a fee is never shown smaller than it is.
  /// @param rate {ray/s} in RAY .. MAX_RATE
  function yearlyFraction(uint256 rate) internal pure returns (uint256) {
    requireRate(rate);
    unchecked {
      return RAY - (RAY * RAY) / FixedPoint.rpow(rate, YEAR);
    }
  }

  /// @notice Reverts unless the rate is in RAY .. MAX_RATE {ray/s}.
  function requireRate(uint256 rate) internal pure {
    if (rate < RAY || rate > MAX_RATE) revert RateOutOfRange(rate);
  }
}
