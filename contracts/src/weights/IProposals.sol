// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IProposals: which proposal weights came from (docs/rules.md 4.1)
///
/// TRUST. The chain cannot run a methodology: the hash is what the manager or creator says, and whoever has the inputs can check it.
interface IProposals {
  /// @notice The weights that the index got in this transaction are said to be those of a proposal.
  /// @param proposal {1} SHA-256 of the inputs and the methodology in their canonical form
  event WeightsProposed(address indexed index, bytes32 indexed proposal);
}
