// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title From feed answers to a price in the base (docs/rules.md 5)
library Prices {
  /// @dev {base wei / asset wei} UQ112. Below it a price has lost its precision.
  uint256 internal constant MIN_PRICE = 1 << 40;
  /// @dev {base wei / asset wei} UQ112. A price has to stay below it.
  uint256 internal constant PRICE_LIMIT = 1 << 128;

  /// @notice price = answer / baseAnswer * 10^exponent, multiplied before it is divided, rounded down once.
  /// @param answer product of the answers on the asset's path, below 2^192 (not checked)
  /// @param baseAnswer answer of the base's feed, in 1 .. 2^96 - 1 (not checked)
  /// @param exponent what the decimals of feeds and tokens leave over, in -48 .. 36 (not checked)
  /// @return price {base wei / asset wei} UQ112, or 0 when it lies outside [MIN_PRICE, PRICE_LIMIT)
  function toPrice(uint256 answer, uint256 baseAnswer, int256 exponent) internal pure returns (uint256 price) {
    unchecked {
      // 10^36 * 2^112 < 2^232 and 2^96 * 10^48 < 2^256
      uint256 factor = 1 << 112;
      uint256 divisor = baseAnswer;
      if (exponent < 0) divisor *= 10 ** uint256(-exponent);
      else factor *= 10 ** uint256(exponent);

      if (exponent <= 0 && answer >> 144 == 0) {
        price = (answer << 112) / divisor; // the usual case: answer * 2^112 fits 256 bits
      } else {
        (uint256 high,) = Math.mul512(answer, factor);
        if (high >= divisor) return 0; // the quotient would not fit 256 bits
        price = Math.mulDiv(answer, factor, divisor);
      }
      if (price < MIN_PRICE || price >= PRICE_LIMIT) return 0;
    }
  }
}
