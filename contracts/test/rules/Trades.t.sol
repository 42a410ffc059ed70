// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {ONE} from "src/math/FixedPoint.sol";
import {Clock} from "src/rebalance/rules/Clock.sol";
import {Crossing} from "src/rebalance/rules/Crossing.sol";
import {Impact} from "src/rebalance/rules/Impact.sol";
import {Orders} from "src/rebalance/rules/Orders.sol";

/// @notice Orders, clock, crossing and impact: limits hold and nothing passes a target (docs/rules.md 6).
contract TradesTest is Test {
  uint256 private constant MAX_TOKENS = type(uint112).max;
  uint256 private constant MIN_PRICE = 1 << 40;
  uint256 private constant MAX_PRICE = type(uint128).max;

  function testFuzz_aHoldingAtItsTargetHasNoOrder(uint256 nav, uint256 weight, uint256 price) external pure {
    nav = bound(nav, 0, (1 << 84) - 1);
    price = bound(price, MIN_PRICE, MAX_PRICE);
    uint256 target = Orders.targetAmount(nav, bound(weight, 0, ONE), price);
    (uint256 excess, uint256 deficit) = Orders.order(target, target, price);
    assertEq(excess | deficit, 0);
  }

  function testFuzz_oneSideOfAnOrderIsEmpty(uint256 holding, uint256 target, uint256 price) external pure {
    holding = bound(holding, 0, MAX_TOKENS);
    target = bound(target, 0, MAX_TOKENS);
    price = bound(price, MIN_PRICE, MAX_PRICE);
    (uint256 excess, uint256 deficit) = Orders.order(holding, target, price);
    assertTrue(excess == 0 || deficit == 0);
    if (excess | deficit != 0) assertEq(holding + deficit, target + excess);
  }

  /// forge-config: default.fuzz.runs = 2000
  function testFuzz_maxGivenStaysWithinTheLimit(uint256 received, uint256 o, uint256 u, uint256 factor) external pure {
    received = bound(received, 0, type(uint88).max);
    o = bound(o, MIN_PRICE, MAX_PRICE);
    u = bound(u, MIN_PRICE, MAX_PRICE);
    factor = bound(factor, ONE / 2, 2 * ONE);
    uint256 given = Clock.maxGiven(received, o, u, factor);
    vm.assume(given < MAX_TOKENS);
    assertLe(Clock.minReceived(given, o, u, factor), received);
  }

  function testFuzz_theClockOnlyFalls(uint256 qBps, uint256 early, uint256 late) external pure {
    qBps = bound(qBps, 0, 10_000);
    late = bound(late, 0, 365 days);
    early = bound(early, 0, late);
    assertGe(Clock.clockFactor(qBps, early), Clock.clockFactor(qBps, late));
  }

  /// forge-config: default.fuzz.runs = 2000
  function testFuzz_crossingCostsNobodyAUnit(uint256 a, uint256 b, uint256 o, uint256 u) external pure {
    a = bound(a, 0, MAX_TOKENS);
    b = bound(b, 0, MAX_TOKENS);
    o = bound(o, MIN_PRICE, MAX_PRICE);
    u = bound(u, MIN_PRICE, MAX_PRICE);
    (uint256 x, uint256 y) = Crossing.crossed(a, b, o, u);
    assertLe(x, a);
    assertLe(y, b);
    assertLt(x * o > y * u ? x * o - y * u : y * u - x * o, o < u ? o : u);
  }

  function testFuzz_nobodyGivesMoreThanItsPart(uint256 total, uint256 part, uint256 whole) external pure {
    whole = bound(whole, 1, MAX_TOKENS);
    total = bound(total, 0, whole);
    part = bound(part, 0, whole);
    assertLe(Crossing.partUp(total, part, whole), part);
    assertLe(Crossing.partDown(total, part, whole), Crossing.partUp(total, part, whole));
  }

  function testFuzz_oneHopStaysWithinItsLimit(uint256 reserve, uint256 limit) external pure {
    reserve = bound(reserve, 1, MAX_TOKENS);
    limit = bound(limit, 0, Impact.COST_LIMIT);
    assertLe(Impact.impactOf(Impact.maxInOneHop(reserve, limit), reserve), limit);
  }

  function testFuzz_twoHopsStayWithinTheirLimit(uint256 in1, uint256 out1, uint256 in2, uint256 limit) external pure {
    in1 = bound(in1, 1, MAX_TOKENS);
    out1 = bound(out1, 1, MAX_TOKENS);
    in2 = bound(in2, 1, MAX_TOKENS);
    limit = bound(limit, 0, Impact.ROUTE_LIMIT);
    uint256 sent = Impact.maxInTwoHops(in1, out1, in2, limit);
    vm.assume(sent < MAX_TOKENS);
    uint256 first = Impact.impactOf(sent, in1);
    uint256 second = Impact.impactOf(Impact.amountOut(sent, in1, out1), in2);
    // Each impact is rounded up by less than 1e-18.
    assertGe((ONE - first) * (ONE - second) + 2 * ONE, (ONE - limit) * ONE);
  }
}
