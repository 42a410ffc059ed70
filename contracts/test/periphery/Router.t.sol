// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {Router} from "src/periphery/Router.sol";
import {Platform} from "../support/Platform.sol";

/// @title From and to USDC through pools, with the limits that the caller names
contract RouterTest is Platform {
  uint256 private constant LINK = 1;
  Index private index;
  address[] private pools_;
  uint256 private deadline;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(0x07), 1_000_000e6, noFees());
    _usePools(index);
    equip(ALICE, address(router));
    vm.prank(ALICE);
    index.approve(address(router), type(uint256).max);
    deadline = vm.getBlockTimestamp();
  }

  /// @dev NO_LEFTOVERS: never more than `pay`, for any sum and any depth of the pools, and close to what the same shares cost in kind.
  function testFuzz_paysAtMostWhatWasSaid(uint256 pay, uint256 depth, uint256 value) public {
    index = createIndex(pick(0x07), bound(value, 1000e6, 100_000_000e6), noFees());
    _usePools(index);
    fillPool(LINK, bound(depth, 10_000e6, POOL_DEPTH));
    uint256 supply = index.totalSupply();
    pay = bound(pay, 1e6, 5000e6);
    uint256 before = tokens[USDC].balanceOf(ALICE);
    uint256 got = index.balanceOf(ALICE);
    try this.mintWithBase(pay, 0) returns (uint256 minted, uint256 paid) {
      assertEq(before - tokens[USDC].balanceOf(ALICE), paid);
      assertLe(paid, pay);
      assertEq(index.balanceOf(ALICE) - got, minted);
      assertEq(index.totalSupply() - supply, minted);
    } catch (bytes memory error_) {
      bytes4 why = bytes4(error_);
      assertTrue(why == Router.PaysTooLittle.selector || why == Router.PoolTooSmall.selector);
    }
    for (uint256 i; i < 3; ++i) {
      assertEq(tokens[i].balanceOf(address(router)), 0, "NO_LEFTOVERS");
    }
  }

  function test_costIsWhatIsPaid() public {
    uint256 cost = router.costOf(index, 1000e18, pools_);
    (uint256 minted, uint256 paid) = this.mintWithBase(cost, 0);
    assertApproxEqRel(minted, 1000e18, 1e14);
    assertLe(paid, cost);
    // 30 bp of pool fees on two thirds, and the impact
    assertApproxEqRel(cost, 1002e6, 1e15);
  }

  function test_limitsHold() public {
    vm.expectPartialRevert(Router.NotEnough.selector);
    this.mintWithBase(1000e6, 1000e18);
    this.mintWithBase(1000e6, 990e18);
    uint256 shares = index.balanceOf(ALICE);
    vm.expectPartialRevert(Router.TooLittle.selector);
    this.redeemToBase(shares, 1000e6);
    uint256 before = tokens[USDC].balanceOf(ALICE);
    uint256 received = this.redeemToBase(shares, 980e6);
    assertEq(tokens[USDC].balanceOf(ALICE) - before, received);
    deadline = vm.getBlockTimestamp() - 1;
    bytes memory late = abi.encodeWithSelector(Router.Expired.selector, deadline, vm.getBlockTimestamp());
    vm.expectRevert(late);
    this.mintWithBase(1000e6, 0);
    vm.expectRevert(late);
    this.redeemToBase(1e18, 0);
  }

  function test_aPoolForEachLeg() public {
    this.mintWithBase(1000e6, 0);
    pools_.pop();
    bytes memory refusal = abi.encodeWithSelector(Router.LengthMismatch.selector, 2, 3);
    vm.expectRevert(refusal);
    this.mintWithBase(1000e6, 0);
    vm.expectRevert(refusal);
    this.redeemToBase(1e18, 0);
  }

  /// @dev A leg that cannot be paid comes as a claim; what the router holds of it for others stays.
  function test_aRefusedLegComesAsAClaim() public {
    this.mintWithBase(1000e6, 0);
    tokens[LINK].setBlacklisted(address(router), true);
    uint256 shares = index.balanceOf(ALICE);
    (address[] memory assets, uint256[] memory amounts) = index.previewRedeem(shares);
    uint256 received = this.redeemToBase(shares, 0);
    for (uint256 leg; leg < assets.length; ++leg) {
      bool link = assets[leg] == address(tokens[LINK]);
      assertEq(claimOf(ALICE, assets[leg]), link ? amounts[leg] : 0);
      assertEq(claimOf(address(router), assets[leg]), 0);
    }
    assertApproxEqRel(received, 665e6, 0.01e18);
  }

  /// @dev An asset that is only aimed at costs nothing and needs no pool.
  function test_anEmptyLegIsSkipped() public {
    uint256[] memory which = sortedByAddress(pick(0x0f));
    address[] memory assets = new address[](4);
    uint256[] memory weights = new uint256[](4);
    for (uint256 i; i < 4; ++i) {
      (assets[i], weights[i]) = (address(tokens[which[i]]), 0.25e18);
    }
    vm.prank(MANAGER);
    managed.setWeights(address(index), assets, weights);
    _usePools(index);
    for (uint256 i; i < 4; ++i) {
      if (which[i] == 3) pools_[i] = address(0);
    }
    (uint256 minted,) = this.mintWithBase(1000e6, 990e18);
    this.redeemToBase(minted, 980e6);
    assertEq(index.balanceOf(ALICE), 0);
  }

  /// @dev Less than a millionth of the supply, down to sums that do not cover the roundings.
  function test_smallSums() public {
    index = createIndex(pick(0x07), 100_000_000e6, noFees());
    _usePools(index);
    (uint256 minted, uint256 paid) = this.mintWithBase(5e6, 0);
    assertApproxEqRel(minted, 5e18, 0.01e18);
    assertLe(paid, 5e6);
    vm.expectPartialRevert(Router.PaysTooLittle.selector);
    this.mintWithBase(3, 0);
  }

  function test_aPoolThatIsTooSmallIsNamed() public {
    fillPool(LINK, 1e6);
    vm.expectPartialRevert(Router.PoolTooSmall.selector);
    this.mintWithBase(1000e6, 0);
  }

  // ----------------------------------------------------------------- calls of ALICE

  function mintWithBase(uint256 pay, uint256 least) external returns (uint256 minted, uint256 paid) {
    vm.prank(ALICE);
    return router.mintWithBase(index, pay, least, pools_, ALICE, deadline);
  }

  function redeemToBase(uint256 shares, uint256 least) external returns (uint256 received) {
    vm.prank(ALICE);
    return router.redeemToBase(index, shares, least, pools_, ALICE, deadline);
  }

  function _usePools(Index of_) private {
    address[] memory assets = assetsOf(of_);
    delete pools_;
    for (uint256 i; i < assets.length; ++i) {
      pools_.push(address(pools[tokenAt(assets[i])]));
    }
  }
}
