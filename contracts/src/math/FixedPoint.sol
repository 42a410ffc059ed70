// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

/// @dev One at 27 decimals {ray}: the scale of rates per second.
uint256 constant RAY = 1e27;
/// @dev One at 18 decimals {1e18}: the scale of weights, factors and parts.
uint256 constant ONE = 1e18;
/// @dev One basis point {1e18}.
uint256 constant BASIS_POINT = 1e14;
/// @dev One as UQ112 {1/2^112}: the scale of prices.
uint256 constant Q112 = 1 << 112;

/// @title Fixed-point arithmetic that never loses a bit before the one division
/// @notice The arithmetic under every rule that multiplies before it divides, and the power of a rate (docs/rules.md 3).
///
/// ROUNDING. Each function says its direction in its name; the caller chooses the one that favours those who stay.
/// OVERFLOW. A result that does not fit 256 bits reverts, and so does a division by zero.
library FixedPoint {
  /// @dev A factor of a multiplication in `rpow` reached 2^128 {ray}.
  error PowerOverflow(uint256 factor);

  /// @dev Half of RAY {ray}: added before each division of `rpow`, so that it rounds to the nearest.
  uint256 private constant HALF_RAY = 5e26;

  /// @notice floor(a * b / c), the product at 512 bits.
  /// @dev Reverts with `FullMulDivFailed` when c is 0 or the result needs more than 256 bits.
  function mulDivDown(uint256 a, uint256 b, uint256 c) internal pure returns (uint256) {
    return FixedPointMathLib.fullMulDiv(a, b, c);
  }

  /// @notice ceil(a * b / c), the product at 512 bits.
  /// @dev Reverts with `FullMulDivFailed` when c is 0 or the result needs more than 256 bits.
  function mulDivUp(uint256 a, uint256 b, uint256 c) internal pure returns (uint256) {
    return FixedPointMathLib.fullMulDivUp(a, b, c);
  }

  /// @notice ceil(a / b). Reverts when b is 0.
  function ceilDiv(uint256 a, uint256 b) internal pure returns (uint256) {
    return a / b + (a % b == 0 ? 0 : 1);
  }

  /// @notice x^n, x at 27 decimals, by squaring; every multiplication adds half a RAY and divides by RAY.
  /// @dev The rounding order is part of the rule: lowest bit of the exponent first, the square before the product.
  /// @param x base {ray}
  /// @param n exponent {1}; x^0 is RAY, also for x = 0
  /// @return z power {ray}
  function rpow(uint256 x, uint256 n) internal pure returns (uint256 z) {
    // Factors below 2^128 give a product of at most (2^128 - 1)^2, and HALF_RAY < 2^89 still fits on top of it.
    unchecked {
      z = n & 1 == 0 ? RAY : x;
      for (n >>= 1; n != 0; n >>= 1) {
        if (x >> 128 != 0) revert PowerOverflow(x);
        x = (x * x + HALF_RAY) / RAY;
        if (n & 1 != 0) {
          if (x >> 128 != 0) revert PowerOverflow(x);
          if (z >> 128 != 0) revert PowerOverflow(z);
          z = (z * x + HALF_RAY) / RAY;
        }
      }
    }
  }
}
