// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {Legs} from "src/vault/Legs.sol";
import {IProposals} from "src/weights/IProposals.sol";
import {Managed} from "src/weights/Managed.sol";
import {Reweighs} from "src/weights/Reweighs.sol";
import {Platform} from "../support/Platform.sol";

/// @title Who sets weights, and for what (docs/rules.md 4.2)
contract ManagedTest is Platform {
  Index private index;
  address[] private assets;
  uint256[] private weights;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(0x06), 1001e6, noFees());
    assets = assetsOf(index);
    weights = [0.4e18, 0.6e18];
  }

  function test_onlyItsManager() public {
    vm.expectRevert(abi.encodeWithSelector(Managed.NotManager.selector, index, address(this)));
    managed.setWeights(address(index), assets, weights);
  }

  function testFuzz_proposedWeightsTellTheirProposal(bytes32 proposal) public {
    vm.expectEmit(address(managed));
    emit IProposals.WeightsProposed(address(index), proposal);
    vm.prank(MANAGER);
    managed.setProposedWeights(address(index), assets, weights, proposal);
    uint256[] memory legs = vault.holdingsOf(address(index)).legs;
    assertEq(Legs.weightOf(legs[0]), weights[0]);
    vm.expectRevert(abi.encodeWithSelector(Managed.NotManager.selector, index, address(this)));
    managed.setProposedWeights(address(index), assets, weights, proposal);
  }

  function test_onlyListedAssetsWithALivePrice() public {
    uint256 token = tokenAt(assets[0]);
    setPrice(token, 0);
    _refused(abi.encodeWithSelector(Reweighs.PriceNotLive.selector, assets[0]));
    setPrice(token, startPrices[token]);
    vm.prank(LISTER);
    assetList.delist(assets[1]);
    _refused(abi.encodeWithSelector(Managed.NotListed.selector, assets[1]));
  }

  function test_onlyAnIndexWorthAThousand() public {
    redeemFrom(index, CREATOR, 2e18);
    vm.expectPartialRevert(Reweighs.TooSmall.selector);
    vm.prank(MANAGER);
    managed.setWeights(address(index), assets, weights);
  }

  function _refused(bytes memory error_) private {
    vm.expectRevert(error_);
    vm.prank(MANAGER);
    managed.setWeights(address(index), assets, weights);
  }
}
