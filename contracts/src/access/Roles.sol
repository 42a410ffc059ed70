// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The roles of the platform and the least delay of the highest one (docs/rules.md, "Roles and delays")
library Roles {
  /// @dev The DAO. Every restricted function that is given to no other role is its: replacing rebalancer, pool list, factories,
  /// feeds, and all roles.
  uint64 internal constant ADMIN = 0;
  /// @dev Lists and delists assets, and sets what their payouts may burn.
  uint64 internal constant LISTER = 1;
  /// @dev Sets fees within their limits and where they go.
  uint64 internal constant FEES = 2;
  /// @dev Stops the mints of an index for a while, and cancels scheduled operations.
  uint64 internal constant WATCHMAN = 3;

  /// @dev {s} between scheduling and executing anything as ADMIN, from the first block on
  uint32 internal constant ADMIN_DELAY = 7 days;
}
