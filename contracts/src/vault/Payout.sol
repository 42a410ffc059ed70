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
    for (uint256 i; i < n; ++i) {
      uint256 leg;
      uint256 amount;
      // `_attempt` wrote both lists, at one length
      assembly ("memory-safe") {
        leg := calldataload(add(legs.offset, shl(5, i)))
        amount := calldataload(add(amounts.offset, shl(5, i)))
      }
      if (amount != 0 && !_pay(leg, to, amount)) refused |= 1 << i;
    }
  }

  /// @dev Pays what can be paid.
  /// @return refused bit i is set when leg i was not paid
  function _payAll(address to, uint256[] memory legs, uint256[] memory amounts) internal returns (uint256 refused) {
    bool done;
    (done, refused) = _attempt(to, legs, amounts);
    if (done) return refused;
    uint256[] memory leg = new uint256[](1);
    uint256[] memory amount = new uint256[](1);
    for (uint256 i; i < legs.length; ++i) {
      (leg[0], amount[0]) = (legs[i], amounts[i]);
      (bool clear, uint256 bits) = _attempt(to, leg, amount);
      refused |= clear ? bits << i : 1 << i;
    }
  }

  /// @dev Calls `payAll`, its two lists copied whole: the compiler's encoder goes word by word.
  /// @param amounts as many as `legs`
  /// @return done false when an answer was unclear, and everything was undone
  function _attempt(address to, uint256[] memory legs, uint256[] memory amounts)
    private
    returns (bool done, uint256 refused)
  {
    bytes4 selector = this.payAll.selector;
    bytes4 unclear = UnclearAnswer.selector;
    assembly ("memory-safe") {
      let data := mload(0x40)
      let size := shl(5, add(mload(legs), 1))
      mstore(data, selector)
      mstore(add(data, 0x04), shr(96, shl(96, to)))
      mstore(add(data, 0x24), 0x60)
      mstore(add(data, 0x44), add(0x60, size))
      mcopy(add(data, 0x64), legs, size)
      mcopy(add(add(data, 0x64), size), amounts, size)
      done := call(gas(), address(), 0, data, add(0x64, shl(1, size)), 0x00, 0x20)
      switch done
      case 1 { refused := mload(0x00) }
      default {
        returndatacopy(data, 0, returndatasize())
        if or(lt(returndatasize(), 4), sub(shr(224, mload(data)), shr(224, unclear))) {
          revert(data, returndatasize())
        }
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
