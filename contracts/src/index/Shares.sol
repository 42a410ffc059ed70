// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedPoint} from "../math/FixedPoint.sol";

/// @title Shares: from index tokens to effective supply, and the fee on a mint or redeem (docs/rules.md 1 and 3)
///
/// Supply S {share} grows by mints and by the management fee; effective supply E {share} moves only when assets move. Both are
/// below 2^128, E <= S.
/// ROUNDING. Mint counts E up (more assets come in), redeem down (fewer go out): E / S never falls by either.
library Shares {
  /// @dev One in basis points {bp}.
  uint256 internal constant BP = 10_000;

  /// @notice The mint or redeem fee in index tokens, rounded up: against the one who comes or goes, never against those who stay.
  /// @param shares {share} minted or redeemed, before the fee
  /// @param feeBps {bp} <= BP
  /// @return {share} <= shares
  function feeOf(uint256 shares, uint256 feeBps) internal pure returns (uint256) {
    return FixedPoint.mulDivUp(shares, feeBps, BP);
  }

  /// @notice Effective supply of a mint: ceil(shares * E / S).
  /// @param shares {share}
  /// @param effectiveSupply E {share}
  /// @param supply S {share} > 0, with the accrued fee
  function effectiveUp(uint256 shares, uint256 effectiveSupply, uint256 supply) internal pure returns (uint256) {
    return FixedPoint.mulDivUp(shares, effectiveSupply, supply);
  }

  /// @notice Effective supply of a redeem: floor(shares * E / S).
  /// @param shares {share}
  /// @param effectiveSupply E {share}
  /// @param supply S {share} > 0, with the accrued fee
  function effectiveDown(uint256 shares, uint256 effectiveSupply, uint256 supply) internal pure returns (uint256) {
    return FixedPoint.mulDivDown(shares, effectiveSupply, supply);
  }
}
