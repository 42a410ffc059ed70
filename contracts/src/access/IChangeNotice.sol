// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Notice of changes that could take everything (docs/rules.md 3, "Roles and delays")
interface IChangeNotice {
  /// @notice Until when {s} a scheduled change may still be executed; 0 when none is pending. While it is not 0, redeeming
  /// costs no fee. One storage slot is read, however many changes are scheduled.
  function changePendingUntil() external view returns (uint256);
}
