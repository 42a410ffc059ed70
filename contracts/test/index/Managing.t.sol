// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Fees, IIndex} from "src/index/IIndex.sol";
import {Index} from "src/index/Index.sol";
import {Platform} from "../support/Platform.sol";

/// @title What managers, watchmen and recipients of fees may do, and may not (docs/rules.md 3)
contract ManagingTest is Platform {
  Index private index;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(0x07), 1_000_000e6, Fees(20, 50, RATE_1));
  }

  function test_onlyTheManagerManages() public {
    bytes memory refusal = abi.encodeWithSelector(IIndex.NotManager.selector, address(this));
    vm.expectRevert(refusal);
    index.scheduleFees(noFees());
    vm.expectRevert(refusal);
    index.sunset();
    vm.expectRevert(refusal);
    index.proposeManager(ALICE);
    vm.prank(MANAGER);
    index.proposeManager(ALICE);
    vm.expectRevert(refusal);
    index.acceptManager();
    vm.prank(ALICE);
    index.acceptManager();
    assertEq(index.manager(), ALICE);
  }

  function test_onlyAWatchmanStops() public {
    vm.expectRevert(abi.encodeWithSelector(IIndex.NotWatchman.selector, address(this)));
    index.stop();
    assertFalse(index.redeemsFree());
    vm.prank(WATCHMAN);
    index.stop();
    assertTrue(index.redeemsFree());
    advance(29 days);
    assertFalse(index.redeemsFree());
    vm.expectRevert(abi.encodeWithSelector(IIndex.StopTooSoon.selector, vm.getBlockTimestamp() + 1 days));
    vm.prank(WATCHMAN);
    index.stop();
  }

  /// @dev FEE_NOTICE: seen by everybody from its announcement on, in force at its time.
  function test_aRaiseIsAnnouncedThenApplied() public {
    vm.expectRevert(IIndex.NothingScheduled.selector);
    index.applyScheduledFees();
    _schedule(Fees(30, 50, RATE_1));
    (uint256 from, Fees memory next) = index.scheduledFees();
    assertEq(from, vm.getBlockTimestamp() + 14 days);
    assertEq(next.mintBps, 30);
    vm.expectRevert(abi.encodeWithSelector(IIndex.NotYet.selector, vm.getBlockTimestamp(), from));
    index.applyScheduledFees();
    advance(14 days);
    index.applyScheduledFees();
    assertEq(index.fees().mintBps, 30);
    (from,) = index.scheduledFees();
    assertEq(from, 0);
  }

  function test_aCutOfTheYearlyFeeActsAtOnce() public {
    _schedule(Fees(20, 50, RAY));
    assertEq(index.fees().aumRate, RAY);
    uint256 supply = index.totalSupply();
    advance(365 days);
    assertEq(index.totalSupply(), supply);
  }

  function test_feesHaveStepsAndAnEnd() public {
    bytes memory tooLarge = abi.encodeWithSelector(IIndex.FeeStepTooLarge.selector, 20, 121, 120);
    vm.prank(MANAGER);
    vm.expectRevert(tooLarge);
    index.scheduleFees(Fees(121, 50, RATE_1));
    vm.prank(MANAGER);
    index.sunset();
    assertTrue(index.redeemsFree());
    vm.prank(MANAGER);
    vm.expectRevert(IIndex.InSunset.selector);
    index.scheduleFees(noFees());
  }

  /// @dev What the ledger has no room for is not charged, and stops nobody.
  function test_feesBeyondTheLedgerAreNotCharged() public {
    Index dear = createIndex(pick(0x07), 1_000_000_000e6, Fees(1000, 200, RATE_10));
    uint256 shares = 2 ** 104;
    for (uint256 i; i < 3; ++i) {
      tokens[i].mint(ALICE, worth(i, 1e24));
    }
    mintTo(dear, ALICE, shares);
    assertLt(dear.feesOwed(), type(uint104).max);
    advance(200 * 365 days);
    assertEq(dear.feesOwed(), type(uint104).max);
    uint256 supply = dear.totalSupply();
    redeemFrom(dear, ALICE, 1e24);
    assertEq(dear.feesOwed(), type(uint104).max);
    assertEq(dear.totalSupply(), supply - 1e24);
  }

  /// @dev A mint whose fee takes all of it gives nothing and is refused.
  function test_aMintThatIsAllFeeIsRefused() public {
    equip(ALICE, address(index));
    (, uint256[] memory most) = index.previewMint(1);
    vm.expectRevert(IIndex.NothingToMint.selector);
    vm.prank(ALICE);
    index.mint(1, most, ALICE);
  }

  function _schedule(Fees memory next) private {
    vm.prank(MANAGER);
    index.scheduleFees(next);
  }
}
