// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Words: arrays without bounds checks, for the loops over all legs of all indices
/// @notice The caller proves that the place is inside: every use is a loop bounded by the length of the same array, or by the
/// dimensions the array was made with. A checked access costs about 40 gas more, some ten thousand times in a large round.
library Words {
  function at(uint256[] memory array, uint256 i) internal pure returns (uint256 word) {
    assembly ("memory-safe") {
      word := mload(add(add(array, 32), shl(5, i)))
    }
  }

  function put(uint256[] memory array, uint256 i, uint256 word) internal pure {
    assembly ("memory-safe") {
      mstore(add(add(array, 32), shl(5, i)), word)
    }
  }

  function at(int256[] memory array, uint256 i) internal pure returns (int256 word) {
    assembly ("memory-safe") {
      word := mload(add(add(array, 32), shl(5, i)))
    }
  }

  function put(int256[] memory array, uint256 i, int256 word) internal pure {
    assembly ("memory-safe") {
      mstore(add(add(array, 32), shl(5, i)), word)
    }
  }

  /// @notice As `at`, of a list that the caller of the contract gave.
  function given(uint256[] calldata array, uint256 i) internal pure returns (uint256 word) {
    assembly ("memory-safe") {
      word := calldataload(add(array.offset, shl(5, i)))
    }
  }

  /// @dev A new array whose words are not cleared: for one that is filled whole before it is read.
  function make(uint256 length) internal pure returns (uint256[] memory array) {
    assembly ("memory-safe") {
      array := mload(0x40)
      mstore(array, length)
      mstore(0x40, add(add(array, 32), shl(5, length)))
    }
  }

  /// @notice Where free memory begins.
  function free() internal pure returns (uint256 start) {
    assembly ("memory-safe") {
      start := mload(0x40)
    }
  }

  /// @notice Gives back all memory taken since `free` answered `start`; nothing of it may be used any more.
  function release(uint256 start) internal pure {
    assembly ("memory-safe") {
      mstore(0x40, start)
    }
  }
}
