// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {Actors} from "./Actors.sol";

/// @title The campaign: any sequence of any actions leaves every invariant of docs/invariants.md standing
contract CampaignTest is Test {
  Actors private actors;

  function setUp() public {
    actors = Actors(deployCode("Actors.sol:Actors")); // not `new`: its code is compiled once
    bytes4[] memory selectors = new bytes4[](29);
    selectors[0] = actors.mint.selector;
    selectors[1] = actors.redeem.selector;
    selectors[2] = actors.transferShares.selector;
    selectors[3] = actors.roundTripMint.selector;
    selectors[4] = actors.roundTripRedeem.selector;
    selectors[5] = actors.redeemClaim.selector;
    selectors[6] = actors.transferClaim.selector;
    selectors[7] = actors.routerMint.selector;
    selectors[8] = actors.routerRedeem.selector;
    selectors[9] = actors.donate.selector;
    selectors[10] = actors.movePrice.selector;
    selectors[11] = actors.swapInPool.selector;
    selectors[12] = actors.breakFeed.selector;
    selectors[13] = actors.breakToken.selector;
    selectors[14] = actors.passTime.selector;
    selectors[15] = actors.reweigh.selector;
    selectors[16] = actors.cutFees.selector;
    selectors[17] = actors.raiseFees.selector;
    selectors[18] = actors.distributeFees.selector;
    selectors[19] = actors.collectFees.selector;
    selectors[20] = actors.stop.selector;
    selectors[21] = actors.open.selector;
    selectors[22] = actors.rebalance.selector;
    selectors[23] = actors.sandwich.selector;
    selectors[24] = actors.abuse.selector;
    selectors[25] = actors.redeemToClaims.selector;
    selectors[26] = actors.mintFromClaims.selector;
    selectors[27] = actors.roundTripClaims.selector;
    selectors[28] = actors.stealClaims.selector;
    targetSelector(FuzzSelector(address(actors), selectors));
    targetContract(address(actors));
  }

  /// @dev SOLVENT, CONSERVED, BACKING, EXIT_OPEN and the others: every id of docs/invariants.md that was checked so far held.
  /// forge-config: default.invariant.runs = 10
  /// forge-config: default.invariant.depth = 500
  /// forge-config: deep.invariant.runs = 200
  /// forge-config: deep.invariant.depth = 1500
  function invariant_everyIdHolds() public {
    actors.checkState();
    assertEq(actors.broken(), "");
  }

  /// @dev How often each invariant was checked. The table of calls and reverts of each action is forge's own.
  function afterInvariant() public view {
    actors.report();
  }
}
