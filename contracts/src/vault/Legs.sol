// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibRLP} from "solady/utils/LibRLP.sol";

/// @title Legs: the list of an index's assets and target weights, as one code blob
/// @notice One word a leg: asset (160 bits) | target weight {1e18} (64) | payout gas {10 000 gas} (8) | pool id (24; 0 is the plain
/// pool, the only kind so far). The list changes only
/// at a reweigh, so it is code (3 gas a word to read) and not storage (2 100). A blob is made by the vault's own CREATE, so its number
/// is the creator's nonce and its address needs no storage: docs/rules.md 2.
library Legs {
  uint256 internal constant MAX_LEGS = 50;

  uint256 internal constant PAYOUT_GAS_STEP = 10_000;

  error BlobFailed();

  function assetOf(uint256 leg) internal pure returns (address) {
    return address(uint160(leg >> 96));
  }

  /// @return {1e18} target weight
  function weightOf(uint256 leg) internal pure returns (uint256) {
    return (leg >> 32) & type(uint64).max;
  }

  /// @return {gas} what one payout of the leg may burn
  function payoutGasOf(uint256 leg) internal pure returns (uint256) {
    return uint8(leg >> 24) * PAYOUT_GAS_STEP;
  }

  /// @param weight {1e18} below 2^64
  /// @param payoutGas {gas} a multiple of 10 000, at most 2 550 000
  function encode(address asset, uint256 weight, uint256 payoutGas) internal pure returns (uint256) {
    return (uint256(uint160(asset)) << 96) | (weight << 32) | ((payoutGas / PAYOUT_GAS_STEP) << 24);
  }

  /// @notice Store `legs` as the code of a new contract that cannot be called (it starts with STOP).
  /// @param number of this creation: the creator's nonce
  function write(uint256[] memory legs, uint256 number) internal {
    address blob;
    assembly ("memory-safe") {
      let size := add(shl(5, mload(legs)), 1)
      // Init code in the length word: PUSH2 size, DUP1, PUSH1 10, RETURNDATASIZE, CODECOPY, RETURNDATASIZE, RETURN, STOP.
      let count := mload(legs)
      mstore(legs, or(0x61000080600a3d393df300, shl(64, size)))
      blob := create(0, add(legs, 21), add(size, 10))
      mstore(legs, count)
    }
    // `read` finds the blob by its number alone.
    if (blob != LibRLP.computeAddress(address(this), number)) revert BlobFailed();
  }

  /// @notice Read the blob that this contract made as its `number`-th creation.
  function read(uint256 number) internal view returns (uint256[] memory legs) {
    address blob = LibRLP.computeAddress(address(this), number);
    assembly ("memory-safe") {
      let size := sub(extcodesize(blob), 1)
      legs := mload(0x40)
      mstore(legs, shr(5, size))
      extcodecopy(blob, add(legs, 32), 1, size)
      mstore(0x40, add(add(legs, 32), size))
    }
  }
}
