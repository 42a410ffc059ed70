// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Cursors: places in memory, for loops that walk several arrays in step
/// @notice One step is 32 bytes. The caller proves that a cursor stays inside: every walk ends where its array does. Beside `Words` it
/// saves the sum of base, length word and 32 i at each access, some ten thousand times in a large round.
library Cursors {
  /// @notice Where the first word of an array lies.
  function start(uint256[] memory array) internal pure returns (uint256 cursor) {
    assembly ("memory-safe") {
      cursor := add(array, 32)
    }
  }

  function start(int256[] memory array) internal pure returns (uint256 cursor) {
    assembly ("memory-safe") {
      cursor := add(array, 32)
    }
  }

  function load(uint256 cursor) internal pure returns (uint256 word) {
    assembly ("memory-safe") {
      word := mload(cursor)
    }
  }

  function store(uint256 cursor, uint256 word) internal pure {
    assembly ("memory-safe") {
      mstore(cursor, word)
    }
  }
}
