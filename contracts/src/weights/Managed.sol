// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IIndex} from "../index/IIndex.sol";
import {IPriceFeed} from "../price/IPriceFeed.sol";
import {AssetList} from "../vault/AssetList.sol";
import {IVault} from "../vault/IVault.sol";
import {IProposals} from "./IProposals.sol";
import {Reweighs} from "./Reweighs.sol";

/// @title Managed: the family whose manager sets assets and weights
///
/// TRUST. A manager chooses weights among listed assets; it cannot move a share or a token. Trades towards the new weights obey the clock,
/// the impact limit and the loss budget like any other (docs/rules.md 6). This form has no notice period.
/// LIVENESS. Needs live prices of the assets aimed at and a NAV of 1 000 USDC; redeem never depends on it.
contract Managed is IProposals {
  IVault public immutable VAULT;
  IPriceFeed public immutable FEED;
  AssetList public immutable ASSETS;

  error NotManager(address index, address caller);
  error NotListed(address asset);

  constructor(IVault vault, IPriceFeed feed, AssetList assets) {
    VAULT = vault;
    FEED = feed;
    ASSETS = assets;
  }

  /// @notice Set the target weights of an index. An epoch may be opened for it at once, and lasts 72 h.
  /// @param assets 2 to 50, strictly ascending, listed
  /// @param weights {1e18} each above 0, the sum exactly 1e18
  function setWeights(address index, address[] calldata assets, uint256[] calldata weights) public {
    if (msg.sender != IIndex(index).manager()) revert NotManager(index, msg.sender);
    for (uint256 i; i < assets.length; ++i) {
      if (!ASSETS.isListed(assets[i])) revert NotListed(assets[i]);
    }
    Reweighs.requireReweighable(VAULT, FEED, index, assets);
    VAULT.reweigh(index, assets, weights);
  }

  /// @notice The same with weights of a proposal: the event lets anyone run its methodology again and compare.
  /// @param proposal {1} SHA-256 of its inputs (docs/rules.md 4.1)
  function setProposedWeights(address index, address[] calldata assets, uint256[] calldata weights, bytes32 proposal)
    external
  {
    setWeights(index, assets, weights);
    emit WeightsProposed(index, proposal);
  }
}
