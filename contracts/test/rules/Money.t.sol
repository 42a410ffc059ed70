// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {AumFee} from "src/index/AumFee.sol";
import {Shares} from "src/index/Shares.sol";
import {RAY} from "src/math/FixedPoint.sol";
import {Unit, Units} from "src/vault/Units.sol";

/// @notice Units, shares and the management fee: rounding favours those who stay (docs/rules.md 1 and 3).
contract MoneyTest is Test {
  uint256 private constant MAX_TOKENS = type(uint112).max;
  uint256 private constant MAX_SHARES = type(uint128).max;

  /// forge-config: default.fuzz.runs = 2000
  function testFuzz_unitsNeverClaimMoreThanTheHolding(uint256 holding, uint256 supply, uint256 e) external pure {
    holding = bound(holding, 0, MAX_TOKENS);
    supply = bound(supply, 1, MAX_SHARES);
    Unit unit = Units.fromHolding(holding, supply);
    assertLe(Units.amountUp(supply, unit), holding);
    e = bound(e, 0, supply);
    uint256 down = Units.amountDown(e, unit);
    uint256 up = Units.amountUp(e, unit);
    assertLe(up, holding);
    assertTrue(up == down || up == down + 1);
  }

  function testFuzz_unitsAreCanonical(uint256 holding, uint256 supply) external pure {
    holding = bound(holding, 1, MAX_TOKENS);
    supply = bound(supply, 1, MAX_SHARES);
    uint256 word = Unit.unwrap(Units.fromHolding(holding, supply));
    assertEq(word >> 119, 1); // the top bit of the mantissa
    assertLe(word & 0xff, 239);
  }

  function testFuzz_aWordHoldsTwoUnits(uint120 lo, uint120 hi) external pure {
    uint256 word = Units.pack(Unit.wrap(lo), Unit.wrap(hi));
    assertEq(Unit.unwrap(Units.at(word, 0)), lo);
    assertEq(Unit.unwrap(Units.at(word, 1)), hi);
  }

  function testFuzz_effectiveSupplyPerShareNeverFalls(uint256 shares, uint256 effective, uint256 supply) external pure {
    supply = bound(supply, 1, type(uint120).max);
    effective = bound(effective, 1, supply);
    shares = bound(shares, 0, type(uint120).max);
    uint256 minted = Shares.effectiveUp(shares, effective, supply);
    assertGe((effective + minted) * supply, effective * (supply + shares));
    shares = bound(shares, 0, supply);
    uint256 paid = Shares.effectiveDown(shares, effective, supply);
    assertGe((effective - paid) * supply, effective * (supply - shares));
  }

  function testFuzz_aFeeIsAPartOfTheShares(uint256 shares, uint256 feeBps) external pure {
    feeBps = bound(feeBps, 0, Shares.BP);
    assertLe(Shares.feeOf(shares, feeBps), shares);
  }

  /// @dev Settling in between takes what one settlement takes, but for roundings: each power is wrong by at most its 30
  /// products, that is far below 1e-24 of the supply.
  function testFuzz_settlingTwiceIsSettlingOnce(uint256 supply, uint256 rate, uint256 first, uint256 second)
    external
    pure
  {
    supply = bound(supply, 1e18, type(uint96).max);
    rate = bound(rate, RAY, AumFee.MAX_RATE);
    first = bound(first, 0, AumFee.YEAR);
    second = bound(second, 0, AumFee.YEAR);
    uint256 once = AumFee.fee(supply, rate, first + second);
    uint256 settled = supply + AumFee.fee(supply, rate, first);
    uint256 twice = settled - supply + AumFee.fee(settled, rate, second);
    assertApproxEqAbs(once, twice, 2 + supply / 1e18);
  }
}
