// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AumFee} from "src/index/AumFee.sol";
import {Shares} from "src/index/Shares.sol";
import {FixedPoint} from "src/math/FixedPoint.sol";
import {Bound} from "src/price/Bound.sol";
import {Prices} from "src/price/Prices.sol";
import {Clock} from "src/rebalance/rules/Clock.sol";
import {Crossing} from "src/rebalance/rules/Crossing.sol";
import {Impact} from "src/rebalance/rules/Impact.sol";
import {Orders} from "src/rebalance/rules/Orders.sol";
import {Unit, Units} from "src/vault/Units.sol";

/// @title The money rules as external functions, so that TypeScript and fuzz tests can call them
/// @notice Every function takes words and returns one or two of them; the names are those of the libraries.
contract RulesHarness {
  /// @notice Calls one of the functions below once per case; a revert is a result like any other.
  /// @param selector the function
  /// @param arity words per case {1}
  /// @param args the cases, one after the other
  /// @return ok whether the case returned
  /// @return first the first returned word of each case, 0 where it reverted
  /// @return second the second one, 0 where there is none
  function run(bytes4 selector, uint256 arity, uint256[] calldata args)
    external
    view
    returns (bool[] memory ok, uint256[] memory first, uint256[] memory second)
  {
    uint256 cases = args.length / arity;
    ok = new bool[](cases);
    first = new uint256[](cases);
    second = new uint256[](cases);
    for (uint256 i = 0; i < cases; ++i) {
      bytes memory result;
      (ok[i], result) = address(this).staticcall(abi.encodePacked(selector, args[i * arity:(i + 1) * arity]));
      if (!ok[i]) continue;
      if (result.length == 32) first[i] = abi.decode(result, (uint256));
      else (first[i], second[i]) = abi.decode(result, (uint256, uint256));
    }
  }

  function mulDivDown(uint256 a, uint256 b, uint256 c) external pure returns (uint256) {
    return FixedPoint.mulDivDown(a, b, c);
  }

  function mulDivUp(uint256 a, uint256 b, uint256 c) external pure returns (uint256) {
    return FixedPoint.mulDivUp(a, b, c);
  }

  function ceilDiv(uint256 a, uint256 b) external pure returns (uint256) {
    return FixedPoint.ceilDiv(a, b);
  }

  function rpow(uint256 x, uint256 n) external pure returns (uint256) {
    return FixedPoint.rpow(x, n);
  }

  function fromHolding(uint256 holding, uint256 effectiveSupply) external pure returns (Unit) {
    return Units.fromHolding(holding, effectiveSupply);
  }

  function amountDown(uint256 e, Unit unit) external pure returns (uint256) {
    return Units.amountDown(e, unit);
  }

  function amountUp(uint256 e, Unit unit) external pure returns (uint256) {
    return Units.amountUp(e, unit);
  }

  function pack(Unit lo, Unit hi) external pure returns (uint256) {
    return Units.pack(lo, hi);
  }

  function at(uint256 word, uint256 parity) external pure returns (Unit) {
    return Units.at(word, parity);
  }

  function fee(uint256 supply, uint256 rate, uint256 elapsed) external pure returns (uint256) {
    return AumFee.fee(supply, rate, elapsed);
  }

  function yearlyFraction(uint256 rate) external pure returns (uint256) {
    return AumFee.yearlyFraction(rate);
  }

  function feeOf(uint256 shares, uint256 feeBps) external pure returns (uint256) {
    return Shares.feeOf(shares, feeBps);
  }

  function effectiveUp(uint256 shares, uint256 effectiveSupply, uint256 supply) external pure returns (uint256) {
    return Shares.effectiveUp(shares, effectiveSupply, supply);
  }

  function effectiveDown(uint256 shares, uint256 effectiveSupply, uint256 supply) external pure returns (uint256) {
    return Shares.effectiveDown(shares, effectiveSupply, supply);
  }

  function toPrice(uint256 answer, uint256 baseAnswer, int256 exponent) external pure returns (uint256) {
    return Prices.toPrice(answer, baseAnswer, exponent);
  }

  function encodeDown(uint256 value) external pure returns (uint256) {
    return Bound.encodeDown(value);
  }

  function encodeUp(uint256 value) external pure returns (uint256) {
    return Bound.encodeUp(value);
  }

  function decode(uint256 bound) external pure returns (uint256) {
    return Bound.decode(bound);
  }

  function valueOf(uint256 amount, uint256 price) external pure returns (uint256) {
    return Orders.valueOf(amount, price);
  }

  function targetAmount(uint256 nav, uint256 weight, uint256 price) external pure returns (uint256) {
    return Orders.targetAmount(nav, weight, price);
  }

  function order(uint256 holding, uint256 target, uint256 price) external pure returns (uint256, uint256) {
    return Orders.order(holding, target, price);
  }

  function minFill(uint256 orderAmount, uint256 holding, uint256 price) external pure returns (uint256) {
    return Orders.minFill(orderAmount, holding, price);
  }

  function clockFactor(uint256 qBps, uint256 elapsed) external pure returns (uint256) {
    return Clock.clockFactor(qBps, elapsed);
  }

  function nowFactor(uint256 anchorO, uint256 anchorU, uint256 nowO, uint256 nowU, uint256 floorBps_)
    external
    pure
    returns (uint256)
  {
    return Clock.nowFactor(anchorO, anchorU, nowO, nowU, floorBps_);
  }

  function limitFactor(uint256 clockFactor_, uint256 nowFactor_) external pure returns (uint256) {
    return Clock.limitFactor(clockFactor_, nowFactor_);
  }

  function fairFactor(uint256 anchorO, uint256 anchorU, uint256 nowO, uint256 nowU) external pure returns (uint256) {
    return Clock.fairFactor(anchorO, anchorU, nowO, nowU);
  }

  function minReceived(uint256 given, uint256 anchorO, uint256 anchorU, uint256 factor)
    external
    pure
    returns (uint256)
  {
    return Clock.minReceived(given, anchorO, anchorU, factor);
  }

  function rateUp(uint256 anchorO, uint256 factor) external pure returns (uint256) {
    return Clock.rateUp(anchorO, factor);
  }

  function maxGiven(uint256 received, uint256 anchorO, uint256 anchorU, uint256 factor)
    external
    pure
    returns (uint256)
  {
    return Clock.maxGiven(received, anchorO, anchorU, factor);
  }

  function crossOpen(uint256 qBps, uint256 elapsed) external pure returns (bool) {
    return Clock.crossOpen(qBps, elapsed);
  }

  function floorBps(uint256 delistedSince, uint256 now_) external pure returns (uint256) {
    return Clock.floorBps(delistedSince, now_);
  }

  function crossed(uint256 a, uint256 b, uint256 anchorO, uint256 anchorU) external pure returns (uint256, uint256) {
    return Crossing.crossed(a, b, anchorO, anchorU);
  }

  function partUp(uint256 total, uint256 part, uint256 whole) external pure returns (uint256) {
    return Crossing.partUp(total, part, whole);
  }

  function partDown(uint256 total, uint256 part, uint256 whole) external pure returns (uint256) {
    return Crossing.partDown(total, part, whole);
  }

  function amountOut(uint256 amountIn, uint256 reserveIn, uint256 reserveOut) external pure returns (uint256) {
    return Impact.amountOut(amountIn, reserveIn, reserveOut);
  }

  function impactOf(uint256 amountIn, uint256 reserveIn) external pure returns (uint256) {
    return Impact.impactOf(amountIn, reserveIn);
  }

  function maxInOneHop(uint256 reserveIn, uint256 limit) external pure returns (uint256) {
    return Impact.maxInOneHop(reserveIn, limit);
  }

  function maxInTwoHops(uint256 reserveIn1, uint256 reserveOut1, uint256 reserveIn2, uint256 limit)
    external
    pure
    returns (uint256)
  {
    return Impact.maxInTwoHops(reserveIn1, reserveOut1, reserveIn2, limit);
  }

  function routeLimit(uint256 hops, uint256 used) external pure returns (uint256) {
    return Impact.routeLimit(hops, used);
  }
}
