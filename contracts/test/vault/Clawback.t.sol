// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {Balances} from "src/vault/Balances.sol";
import {IVault} from "src/vault/IVault.sol";
import {Platform} from "../support/Platform.sol";
import {WeirdToken} from "../support/weird/WeirdToken.sol";

/// @title A token that loses balance by itself: the same cut for all (docs/rules.md 2)
contract ClawbackTest is Platform {
  uint256 private constant LINK = 1;
  Index[] private indices;
  address[] private rows;
  WeirdToken private token;

  function setUp() public {
    deployPlatform();
    token = tokens[LINK];
    indices.push(createIndex(pick(0x07), 1_000_000e6, noFees()));
    indices.push(createIndex(pick(0x0a), 300_000e6, noFees()));
    if (indices[0] > indices[1]) (indices[0], indices[1]) = (indices[1], indices[0]);
    for (uint256 i; i < 2; ++i) {
      rows.push(address(indices[i]));
      mintTo(indices[i], ALICE, 20_000e18);
      mintTo(indices[i], BOB, 20_000e18);
    }
    token.setBlacklisted(BOB, true);
    redeemFrom(indices[0], BOB, 1000e18);
    token.setBlacklisted(BOB, false);
  }

  /// @dev docs/rules.md 2: balance -10 % -> everybody 90 %. 15: whoever burns is not paid the value from before a loss.
  function test_aTenthLessIsATenthLessForEverybody() public {
    uint256[] memory held = _holdings();
    uint256 claims = vault.claimsOn(address(token));
    uint256 shareOfEach = _shareOf(ALICE);
    _lose(1000);
    vault.reconcile(address(token), rows);
    for (uint256 i; i < 2; ++i) {
      assertApproxEqAbs(_holdings()[i], held[i] * 9 / 10, 2);
    }
    assertApproxEqAbs(vault.claimsOn(address(token)), claims * 9 / 10, 2);
    assertApproxEqAbs(_leave(ALICE), shareOfEach * 9 / 10, 8, "who leaves first");
    _leave(CREATOR);
    uint256 claim = claimOf(BOB, address(token));
    vm.prank(BOB);
    assertApproxEqAbs(vault.redeemClaim(address(token), claim, BOB), claims * 9 / 10, 2, "claims");
    assertApproxEqAbs(_leave(BOB), (shareOfEach - claims) * 9 / 10, 8, "who leaves last");
  }

  /// @dev SAME_CUT, SOLVENT: of any loss.
  function testFuzz_sameCut(uint256 lossBps, uint256 gift) public {
    tokens[LINK].mint(address(vault), bound(gift, 0, 1e18));
    (uint256[] memory held, uint256 claims) = (_holdings(), vault.claimsOn(address(token)));
    bytes32 others = keccak256(abi.encode(_others()));
    _lose(bound(lossBps, 1, BP - 1));
    (uint256 balance, uint256 owed) = (token.balanceOf(address(vault)), held[0] + held[1] + claims);
    if (balance >= owed) return;
    vault.reconcile(address(token), rows);
    uint256[] memory left = _holdings();
    for (uint256 i; i < 2; ++i) {
      assertLe(left[i], held[i] * balance / owed, "SAME_CUT");
      assertGe(left[i] + 4, held[i] * balance / owed, "SAME_CUT");
    }
    assertApproxEqAbs(vault.claimsOn(address(token)), claims * balance / owed, 2, "SAME_CUT");
    _assertSolvent();
    assertEq(keccak256(abi.encode(_others())), others, "UNTOUCHED");
  }

  /// @dev SOLVENT, EXIT_OPEN, CLAIM_PAR: losses, mints, redemptions and claims in any order; in the end all can leave.
  function testFuzz_anyOrderOfLossesAndMoves(uint256[12] memory sizes, uint256 steps) public {
    for (uint256 i; i < sizes.length; ++i) {
      uint256 step = steps >> i * 4 & 15;
      Index index = indices[step & 1];
      if (step < 6) {
        _lose(bound(sizes[i], 1, 9000));
        vault.reconcile(address(token), rows);
      }
      if (step == 6 || step == 7) mintTo(index, ALICE, bound(sizes[i], 1e12, 100_000e18));
      if (step == 8) _redeemSome(index, ALICE, sizes[i]);
      if (step == 9) _changeSides(index, sizes[i]);
      if (step == 10 || step == 11) {
        token.setBlacklisted(BOB, true);
        _redeemSome(index, BOB, sizes[i]);
        token.setBlacklisted(BOB, false);
      }
      if (step > 11 && claimOf(BOB, address(token)) != 0) {
        uint256 claim = bound(sizes[i], 1, claimOf(BOB, address(token)));
        vm.prank(BOB);
        assertEq(vault.redeemClaim(address(token), claim, BOB), claim * vault.parOf(address(token)) / 1e27, "CLAIM_PAR");
      }
      _assertSolvent();
    }
    address[3] memory people = [CREATOR, ALICE, BOB];
    for (uint256 i; i < 6; ++i) {
      uint256 shares = indices[i % 2].balanceOf(people[i / 2]);
      if (shares == 0) continue;
      (, uint256 setAside) = redeemFrom(indices[i % 2], people[i / 2], shares);
      assertEq(setAside, 0, "EXIT_OPEN");
    }
    uint256 rest = claimOf(BOB, address(token));
    vm.prank(BOB);
    vault.redeemClaim(address(token), rest, BOB);
  }

  /// @dev EXIT_OPEN: when all is lost the other assets are still there for everybody.
  function test_whenAllIsLostTheRestCanStillBeTaken() public {
    token.setBalance(address(vault), 0);
    vault.reconcile(address(token), rows);
    assertEq(_holdings(), new uint256[](2));
    bytes32 others = keccak256(abi.encode(_others()));
    (, uint256 setAside) = redeemFrom(indices[0], ALICE, 1e18);
    assertEq(setAside, 0);
    assertEq(_leave(BOB), 0);
    assertEq(keccak256(abi.encode(_others())), others);
  }

  function test_onlyWithTheFullListOfHolders() public {
    _lose(1000);
    vm.expectRevert(abi.encodeWithSelector(IVault.IncompleteHolders.selector, address(token), 1, 2));
    vault.reconcile(address(token), one(rows[0]));
    address[] memory twice = new address[](2);
    (twice[0], twice[1]) = (rows[0], rows[0]);
    vm.expectRevert(abi.encodeWithSelector(IVault.LegsNotAscending.selector, rows[0], rows[0]));
    vault.reconcile(address(token), twice);
    Index third = createIndex(pick(0x30), 1000e6, noFees());
    (twice[0], twice[1]) = third < indices[0] ? (address(third), rows[0]) : (rows[0], address(third));
    vm.expectPartialRevert(IVault.IncompleteHolders.selector);
    vault.reconcile(address(token), twice);
  }

  function test_notWithoutALossAndNotBlindly() public {
    vm.expectPartialRevert(IVault.NothingToReconcile.selector);
    vault.reconcile(address(token), rows);
    uint256[] memory held = _holdings();
    vm.mockCallRevert(address(token), abi.encodeCall(token.balanceOf, (address(vault))), "");
    vm.expectRevert(abi.encodeWithSelector(Balances.BalanceUnknown.selector, address(token)));
    vault.reconcile(address(token), rows);
    assertEq(_holdings(), held);
  }

  // ----------------------------------------------------------------- inside

  function _lose(uint256 bps) private {
    uint256 balance = token.balanceOf(address(vault));
    token.setBalance(address(vault), balance - (balance * bps + BP - 1) / BP);
  }

  function _redeemSome(Index index, address who, uint256 size) private {
    uint256 balance = index.balanceOf(who);
    if (balance > 2) redeemFrom(index, who, bound(size, 2, balance - 1));
  }

  /// @dev BOB's shares become claims, a part of which becomes shares again.
  function _changeSides(Index index, uint256 size) private {
    uint256 balance = index.balanceOf(BOB);
    if (balance < 1e17) return;
    (address[] memory assets,) = index.previewMint(1e18);
    size = bound(size, 1e17, balance);
    vm.startPrank(BOB);
    vault.setOperator(address(index), true);
    index.redeemToClaims(size, new uint256[](assets.length), BOB);
    (, uint256[] memory most) = index.previewMint(size / 2);
    index.mintFromClaims(size / 2, most, BOB);
    vm.stopPrank();
  }

  /// @dev {tok} what leaving both indices would bring of the token
  function _shareOf(address who) private view returns (uint256 share) {
    for (uint256 i; i < 2; ++i) {
      (address[] memory assets, uint256[] memory amounts) = indices[i].previewRedeem(indices[i].balanceOf(who));
      for (uint256 leg; leg < assets.length; ++leg) {
        if (assets[leg] == address(token)) share += amounts[leg];
      }
    }
  }

  /// @dev {tok} what leaving both indices brings of the token
  function _leave(address who) private returns (uint256) {
    uint256 before = token.balanceOf(who);
    for (uint256 i; i < 2; ++i) {
      redeemFrom(indices[i], who, indices[i].balanceOf(who));
    }
    return token.balanceOf(who) - before;
  }

  function _holdings() private view returns (uint256[] memory amounts) {
    amounts = new uint256[](2);
    for (uint256 i; i < 2; ++i) {
      address[] memory assets = assetsOf(indices[i]);
      uint256 leg;
      while (assets[leg] != address(token)) ++leg;
      amounts[i] = vault.holdingsOf(rows[i]).amounts[leg];
    }
  }

  /// @dev Units of the other assets of both indices.
  function _others() private view returns (uint256[] memory units) {
    units = new uint256[](TOKENS);
    for (uint256 i; i < 2; ++i) {
      address[] memory assets = assetsOf(indices[i]);
      uint256[] memory own = unitsOf(indices[i]);
      for (uint256 leg; leg < assets.length; ++leg) {
        if (assets[leg] != address(token)) units[tokenAt(assets[leg])] = own[leg];
      }
    }
  }

  function _assertSolvent() private view {
    uint256[] memory held = _holdings();
    uint256 owed = held[0] + held[1] + vault.claimsOn(address(token));
    assertGe(token.balanceOf(address(vault)), owed, "SOLVENT");
  }
}
