// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title An answer's bound as a small float, so that both bounds of a feed fit in its slot
/// @dev 12-bit mantissa m in bits 8..19, 8-bit exponent e in bits 0..7; value m * 2^e. Up to 4 095 exact, beyond at most 1/2 048
/// off. The lower bound is rounded up and the upper one down: nearness to a bound is judged early, never late.
library Bound {
  uint256 private constant MANTISSA_BITS = 12;

  /// @notice The largest float not above `value`.
  function encodeDown(uint256 value) internal pure returns (uint256 bound) {
    uint256 exponent = _exponent(value);
    return ((value >> exponent) << 8) | exponent;
  }

  /// @notice The smallest float not below `value`.
  function encodeUp(uint256 value) internal pure returns (uint256 bound) {
    uint256 exponent = _exponent(value);
    uint256 mantissa = value >> exponent;
    if (mantissa << exponent != value) ++mantissa;
    if (mantissa >> MANTISSA_BITS != 0) (mantissa, exponent) = (mantissa >> 1, exponent + 1);
    return (mantissa << 8) | exponent;
  }

  function decode(uint256 bound) internal pure returns (uint256 value) {
    return (bound >> 8) << (bound & 0xff);
  }

  /// @dev The smallest exponent that lets `value` fit in the mantissa. Runs only when a feed is set.
  function _exponent(uint256 value) private pure returns (uint256 exponent) {
    while (value >> exponent >> MANTISSA_BITS != 0) ++exponent;
  }
}
