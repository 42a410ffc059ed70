// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVault} from "./IVault.sol";

/// @title RawHoldings: reads the holdings of an index without coding and decoding arrays
/// @notice A round reads them for every index; the compiler's coders would cost some 10 000 gas each time. The answer is laid into memory
/// as the vault sends it, and its two arrays (length, words) are used where they lie.
library RawHoldings {
  function read(IVault vault, address index) internal view returns (IVault.Holdings memory held) {
    bytes4 selector = IVault.rawHoldingsOf.selector;
    assembly ("memory-safe") {
      let words := mload(0x40)
      mstore(words, selector)
      mstore(add(words, 4), index)
      if iszero(staticcall(gas(), vault, words, 36, 0, 0)) {
        returndatacopy(words, 0, returndatasize())
        revert(words, returndatasize())
      }
      returndatacopy(words, 0, returndatasize())
      mstore(0x40, add(words, returndatasize()))
      let legs := add(words, 96)
      mstore(held, mload(words))
      mstore(add(held, 32), mload(add(words, 32)))
      mstore(add(held, 64), mload(add(words, 64)))
      mstore(add(held, 96), legs)
      mstore(add(held, 128), add(legs, shl(5, add(mload(legs), 1))))
    }
  }

  /// @notice Takes room for the first three words; legs and amounts must be made right after it.
  function head() internal pure returns (uint256 at) {
    assembly ("memory-safe") {
      at := mload(0x40)
      mstore(0x40, add(at, 96))
    }
  }

  /// @notice Answers the external call with everything from `at` on, and ends it.
  function answer(uint256 at, uint256 effectiveSupply, uint256 recipe, uint256 reweighedAt) internal pure {
    assembly ("memory-safe") {
      mstore(at, effectiveSupply)
      mstore(add(at, 32), recipe)
      mstore(add(at, 64), reweighedAt)
      return(at, sub(mload(0x40), at))
    }
  }
}
