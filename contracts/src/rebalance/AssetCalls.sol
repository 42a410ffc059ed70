// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceFeed, Quote} from "../price/IPriceFeed.sol";
import {IVault} from "../vault/IVault.sol";

/// @title AssetCalls: hands a list of assets on, as the caller gave it
/// @notice The compiler's coders go word by word through the list and through its answer, some 5 000 gas for 20 assets. Here the list is
/// copied whole, and the quotes are used where they lie. The addresses are checked by the contract that is called.
library AssetCalls {
  function quotes(IPriceFeed feed, address[] calldata assets) internal returns (Quote[] memory found) {
    return _quotes(_call(address(feed), IPriceFeed.quotes.selector, assets));
  }

  function refreshed(IPriceFeed feed, address[] calldata assets) internal returns (Quote[] memory found) {
    return _quotes(_call(address(feed), IPriceFeed.refreshed.selector, assets));
  }

  function open(IVault vault, address[] calldata assets) internal {
    _call(address(vault), IVault.open.selector, assets);
  }

  /// @dev Calls `selector(assets)`; reverts as the call does. The answer lies from `answer` to the end of the memory in use.
  function _call(address target, bytes4 selector, address[] calldata assets) private returns (uint256 answer) {
    assembly ("memory-safe") {
      answer := mload(0x40)
      mstore(answer, selector)
      mstore(add(answer, 0x04), 0x20)
      mstore(add(answer, 0x24), assets.length)
      let size := shl(5, assets.length)
      calldatacopy(add(answer, 0x44), assets.offset, size)
      let ok := call(gas(), target, 0, answer, add(size, 0x44), 0, 0)
      returndatacopy(answer, 0, returndatasize())
      if iszero(ok) { revert(answer, returndatasize()) }
      mstore(0x40, add(answer, returndatasize()))
    }
  }

  /// @dev An answer that is one array: its place, its length, its words.
  function _quotes(uint256 answer) private pure returns (Quote[] memory found) {
    assembly ("memory-safe") {
      found := add(answer, mload(answer))
    }
  }
}
