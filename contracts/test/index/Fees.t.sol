// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibClone} from "solady/utils/LibClone.sol";
import {Test} from "forge-std/Test.sol";
import {FeePart, Fees, IIndex} from "src/index/IIndex.sol";
import {Index} from "src/index/Index.sol";

/// @title The fees of an index, alone (docs/rules.md 3)
/// @dev This contract is the index's factory, its authority and its vault at once: a vault without assets, so that every number of
/// shares is possible.
contract FeesTest is Test {
  uint256 private constant RAY = 1e27;
  /// @dev {ray/s} 1 % and 10 % a year
  uint256 private constant RATE_1 = 1_000_000_000_318_482_464_817_954_188;
  uint256 private constant RATE_10 = 1_000_000_003_338_741_835_197_267_525;
  address private constant LOCKED = 0x000000000000000000000000000000000000dEaD;
  address private constant MANAGER = address(0x3A4A);
  address private constant ALICE = address(0xA11CE);
  address private constant FIRST = address(0xF1);
  address private constant SECOND = address(0xF2);

  Index private implementation;
  Index private index;

  function setUp() public {
    vm.warp(1_700_000_000);
    implementation = Index(deployCode("Index.sol:Index", abi.encode(this, this)));
    index = _clone(Fees(100, 200, RAY));
    index.mintFirst(ALICE, 1_000_000e18);
  }

  // ----------------------------------------------------------------- the platform that it sees

  function join(address, uint256, uint256) external pure returns (uint256[] memory amounts) {}

  function exit(address, uint256, uint256) external pure returns (uint256[] memory amounts, uint256 setAside) {}

  function hasRole(uint64, address) external pure returns (bool, uint32) {
    return (true, 0);
  }

  function changePendingUntil() external pure returns (uint256) {
    return 0;
  }

  // ----------------------------------------------------------------- split

  function test_splitsAsTheRulesSay() public {
    _mint(1_234_500); // 1 % of it is 12 345
    assertEq(index.feesOwed(), 12_345);
    index.distributeFees();
    assertEq(index.collectable(FIRST), 4114);
    assertEq(index.collectable(SECOND), 8230);
    assertEq(index.feesOwed(), 12_345);
    index.distributeFees();
    assertEq(index.collectable(FIRST) + index.collectable(SECOND), 12_344, "the 1 waits");
    _mint(200); // 2 more: 3 to split
    index.distributeFees();
    assertEq(index.collectable(FIRST), 4114);
    assertEq(index.collectable(SECOND), 8232);
  }

  /// @dev FEES_BACKED, SUPPLY_SUM: whatever is charged, split and collected in any order, no share is lost or made.
  function testFuzz_noDustIsLost(uint64[8] memory sizes, uint256 steps, uint256 rate) public {
    index = _clone(Fees(37, 11, bound(rate, RAY, RATE_10)));
    index.mintFirst(ALICE, 1000e18);
    for (uint256 i; i < sizes.length; ++i) {
      (uint256 size, uint256 step) = (sizes[i], steps >> i * 3 & 7);
      if (step < 3) _mint(2 + size);
      if (step == 3 && index.balanceOf(ALICE) > 2) _redeem(2 + size % (index.balanceOf(ALICE) - 1));
      if (step == 4) vm.warp(vm.getBlockTimestamp() + size % 30 days);
      if (step > 4) index.distributeFees();
      if (step == 6) _collect(FIRST);
      if (step == 7) _collect(SECOND);
      uint256 owed = index.feesOwed();
      assertLe(index.collectable(FIRST) + index.collectable(SECOND), owed, "FEES_BACKED");
      assertEq(index.totalSupply(), _balances() + owed, "SUPPLY_SUM");
    }
    index.distributeFees();
    _collect(FIRST);
    _collect(SECOND);
    assertLt(index.feesOwed(), 2 * sizes.length + 4, "what does not divide, less than 2 each time");
  }

  // ----------------------------------------------------------------- management fee

  /// @dev docs/rules.md 15: fee accruals lost to low precision
  function test_aDayAtOnePercentOnSupply1e24() public {
    index = _clone(Fees(0, 0, RATE_1));
    index.mintFirst(ALICE, 1e24);
    skip(86_400);
    assertEq(index.feesOwed(), 27_517_263_548_840_815_255);
    assertEq(index.totalSupply(), 1e24 + 27_517_263_548_840_815_255, "nobody can time an exit");
  }

  /// @dev Settling often or seldom comes to the same, but for floors.
  function testFuzz_settlingOftenChangesNothing(uint256 dt, uint8 times) public {
    index = _clone(Fees(0, 0, RATE_10));
    index.mintFirst(ALICE, 1e24);
    Index other = _clone(Fees(0, 0, RATE_10));
    other.mintFirst(ALICE, 1e24);
    dt = bound(dt, 1, 30 days);
    uint256 n = 1 + times % 20;
    for (uint256 i; i < n; ++i) {
      vm.warp(vm.getBlockTimestamp() + dt);
      index.distributeFees();
    }
    assertApproxEqRel(index.totalSupply(), other.totalSupply(), 1e3, "to 1e-15");
    assertLe(index.totalSupply(), other.totalSupply() + 1e9);
  }

  // ----------------------------------------------------------------- changes

  /// @dev FEE_NOTICE
  function test_aRaiseWaitsFourteenDaysAndCountsFromThen() public {
    _schedule(Fees(200, 200, 1_000_000_000_100_000_000_000_000_000));
    assertEq(index.fees().mintBps, 100);
    assertEq(index.fees().aumRate, RAY);
    skip(14 days - 1);
    assertEq(index.feesOwed(), 0, "the old rate");
    vm.expectPartialRevert(IIndex.NotYet.selector);
    index.applyScheduledFees();
    skip(1);
    assertEq(index.fees().mintBps, 200);
    uint256 supply = index.totalSupply();
    skip(1000);
    // 1e-10 a second for 1000 s, though nobody called in between
    assertApproxEqRel(index.feesOwed(), supply / 1e7, 1e11);
    assertEq(_mint(10_000), 9800);
  }

  function test_aCutActsAtOnceAndReplacesAnAnnouncedRaise() public {
    _schedule(Fees(200, 200, RAY));
    _schedule(Fees(50, 100, RAY));
    assertEq(abi.encode(index.fees()), abi.encode(Fees(50, 100, RAY)));
    skip(15 days);
    assertEq(abi.encode(index.fees()), abi.encode(Fees(50, 100, RAY)));
  }

  function test_whatFallsAndWhatRisesGoTheirOwnWays() public {
    _schedule(Fees(150, 50, RAY));
    assertEq(abi.encode(index.fees()), abi.encode(Fees(100, 50, RAY)));
    skip(14 days);
    assertEq(abi.encode(index.fees()), abi.encode(Fees(150, 50, RAY)));
  }

  /// @dev FEE_BOUNDS
  function test_raisesAreBounded() public {
    vm.startPrank(MANAGER);
    vm.expectRevert(abi.encodeWithSelector(IIndex.FeeStepTooLarge.selector, 100, 201, 200));
    index.scheduleFees(Fees(201, 200, RAY));
    vm.expectRevert(abi.encodeWithSelector(IIndex.FeeTooHigh.selector, 201, 200));
    index.scheduleFees(Fees(100, 201, RAY));
    vm.expectPartialRevert(IIndex.FeeStepTooLarge.selector);
    index.scheduleFees(Fees(100, 200, RATE_1)); // 1 % a year from 0
    index.scheduleFees(Fees(100, 200, RAY + (RATE_1 - RAY) * 4987 / 10_000)); // 0.5 %
    vm.stopPrank();
  }

  /// @dev docs/rules.md 3: redeeming is free while minting is stopped, and after a sunset.
  function test_redeemingIsFreeWhileStoppedAndAfterASunset() public {
    _redeem(10_000);
    assertEq(index.feesOwed(), 200);
    index.stop();
    _redeem(10_000);
    assertEq(index.feesOwed(), 200);
    vm.expectPartialRevert(IIndex.MintsStopped.selector);
    index.mint(1, new uint256[](0), ALICE);
    skip(7 days);
    _redeem(10_000);
    assertEq(index.feesOwed(), 400);
    vm.expectPartialRevert(IIndex.StopTooSoon.selector);
    index.stop();
    skip(23 days);
    index.stop();
    skip(7 days);
    vm.prank(MANAGER);
    index.sunset();
    _redeem(10_000);
    assertEq(index.feesOwed(), 400);
    vm.expectRevert(IIndex.InSunset.selector);
    index.mint(10_000, new uint256[](0), ALICE);
  }

  // ----------------------------------------------------------------- the face

  /// @dev docs/rules.md 15: initialise called twice; implementation left open
  function test_initialiseWorksOnceAndNeverOnTheImplementation() public {
    FeePart[] memory parts = index.feeParts();
    vm.expectRevert(IIndex.AlreadyInitialized.selector);
    index.initialize("", "", ALICE, Fees(0, 0, RAY), parts);
    vm.expectRevert(IIndex.AlreadyInitialized.selector);
    implementation.initialize("", "", ALICE, Fees(0, 0, RAY), parts);
    vm.expectRevert(IIndex.AlreadyInitialized.selector);
    index.mintFirst(ALICE, 2e18);
    vm.startPrank(ALICE);
    vm.expectRevert(abi.encodeWithSelector(IIndex.NotFactory.selector, ALICE));
    index.initialize("", "", ALICE, Fees(0, 0, RAY), parts);
    vm.expectRevert(abi.encodeWithSelector(IIndex.NotFactory.selector, ALICE));
    index.mintFirst(ALICE, 2e18);
    vm.stopPrank();
  }

  /// @dev docs/rules.md 15: a manager role that can move shares. MANAGER_POWERLESS
  function test_theManagerHasNoRightOverShares() public {
    vm.startPrank(MANAGER);
    vm.expectRevert();
    index.transferFrom(ALICE, MANAGER, 1);
    vm.expectRevert();
    index.transferFrom(LOCKED, MANAGER, 1);
    vm.expectRevert();
    index.redeem(1e18, new uint256[](0), MANAGER);
    vm.expectPartialRevert(IIndex.NotVault.selector);
    index.pull(ALICE, new address[](0), new uint256[](0));
    assertEq(index.collectFees(), 0);
    vm.stopPrank();
  }

  // ----------------------------------------------------------------- inside

  function _clone(Fees memory fees) private returns (Index face) {
    FeePart[] memory parts = new FeePart[](2);
    (parts[0], parts[1]) = (FeePart(FIRST, 3333), FeePart(SECOND, 6667));
    face = Index(LibClone.clone(address(implementation)));
    face.initialize("Index", "IDX", MANAGER, fees, parts);
  }

  function _mint(uint256 shares) private returns (uint256 minted) {
    vm.prank(ALICE);
    (minted,) = index.mint(shares, new uint256[](0), ALICE);
  }

  function _redeem(uint256 shares) private {
    vm.prank(ALICE);
    index.redeem(shares, new uint256[](0), ALICE);
  }

  function _collect(address recipient) private {
    vm.prank(recipient);
    index.collectFees();
  }

  function _schedule(Fees memory next) private {
    vm.prank(MANAGER);
    index.scheduleFees(next);
  }

  function _balances() private view returns (uint256) {
    return index.balanceOf(ALICE) + index.balanceOf(LOCKED) + index.balanceOf(FIRST) + index.balanceOf(SECOND);
  }
}
