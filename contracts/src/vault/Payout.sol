// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Payout: one transfer that cannot harm the ones after it
/// @notice docs/rules.md 1. The token gets at most its gas allowance, at most 64 bytes of its answer are copied, and a revert, `false`, a
/// malformed answer or missing code is a refusal, not an error. If the call could get less than its allowance the whole payout reverts:
/// lack of gas never makes a claim.
abstract contract Payout {
  /// @dev Room {gas} for what follows the last call in the same frame.
  uint256 private constant RESERVE = 5000;

  error PayoutNeedsGas(uint256 left, uint256 needed);

  /// @param allowance_ {gas} the most that the token may burn
  /// @return paid whether the token took the transfer
  function _tryPay(address asset, address to, uint256 amount, uint256 allowance_) internal returns (bool paid) {
    unchecked {
      // EIP-150: a call gets at most 63/64 of what is left.
      uint256 needed = allowance_ + allowance_ / 63 + RESERVE;
      if (gasleft() < needed) revert PayoutNeedsGas(gasleft(), needed);
    }
    assembly ("memory-safe") {
      mstore(0x14, to)
      mstore(0x34, amount)
      mstore(0x00, 0xa9059cbb000000000000000000000000) // transfer(address,uint256)
      let ok := call(allowance_, asset, 0, 0x10, 0x44, 0x00, 0x40)
      let size := returndatasize()
      switch size
      case 0 { paid := and(ok, gt(extcodesize(asset), 0)) }
      default { paid := and(ok, and(gt(size, 31), eq(mload(0x00), 1))) }
      mstore(0x34, 0) // the amount lay over the upper bytes of the free memory pointer, which are 0
    }
  }
}
