// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Words} from "../math/Words.sol";

/// @title Balances: how much of a token somebody holds
/// @notice A balance that cannot be read is no balance of 0: whoever needs it waits.
library Balances {
  error BalanceUnknown(address asset);

  /// @return {tok}
  function balanceOf(address asset, address holder) internal view returns (uint256) {
    (bool known, uint256 balance) = SafeTransferLib.checkBalanceOf(asset, holder);
    if (!known) revert BalanceUnknown(asset);
    return balance;
  }

  /// @return balances {tok} of this contract, of each asset
  function balancesOf(address[] memory assets) internal view returns (uint256[] memory balances) {
    uint256 n = assets.length;
    balances = Words.make(n);
    uint256 unknown;
    assembly ("memory-safe") {
      mstore(0x00, 0x70a08231) // balanceOf(address)
      mstore(0x20, address())
      let from := add(assets, 32)
      let to := add(balances, 32)
      for { let end := add(to, shl(5, n)) } lt(to, end) { to := add(to, 32) } {
        // The answer is the array's own word, so it stays 0 when none comes.
        if iszero(and(gt(returndatasize(), 31), staticcall(gas(), mload(from), 0x1c, 0x24, to, 32))) {
          unknown := mload(from)
          break
        }
        from := add(from, 32)
      }
    }
    if (unknown != 0) revert BalanceUnknown(address(uint160(unknown)));
  }
}
