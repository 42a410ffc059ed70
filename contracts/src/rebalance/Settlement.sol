// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVault} from "../vault/IVault.sol";

/// @title Settlement: the call that books a round
/// @notice `IVault.settle`, its lists copied whole. The compiler's encoder goes word by word, and a round of a hundred indices has
/// thousands of words.
library Settlement {
  /// @param deltas {tok} asset by asset, one for each index
  function settle(IVault vault, address[] calldata indices, address[] calldata assets, int256[] memory deltas)
    internal
  {
    bytes4 selector = IVault.settle.selector;
    assembly ("memory-safe") {
      let data := mload(0x40)
      mstore(data, selector)
      let head := add(data, 4)
      let list := add(head, 0x60)
      mstore(head, sub(list, head))
      mstore(list, indices.length)
      calldatacopy(add(list, 32), indices.offset, shl(5, indices.length))
      list := add(list, shl(5, add(indices.length, 1)))
      mstore(add(head, 0x20), sub(list, head))
      mstore(list, assets.length)
      calldatacopy(add(list, 32), assets.offset, shl(5, assets.length))
      list := add(list, shl(5, add(assets.length, 1)))
      mstore(add(head, 0x40), sub(list, head))
      let size := shl(5, add(mload(deltas), 1))
      mcopy(list, deltas, size)
      if iszero(call(gas(), vault, 0, data, sub(add(list, size), data), 0, 0)) {
        returndatacopy(data, 0, returndatasize())
        revert(data, returndatasize())
      }
    }
  }
}
