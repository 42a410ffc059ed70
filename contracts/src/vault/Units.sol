// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibBit} from "solady/utils/LibBit.sol";

/// @dev How much of an asset belongs to one smallest unit of effective supply, as a small float {tok/share}.
///
///    bits 119..8   mantissa m, 112 bits
///    bits   7..0   exponent x,   8 bits          value = m * 2^-x {tok/share}
///
/// A plain integer cannot serve both ends: a leg of 0.5 % in an asset of 8 decimals needs fractions, one of 30 % in a token
/// of a quadrillion supply needs size. A mantissa of 112 bits keeps every one of them to a relative 2^-111.
type Unit is uint120;

/// @title Units: the amounts of an index per smallest unit of its effective supply (docs/rules.md 1)
///
/// ROUNDING. A unit is rounded down, so effective supply x unit never exceeds the holding it came from:
/// amountUp(E, fromHolding(h, E)) <= h. What the rounding leaves stays in the vault and belongs to nobody.
/// CANONICAL. 0 is the only unit of an empty holding; every other has its top mantissa bit set, so equal values are equal words.
library Units {
  /// @dev A holding of 2^112 {tok} or more; such assets are not listed.
  error HoldingTooLarge(uint256 holding);
  /// @dev An effective supply of 0, or of 2^128 {share} or more.
  error EffectiveSupplyOutOfRange(uint256 effectiveSupply);

  uint256 private constant MANTISSA_BITS = 112;
  uint256 private constant EXPONENT_BITS = 8;
  uint256 private constant EXPONENT_MASK = 0xff;
  uint256 private constant UNIT_BITS = 120;

  /// @notice The unit of a holding: the largest float that is not above holding / effectiveSupply.
  /// @param holding {tok} < 2^112
  /// @param effectiveSupply {share} in 1 .. 2^128 - 1
  function fromHolding(uint256 holding, uint256 effectiveSupply) internal pure returns (Unit) {
    if (effectiveSupply == 0 || effectiveSupply >> 128 != 0) revert EffectiveSupplyOutOfRange(effectiveSupply);
    return fromHolding(holding, effectiveSupply, zerosOf(effectiveSupply));
  }

  /// @notice The leading zero bits of an effective supply, for many units of one index.
  /// @param effectiveSupply {share} < 2^128; an emptied index has 0
  function zerosOf(uint256 effectiveSupply) internal pure returns (uint256) {
    return LibBit.clz(effectiveSupply);
  }

  /// @dev As above, with `zeros` = zerosOf(effectiveSupply); a holding above 0 of an effective supply of 0 panics (division by zero).
  function fromHolding(uint256 holding, uint256 effectiveSupply, uint256 zeros) internal pure returns (Unit) {
    if (holding >> MANTISSA_BITS != 0) revert HoldingTooLarge(holding);
    if (holding == 0) return Unit.wrap(0);
    // Shift the holding up to bit 255, divide, keep the top 112 bits. floor(floor(h * 2^s / E) / 2^t) = floor(h * 2^(s-t) / E),
    // so the two floors are one. With h * 2^s in [2^255, 2^256) and E in [2^(255-z), 2^(256-z)) the quotient has z or z + 1 bits,
    // z >= 128, hence more than 112, and t > 0. s - t >= 0 because holding / E < 2^112, and s - t <= 255 - 16: the exponent always
    // fits, no value is denormal.
    unchecked {
      uint256 s = LibBit.clz(holding);
      uint256 quotient = (holding << s) / effectiveSupply;
      uint256 t = zeros - MANTISSA_BITS + (quotient >> zeros);
      // forge-lint: disable-next-line(unsafe-typecast) 112 bits of mantissa and 8 of exponent
      return Unit.wrap(uint120(((quotient >> t) << EXPONENT_BITS) | (s - t)));
    }
  }

  /// @notice floor(e * unit): what leaves the vault.
  /// @param e effective supply {share} < 2^128 (the vault's bound; not checked here)
  /// @return {tok}
  function amountDown(uint256 e, Unit unit) internal pure returns (uint256) {
    unchecked {
      uint256 word = Unit.unwrap(unit);
      return (e * (word >> EXPONENT_BITS)) >> (word & EXPONENT_MASK); // < 2^240
    }
  }

  /// @notice ceil(e * unit): what enters the vault.
  /// @param e effective supply {share} < 2^128 (the vault's bound; not checked here)
  /// @return {tok}
  function amountUp(uint256 e, Unit unit) internal pure returns (uint256) {
    unchecked {
      uint256 word = Unit.unwrap(unit);
      uint256 exponent = word & EXPONENT_MASK;
      return (e * (word >> EXPONENT_BITS) + ((1 << exponent) - 1)) >> exponent; // < 2^240 + 2^255
    }
  }

  /// @notice Two units in one storage word: `lo` in bits 119..0, `hi` in bits 239..120.
  function pack(Unit lo, Unit hi) internal pure returns (uint256) {
    return uint256(Unit.unwrap(lo)) | (uint256(Unit.unwrap(hi)) << UNIT_BITS);
  }

  /// @notice A word of `pack` with the unit of one half replaced.
  /// @param parity position of the leg modulo 2
  function replace(uint256 word, uint256 parity, Unit unit) internal pure returns (uint256) {
    unchecked {
      uint256 shift = UNIT_BITS * parity;
      return (word & ~(uint256(type(uint120).max) << shift)) | (uint256(Unit.unwrap(unit)) << shift);
    }
  }

  /// @notice The unit in the lower (parity 0) or upper (parity 1) half of a word of `pack`.
  /// @param parity position of the leg modulo 2
  function at(uint256 word, uint256 parity) internal pure returns (Unit) {
    unchecked {
      // forge-lint: disable-next-line(unsafe-typecast) the cut is the point
      return Unit.wrap(uint120(word >> (UNIT_BITS * parity)));
    }
  }
}
