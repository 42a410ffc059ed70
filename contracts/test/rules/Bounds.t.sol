// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {AumFee} from "src/index/AumFee.sol";
import {FixedPoint, RAY} from "src/math/FixedPoint.sol";
import {Clock} from "src/rebalance/rules/Clock.sol";
import {Orders} from "src/rebalance/rules/Orders.sol";
import {Units} from "src/vault/Units.sol";

/// @title Numbers out of their bounds are refused, never cut (docs/rules.md 1, 3 and 6)
contract BoundsTest is Test {
  function test_powers() public {
    vm.expectRevert(abi.encodeWithSelector(FixedPoint.PowerOverflow.selector, uint256(1) << 128));
    this.rpow(1 << 128, 2);
    // the square of the largest factor is far above it
    uint256 x = (1 << 128) - 1;
    uint256 square = (x * x + RAY / 2) / RAY;
    vm.expectRevert(abi.encodeWithSelector(FixedPoint.PowerOverflow.selector, square));
    this.rpow(x, 4);
    vm.expectRevert(abi.encodeWithSelector(FixedPoint.PowerOverflow.selector, square));
    this.rpow(x, 3);
    assertEq(this.rpow(x, 1), x);
    assertEq(this.rpow(0, 0), RAY);
  }

  /// @dev The product so far is too large before its square is.
  function testFuzz_aPowerIsWholeOrRefused(uint256 x, uint256 n) public {
    x = bound(x, RAY, 30e27);
    n = bound(n, 1, 1000);
    try this.rpow(x, n) returns (uint256 z) {
      assertGe(z, x);
    } catch (bytes memory error_) {
      assertEq(bytes4(error_), FixedPoint.PowerOverflow.selector);
    }
  }

  function test_rates() public {
    vm.expectRevert(abi.encodeWithSelector(AumFee.RateOutOfRange.selector, RAY - 1));
    this.requireRate(RAY - 1);
    vm.expectRevert(abi.encodeWithSelector(AumFee.RateOutOfRange.selector, AumFee.MAX_RATE + 1));
    this.requireRate(AumFee.MAX_RATE + 1);
    this.requireRate(AumFee.MAX_RATE);
  }

  function test_units() public {
    vm.expectRevert(abi.encodeWithSelector(Units.HoldingTooLarge.selector, uint256(1) << 112));
    this.fromHolding(1 << 112, 1);
    vm.expectRevert(abi.encodeWithSelector(Units.EffectiveSupplyOutOfRange.selector, 0));
    this.fromHolding(1, 0);
    vm.expectRevert(abi.encodeWithSelector(Units.EffectiveSupplyOutOfRange.selector, uint256(1) << 128));
    this.fromHolding(1, 1 << 128);
  }

  function test_orders() public {
    vm.expectRevert(abi.encodeWithSelector(Orders.OutOfRange.selector, uint256(1) << 128, 1));
    this.valueOf(1 << 128, 1);
    vm.expectRevert(abi.encodeWithSelector(Orders.OutOfRange.selector, uint256(1) << 84, 1));
    this.targetAmount(1 << 84, 1, 1);
    vm.expectRevert(abi.encodeWithSelector(Orders.OutOfRange.selector, 1, 0));
    this.targetAmount(1, 1, 0);
  }

  /// @dev 100 bp on the first day, then 100 bp a day, at most 3 000.
  function test_theFloorUnderADelistedAssetWidens() public pure {
    assertEq(Clock.floorBps(0, 1e9), 100);
    assertEq(Clock.floorBps(1e9, 1e9 + 1 hours), 100);
    assertEq(Clock.floorBps(1e9, 1e9 + 3 days), 300);
    assertEq(Clock.floorBps(1e9, 1e9 + 400 days), 3000);
  }

  function rpow(uint256 x, uint256 n) external pure returns (uint256) {
    return FixedPoint.rpow(x, n);
  }

  function requireRate(uint256 rate) external pure {
    AumFee.requireRate(rate);
  }

  function fromHolding(uint256 holding, uint256 supply) external pure {
    Units.fromHolding(holding, supply);
  }

  function valueOf(uint256 amount, uint256 price) external pure returns (uint256) {
    return Orders.valueOf(amount, price);
  }

  function targetAmount(uint256 nav, uint256 weight, uint256 price) external pure returns (uint256) {
    return Orders.targetAmount(nav, weight, price);
  }
}
