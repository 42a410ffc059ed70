// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Fees} from "src/index/IIndex.sol";
import {Index} from "src/index/Index.sol";
import {Platform} from "../support/Platform.sol";

/// @dev Coming and going never pays, and rounding favours those who stay (docs/rules.md 1 and 3).
contract RoundTripsTest is Platform {
  Index[3] private indices;

  function setUp() public {
    deployPlatform();
    indices[0] = createIndex(pick(0xff), 1_000_000e6, noFees());
    indices[1] = createIndex(pick(0xff), 1_000_000e6, Fees(20, 50, RATE_1));
    indices[2] = createIndex(pick(0xff), 1_000_000e6, Fees(1000, 200, RATE_10));
    for (uint256 i; i < 3; ++i) {
      equip(ALICE, address(indices[i]));
    }
    for (uint256 i; i < TOKENS; ++i) {
      tokens[i].mint(ALICE, worth(i, 500_000_000e6));
    }
  }

  /// @dev ROUND_TRIP_MINT: redeem(mint(x)) <= x, per asset, for any number of cycles.
  function testFuzz_mintThenRedeemNeverPays(uint256 which, uint256 shares, uint8 cycles, uint256 dt) public {
    Index index = indices[which % 3];
    shares = bound(shares, 1e6, 10_000_000e18);
    advance(bound(dt, 0, 365 days));
    uint256[TOKENS] memory before = _balances(ALICE);
    for (uint256 i; i < 1 + cycles % 8; ++i) {
      (uint256 minted,) = _mint(index, shares);
      _redeem(index, minted);
    }
    uint256[TOKENS] memory after_ = _balances(ALICE);
    for (uint256 i; i < TOKENS; ++i) {
      assertLe(after_[i], before[i], "ROUND_TRIP_MINT");
    }
  }

  /// @dev ROUND_TRIP_REDEEM: to get back what was redeemed costs at least what it brought.
  function testFuzz_redeemThenMintNeverPays(uint256 which, uint256 shares, uint256 dt) public {
    Index index = indices[which % 3];
    (uint256 owned,) = _mint(index, 100_000e18);
    advance(bound(dt, 0, 365 days));
    shares = bound(shares, 1e6, owned);
    uint256[TOKENS] memory before = _balances(ALICE);
    _redeem(index, shares);
    uint256 keep = BP - index.fees().mintBps;
    _mint(index, (shares * BP + keep - 1) / keep + 1);
    assertGe(index.balanceOf(ALICE), owned);
    uint256[TOKENS] memory after_ = _balances(ALICE);
    for (uint256 i; i < TOKENS; ++i) {
      assertLe(after_[i], before[i], "ROUND_TRIP_REDEEM");
    }
  }

  /// @dev BACKING: what one share of somebody who stays stands for never falls, whatever others do.
  function testFuzz_thoseWhoStayNeverLose(uint256 which, uint256[6] memory sizes) public {
    Index index = indices[which % 3];
    for (uint256 i; i < sizes.length; ++i) {
      (uint256 effective, uint256 supply) = _supplies(index);
      if (i % 2 == 0) _mint(index, bound(sizes[i], 1e6, 1_000_000e18));
      else _redeem(index, bound(sizes[i], 2, index.balanceOf(ALICE)));
      (uint256 effectiveAfter, uint256 supplyAfter) = _supplies(index);
      assertGe(effectiveAfter * supply, effective * supplyAfter, "BACKING");
    }
  }

  /// @dev A mint pays the ceiled share of every leg, a redemption gets the floored one.
  function test_roundingIsAgainstWhoComesAndGoes() public {
    Index index = indices[0];
    (, uint256[] memory paid) = _mint(index, 1e6 + 1);
    vm.prank(ALICE);
    (uint256[] memory got,) = index.redeem(1e6 + 1, new uint256[](TOKENS), ALICE);
    uint256 less;
    for (uint256 i; i < paid.length; ++i) {
      assertLe(got[i], paid[i]);
      if (got[i] < paid[i]) ++less;
    }
    assertGt(less, 0, "a millionth of a millionth of a share divides no leg");
  }

  function test_aMintOfNothingIsRefused() public {
    vm.startPrank(ALICE);
    uint256[] memory most = new uint256[](TOKENS);
    vm.expectRevert();
    indices[0].mint(0, most, ALICE);
    vm.expectRevert();
    indices[0].redeem(0, most, ALICE);
    vm.stopPrank();
  }

  // ----------------------------------------------------------------- inside

  function _mint(Index index, uint256 shares) private returns (uint256 minted, uint256[] memory paid) {
    (, uint256[] memory amounts) = index.previewMint(shares);
    vm.prank(ALICE);
    return index.mint(shares, amounts, ALICE);
  }

  function _redeem(Index index, uint256 shares) private {
    vm.prank(ALICE);
    index.redeem(shares, new uint256[](TOKENS), ALICE);
  }

  function _supplies(Index index) private view returns (uint256, uint256) {
    return (vault.holdingsOf(address(index)).effectiveSupply, index.totalSupply());
  }

  function _balances(address who) private view returns (uint256[TOKENS] memory balances) {
    for (uint256 i; i < TOKENS; ++i) {
      balances[i] = tokens[i].balanceOf(who);
    }
  }
}
