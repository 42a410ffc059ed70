// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Legs} from "./Legs.sol";

/// @title Payout: transfers of which none can harm the others
/// @notice docs/rules.md 1. A token gets at most its gas allowance, at most 64 bytes of its answer are copied, and a revert or missing
/// code is a refusal, not an error. If a call could get less than its allowance the whole payout reverts: lack of gas never makes a claim.
///
/// A token that answers neither true nor nothing may have moved all the same. Such an answer must count as a refusal and undo the
/// move, or the leg is paid twice: once by the token, once as a claim. So all legs are paid inside one call of this contract to itself,
/// and only when an answer is unclear they are paid again, each in a call of its own that reverts unless the answer is clear.
abstract contract Payout {
  /// @dev Room {gas} for what follows the last call in the same frame.
  uint256 private constant RESERVE = 5000;

  error PayoutNeedsGas(uint256 left, uint256 needed);
  error UnclearAnswer(address asset);
  error OnlySelf(address caller);

  /// @notice Pay legs whose answers are clear; only this contract, to undo all of it when one is not.
  /// @return refused bit i is set when leg i was refused, without having moved
  function payAll(address to, uint256[] calldata legs, uint256[] calldata amounts) external returns (uint256 refused) {
    if (msg.sender != address(this)) revert OnlySelf(msg.sender);
    uint256 n = legs.length;
    unchecked {
      for (uint256 i; i < n; ++i) {
        uint256 amount = amounts[i];
        if (amount != 0 && !_pay(legs[i], to, amount)) refused |= 1 << i;
      }
    }
  }

  /// @dev Pays what can be paid.
  /// @return refused bit i is set when leg i was not paid
  function _payAll(address to, uint256[] memory legs, uint256[] memory amounts) internal returns (uint256 refused) {
    try this.payAll(to, legs, amounts) returns (uint256 bits) {
      return bits;
    } catch (bytes memory reason) {
      if (bytes4(reason) != UnclearAnswer.selector) {
        assembly ("memory-safe") {
          revert(add(reason, 32), mload(reason))
        }
      }
    }
    uint256[] memory leg = new uint256[](1);
    uint256[] memory amount = new uint256[](1);
    for (uint256 i; i < legs.length; ++i) {
      (leg[0], amount[0]) = (legs[i], amounts[i]);
      try this.payAll(to, leg, amount) returns (uint256 bits) {
        refused |= bits << i;
      } catch (bytes memory reason) {
        if (bytes4(reason) != UnclearAnswer.selector) {
          assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
          }
        }
        refused |= 1 << i;
      }
    }
  }

  /// @return paid true: the token took the transfer; false: it reverted, or is no contract
  function _pay(uint256 leg, address to, uint256 amount) private returns (bool paid) {
    address asset = Legs.assetOf(leg);
    uint256 allowance_ = Legs.payoutGasOf(leg);
    unchecked {
      // EIP-150: a call gets at most 63/64 of what is left.
      uint256 needed = allowance_ + allowance_ / 63 + RESERVE;
      if (gasleft() < needed) revert PayoutNeedsGas(gasleft(), needed);
    }
    bool clear;
    assembly ("memory-safe") {
      mstore(0x14, to)
      mstore(0x34, amount)
      mstore(0x00, 0xa9059cbb000000000000000000000000) // transfer(address,uint256)
      paid := call(allowance_, asset, 0, 0x10, 0x44, 0x00, 0x40)
      mstore(0x34, 0) // the amount lay over the upper bytes of the free memory pointer, which are 0
      clear := and(gt(returndatasize(), 31), eq(mload(0x00), 1))
      if iszero(returndatasize()) {
        clear := 1
        if iszero(extcodesize(asset)) { paid := 0 }
      }
    }
    if (paid && !clear) revert UnclearAnswer(asset);
  }
}
