// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/console.sol";
import {Index} from "src/index/Index.sol";
import {IVault} from "src/vault/IVault.sol";
import {Claimants} from "./Claimants.sol";
import {Keepers} from "./Keepers.sol";
import {Managers} from "./Managers.sol";

/// @title Everybody at once, and what holds after every step
contract Actors is Claimants, Managers, Keepers {
  /// @dev {1e18} what all trades of a day may move the price of a pool
  uint256 private constant IMPACT_LIMIT = 15e14;

  /// @notice Checks what is true of every state.
  function checkState() external {
    for (uint256 i; i < TOKENS; ++i) {
      _checkToken(i);
    }
    for (uint256 i; i < INDICES; ++i) {
      _checkIndex(indices[i]);
      checkFees(indices[i]);
    }
  }

  /// @notice Ids whose check failed, with how often and the first two figures.
  function broken() external view returns (string memory text) {
    for (uint256 i; i < ids.length; ++i) {
      Note memory note = noteOf[ids[i]];
      if (note.failures == 0) continue;
      text = string.concat(text, ids[i], " x", vm.toString(note.failures), " (", vm.toString(note.got));
      text = string.concat(text, ", ", vm.toString(note.wanted), ") ");
    }
  }

  /// @notice Prints how often each invariant was checked.
  function report() external view {
    console.log("invariant, checks, failures");
    for (uint256 i; i < ids.length; ++i) {
      console.log(ids[i], noteOf[ids[i]].checks, noteOf[ids[i]].failures);
    }
  }

  // ----------------------------------------------------------------- states

  function _checkToken(uint256 token) private {
    address asset = address(tokens[token]);
    uint256 owed = vault.claimsOn(asset);
    uint256 least = owed;
    uint256 holders;
    for (uint256 i; i < INDICES; ++i) {
      IVault.Holdings memory h = held(indices[i]);
      (address[] memory assets, uint256[] memory up) =
        vault.legAmounts(address(indices[i]), h.effectiveSupply, h.effectiveSupply, true);
      for (uint256 leg; leg < assets.length; ++leg) {
        if (assets[leg] != asset) continue;
        ++holders;
        owed += up[leg];
        least += h.amounts[leg];
      }
    }
    uint256 balance = tokens[token].balanceOf(address(vault));
    check(balance >= owed, "SOLVENT", balance, owed);
    checkLe(balance, least + donated[token] + roundings[token], "CONSERVED");
    checkEq(vault.holdersOf(asset), holders, "HOLDERS_COUNTED");

    uint256 claims;
    for (uint256 i; i < PEOPLE; ++i) {
      claims += claimOf(people[i], asset);
    }
    claims += claimOf(address(router), asset);
    checkEq(vault.claimsOn(asset), (claims * vault.parOf(asset) + 1e27 - 1) / 1e27, "CLAIMS_SUM");
    if (token != USDC) {
      (, uint256 impact) = rebalancer.poolState(address(pools[token]));
      checkLe(impact, IMPACT_LIMIT, "IMPACT_HELD");
    }
    checkEq(tokens[token].balanceOf(address(router)), strayed[token][address(router)], "NO_LEFTOVERS");
    checkEq(tokens[token].balanceOf(address(rebalancer)), strayed[token][address(rebalancer)], "NO_LEFTOVERS");
    checkEq(tokens[token].balanceOf(address(factory)), strayed[token][address(factory)], "NO_LEFTOVERS");
  }

  function _checkIndex(Index index) private {
    IVault.Holdings memory h = held(index);
    uint256 supply = index.totalSupply();
    uint256 sum = index.feesOwed() + index.balanceOf(LOCKED) + index.balanceOf(TREASURY);
    for (uint256 i; i < PEOPLE; ++i) {
      sum += index.balanceOf(people[i]);
    }
    checkEq(supply, sum, "SUPPLY_SUM");
    checkEq(index.balanceOf(LOCKED), 1e18, "LOCKED_SHARE");
    checkLe(h.effectiveSupply, supply, "BACKING");
    checkLe(index.collectable(CREATOR) + index.collectable(TREASURY), index.feesOwed(), "FEES_BACKED");
    uint256 weights;
    for (uint256 i; i < h.legs.length; ++i) {
      weights += uint64(h.legs[i] >> 32);
      if (i != 0) check(h.legs[i - 1] >> 96 < h.legs[i] >> 96, "WEIGHTS_WHOLE");
    }
    checkEq(weights, ONE, "WEIGHTS_WHOLE");
  }
}
