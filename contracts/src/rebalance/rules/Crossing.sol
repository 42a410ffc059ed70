// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedPoint} from "../../math/FixedPoint.sol";

/// @title Crossing: mirror orders of different indices meet at the anchor by bookkeeping alone (docs/rules.md 6)
///
/// Amounts {tok} are below 2^112, prices {base/tok} are UQ112 below 2^128, so every product is below 2^240; inputs beyond these
/// bounds revert as soon as a product leaves 256 bits.
/// ROUNDING. The side that is crossed whole may lose less than one smallest unit of either asset, the other side loses nothing.
/// What each index gives is rounded up, what it gets down: the difference stays in the vault and belongs to nobody.
library Crossing {
  /// @notice The amounts that change hands when `a` of o stands against `b` of u, at the anchors.
  /// @dev The smaller side is taken whole and turned into the other asset, floored; then it gives only what that is worth.
  /// @param a {o} offered for u
  /// @param b {u} offered for o
  /// @param anchorO {base/o} > 0
  /// @param anchorU {base/u} > 0
  /// @return x {o} <= a
  /// @return y {u} <= b
  function crossed(uint256 a, uint256 b, uint256 anchorO, uint256 anchorU)
    internal
    pure
    returns (uint256 x, uint256 y)
  {
    uint256 valueA = a * anchorO;
    uint256 valueB = b * anchorU;
    if (valueA <= valueB) {
      y = valueA / anchorU;
      x = FixedPoint.ceilDiv(y * anchorU, anchorO);
    } else {
      x = valueB / anchorO;
      y = FixedPoint.ceilDiv(x * anchorO, anchorU);
    }
  }

  /// @notice What one index gives of a total: ceil(total * part / whole), never above its part while total <= whole.
  /// @param total {tok} that is given by all
  /// @param part {tok} offered by this index
  /// @param whole {tok} offered by all, > 0
  function partUp(uint256 total, uint256 part, uint256 whole) internal pure returns (uint256) {
    return FixedPoint.ceilDiv(total * part, whole);
  }

  /// @notice What one index gets of a total: floor(total * part / whole).
  /// @param total {tok} that is got by all
  /// @param part {tok} offered by this index, in the unit of `whole`
  /// @param whole {tok} offered by all, > 0
  function partDown(uint256 total, uint256 part, uint256 whole) internal pure returns (uint256) {
    return (total * part) / whole;
  }
}
