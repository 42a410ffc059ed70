// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Fees, IIndex} from "src/index/IIndex.sol";
import {Index} from "src/index/Index.sol";
import {Claims} from "src/vault/Claims.sol";
import {IPayer, IVault} from "src/vault/IVault.sol";
import {Platform} from "../support/Platform.sol";
import {Mode} from "../support/weird/WeirdToken.sol";

/// @title Minting from claims and redeeming to claims (docs/rules.md 2)
/// @dev This contract is also a face of its own making, as a factory that went bad could found one.
contract FromClaimsTest is Platform, IPayer {
  uint256 private constant LINK = 1;
  uint256 private constant ASSETS = 4;
  uint256 private constant SHARES = 100_000e18;

  Index private index;
  /// @dev The same assets, common fees.
  Index private other;
  address[] private rows;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(0x0f), 1_000_000e6, noFees());
    other = createIndex(pick(0x0f), 700_000e6, Fees(20, 50, RATE_1));
    rows = [address(index), address(other)];
    if (rows[0] > rows[1]) (rows[0], rows[1]) = (rows[1], rows[0]);
    mintTo(index, ALICE, SHARES);
    mintTo(other, ALICE, SHARES);
  }

  // ----------------------------------------------------------------- what it does

  /// @dev CLAIMS_MOVED, EXIT_OPEN: from one index to another with every token broken, in any way.
  function testFuzz_movingTouchesNoToken(uint256 shares, uint256 ways) public {
    // above what one smallest unit of WBTC is a share of
    shares = bound(shares, 1e17, SHARES);
    _breakAll(ways);
    uint256[TOKENS] memory before = _balances(address(vault));
    (address[] memory assets, uint256[] memory expected) = index.previewRedeem(shares);
    uint256[] memory got = _toClaims(index, ALICE, shares);
    assertEq(got, expected);
    for (uint256 leg; leg < assets.length; ++leg) {
      assertEq(claimOf(ALICE, assets[leg]), got[leg], "CLAIMS_MOVED");
    }
    uint256 again = shares / 2;
    vm.prank(ALICE);
    vault.setOperator(address(other), true);
    (, uint256[] memory cost) = other.previewMint(again);
    uint256 owned = other.balanceOf(ALICE);
    uint256 minted = _fromClaims(other, ALICE, again);
    assertEq(minted, again - (again * 20 + BP - 1) / BP, "the mint fee");
    assertEq(other.balanceOf(ALICE) - owned, minted);
    for (uint256 leg; leg < assets.length; ++leg) {
      assertEq(claimOf(ALICE, assets[leg]), got[leg] - cost[leg], "CLAIMS_MOVED");
    }
    uint256[TOKENS] memory after_ = _balances(address(vault));
    for (uint256 i; i < TOKENS; ++i) {
      assertEq(after_[i], before[i], "no token moved");
    }
    _assertSolvent();
  }

  /// @dev Same fee, same amounts, same events as in kind, and one more that says it.
  function test_tellsOfItself() public {
    uint256 fee = (1000e18 * 50 + BP - 1) / BP;
    (, uint256[] memory amounts) = other.previewRedeem(1000e18);
    vm.expectEmit(address(other));
    emit IIndex.Redeemed(ALICE, BOB, 1000e18, fee, amounts, 0xf);
    vm.expectEmit(address(other));
    emit IIndex.RedeemedToClaims(ALICE, 1000e18);
    vm.prank(ALICE);
    other.redeemToClaims(1000e18, amounts, BOB);
    vm.prank(BOB);
    vault.setOperator(address(index), true);
    (, uint256[] memory cost) = index.previewMint(500e18);
    vm.expectEmit(address(index));
    emit IIndex.Minted(BOB, ALICE, 500e18, 0, cost);
    vm.expectEmit(address(index));
    emit IIndex.MintedFromClaims(BOB, 500e18);
    vm.prank(BOB);
    index.mintFromClaims(500e18, cost, ALICE);
  }

  /// @dev ROUND_TRIP_CLAIMS, SOLVENT: for any shares, after any loss of a token, as often as one likes.
  function testFuzz_circlesNeverPay(uint256[4] memory sizes, uint256 lossBps, bool free) public {
    Index face = free ? index : other;
    _toClaims(face, ALICE, SHARES / 2);
    _lose(bound(lossBps, 0, BP - 1));
    vm.prank(ALICE);
    vault.setOperator(address(face), true);
    uint256[TOKENS] memory before = _worth(ALICE);
    uint256 owned = face.balanceOf(ALICE);
    for (uint256 i; i < sizes.length; ++i) {
      _fromClaims(face, ALICE, bound(sizes[i], 1e6, SHARES / 3));
      _toClaims(face, ALICE, face.balanceOf(ALICE) - owned);
      _assertSolvent();
    }
    uint256[TOKENS] memory after_ = _worth(ALICE);
    for (uint256 i; i < ASSETS; ++i) {
      assertLe(after_[i], before[i], "ROUND_TRIP_CLAIMS");
    }
  }

  /// @dev BACKING: whoever stays loses nothing by it.
  function testFuzz_thoseWhoStayNeverLose(uint256[4] memory sizes) public {
    vm.prank(ALICE);
    vault.setOperator(address(other), true);
    _toClaims(other, ALICE, SHARES / 2);
    for (uint256 i; i < sizes.length; ++i) {
      (uint256 effective, uint256 supply) = _supplies(other);
      if (i % 2 == 0) _fromClaims(other, ALICE, bound(sizes[i], 1e6, SHARES / 8));
      else _toClaims(other, ALICE, bound(sizes[i], 2, SHARES / 8));
      (uint256 effectiveAfter, uint256 supplyAfter) = _supplies(other);
      assertGe(effectiveAfter * supply, effective * supplyAfter, "BACKING");
    }
  }

  // ----------------------------------------------------------------- losses

  /// @dev SAME_CUT: changing sides between a loss and its reconciliation escapes nothing.
  function testFuzz_nobodyEscapesALoss(uint256 lossBps, bool fromShares) public {
    uint256 claimed = _legOf(_toClaims(index, ALICE, SHARES / 2), LINK);
    vm.prank(ALICE);
    vault.setOperator(address(index), true);
    uint256 balance = tokens[LINK].balanceOf(address(vault));
    uint256 left = balance - balance * bound(lossBps, 1, BP - 1) / BP;
    uint256 state = vm.snapshotState();
    tokens[LINK].setBalance(address(vault), left);
    vault.reconcile(address(tokens[LINK]), rows);
    uint256 stayed = _linkOf(ALICE);
    vm.revertToState(state);
    tokens[LINK].setBalance(address(vault), left);
    if (fromShares) _toClaims(index, ALICE, SHARES / 4);
    else _fromClaims(index, ALICE, SHARES / 4);
    vault.reconcile(address(tokens[LINK]), rows);
    assertApproxEqAbs(_linkOf(ALICE), stayed, 6, "SAME_CUT");
    assertGt(claimed, 0);
    _assertSolvent();
  }

  /// @dev A claim unit is worth less than one after a loss: as many more are taken, and made.
  function test_afterALossMoreClaimUnitsStandForTheSame() public {
    uint256[] memory got = _toClaims(index, ALICE, SHARES / 2);
    _lose(2500);
    address link = address(tokens[LINK]);
    uint256 par = vault.parOf(link);
    assertApproxEqRel(par, 0.75e27, 1e6);
    vm.prank(ALICE);
    vault.setOperator(address(index), true);
    (, uint256[] memory cost) = index.previewMint(1000e18);
    uint256 before = claimOf(ALICE, link);
    _fromClaims(index, ALICE, 1000e18);
    assertEq(before - claimOf(ALICE, link), (_legOf(cost, LINK) * 1e27 + par - 1) / par);
    assertApproxEqRel(_legOf(cost, LINK), _legOf(got, LINK) * 75 / 5000, 1e9);
    before = claimOf(ALICE, link);
    uint256 amount = _legOf(_toClaims(index, ALICE, 1000e18), LINK);
    assertEq(claimOf(ALICE, link) - before, amount * 1e27 / par);
  }

  // ----------------------------------------------------------------- limits

  function test_anAssetThatIsOnlyAimedAtAsksForNothing() public {
    uint256[] memory weights = new uint256[](5);
    for (uint256 i; i < 5; ++i) {
      weights[i] = 0.2e18;
    }
    uint256[] memory which = sortedByAddress(pick(0x1f));
    address[] memory assets = new address[](5);
    for (uint256 i; i < 5; ++i) {
      assets[i] = address(tokens[which[i]]);
    }
    vm.prank(MANAGER);
    managed.setWeights(address(index), assets, weights);
    uint256[] memory got = _toClaims(index, ALICE, SHARES / 2);
    for (uint256 leg; leg < 5; ++leg) {
      assertEq(got[leg] == 0, which[leg] == 4);
    }
    assertEq(claimOf(ALICE, address(tokens[4])), 0);
    vm.prank(ALICE);
    vault.setOperator(address(index), true);
    assertEq(_fromClaims(index, ALICE, SHARES / 4), SHARES / 4);
  }

  function test_theLimitsOfMintAndRedeemHold() public {
    _toClaims(index, ALICE, SHARES / 2);
    vm.startPrank(ALICE);
    vault.setOperator(address(index), true);
    (, uint256[] memory amounts) = index.previewMint(1e18);
    uint256[] memory less = new uint256[](ASSETS - 1);
    vm.expectRevert(abi.encodeWithSelector(IIndex.LengthMismatch.selector, 3, 4));
    index.mintFromClaims(1e18, less, ALICE);
    vm.expectRevert(abi.encodeWithSelector(IIndex.LengthMismatch.selector, 3, 4));
    index.redeemToClaims(1e18, less, ALICE);
    --amounts[2];
    vm.expectRevert(abi.encodeWithSelector(IIndex.AboveMaximum.selector, 2, amounts[2] + 1, amounts[2]));
    index.mintFromClaims(1e18, amounts, ALICE);
    (, amounts) = index.previewRedeem(1e18);
    ++amounts[1];
    vm.expectRevert(abi.encodeWithSelector(IIndex.BelowMinimum.selector, 1, amounts[1] - 1, amounts[1]));
    index.redeemToClaims(1e18, amounts, ALICE);
    vm.expectRevert(abi.encodeWithSelector(IVault.NothingPaid.selector, 0));
    index.mintFromClaims(0, amounts, ALICE);
    vm.expectRevert(IIndex.NothingToRedeem.selector);
    index.redeemToClaims(0, amounts, ALICE);
    uint256 supply = index.totalSupply();
    vm.expectRevert(abi.encodeWithSelector(IIndex.SupplyOverflow.selector, supply + type(uint112).max));
    index.mintFromClaims(type(uint112).max, amounts, ALICE);
    vm.stopPrank();
  }

  function test_aStopAndTheSunsetHold() public {
    _toClaims(other, ALICE, SHARES / 2);
    vm.prank(ALICE);
    vault.setOperator(address(other), true);
    vm.prank(WATCHMAN);
    other.stop();
    uint256[] memory most = new uint256[](ASSETS);
    vm.expectRevert(abi.encodeWithSelector(IIndex.MintsStopped.selector, other.stoppedUntil()));
    vm.prank(ALICE);
    other.mintFromClaims(1e18, most, ALICE);
    uint256 owed = other.feesOwed();
    _toClaims(other, ALICE, 1000e18);
    assertEq(other.feesOwed(), owed, "free while minting is stopped");
    vm.prank(MANAGER);
    other.sunset();
    advance(8 days);
    vm.expectRevert(IIndex.InSunset.selector);
    vm.prank(ALICE);
    other.mintFromClaims(1e18, most, ALICE);
    _toClaims(other, ALICE, 1000e18);
  }

  // ----------------------------------------------------------------- consent

  /// @dev CLAIMS_MOVED: an allowance is spent exactly, and no further.
  function test_anAllowanceIsSpentExactly() public {
    uint256[] memory got = _toClaims(index, ALICE, SHARES / 2);
    (address[] memory assets, uint256[] memory cost) = index.previewMint(1000e18);
    vm.startPrank(ALICE);
    for (uint256 leg; leg < ASSETS; ++leg) {
      vault.approve(address(index), uint160(assets[leg]), leg == 3 ? type(uint256).max : cost[leg] + leg);
    }
    index.mintFromClaims(1000e18, cost, ALICE);
    for (uint256 leg; leg < ASSETS; ++leg) {
      assertEq(claimOf(ALICE, assets[leg]), got[leg] - cost[leg]);
      uint256 left = vault.allowance(ALICE, address(index), uint160(assets[leg]));
      assertEq(left, leg == 3 ? type(uint256).max : leg);
    }
    (, cost) = index.previewMint(1000e18);
    vm.expectRevert(abi.encodeWithSelector(Claims.ClaimAllowanceTooSmall.selector, assets[0], 0, cost[0]));
    index.mintFromClaims(1000e18, cost, ALICE);
    vm.stopPrank();
  }

  function test_whoHasTooSmallAClaimIsTold() public {
    vm.prank(BOB);
    vault.setOperator(address(index), true);
    (address[] memory assets, uint256[] memory cost) = index.previewMint(1000e18);
    vm.expectRevert(abi.encodeWithSelector(Claims.ClaimTooSmall.selector, assets[0], 0, cost[0]));
    vm.prank(BOB);
    index.mintFromClaims(1000e18, cost, BOB);
    uint256[] memory got = _toClaims(index, ALICE, SHARES / 2);
    vm.expectRevert(abi.encodeWithSelector(Claims.ClaimTooSmall.selector, assets[0], got[0], got[0] + 1));
    vm.prank(ALICE);
    vault.redeemClaim(assets[0], got[0] + 1, ALICE);
  }

  /// @dev A face of a factory gone bad: it names anybody as payer, any shares, any supply.
  function test_aMaliciousFaceSpendsOnlyWhatItWasGiven() public {
    _toClaims(index, ALICE, SHARES / 2);
    vm.prank(ALICE);
    vault.setOperator(address(index), true);
    address[] memory assets = _foundOwnFace();
    uint256 held = claimOf(ALICE, assets[0]);
    vm.expectRevert(abi.encodeWithSelector(Claims.ClaimAllowanceTooSmall.selector, assets[0], 0, 1e6));
    vault.joinFromClaims(ALICE, 1e6, 1e18);
    vm.expectRevert(abi.encodeWithSelector(IVault.EffectiveSupplyOverflow.selector, 1e18 + uint256(1e18) * 2 ** 112));
    vault.joinFromClaims(ALICE, 2 ** 112, 1);
    // nor does it leave with more than it has, whatever it says of its supply
    vm.expectRevert();
    vault.exitToClaims(BOB, 1e18 + 1, 1e18);
    vm.expectRevert();
    vault.exitToClaims(BOB, 2, 1);
    // who lets it have claims finds them in its books, no further
    vm.prank(ALICE);
    vault.approve(address(this), uint160(assets[0]), 5);
    vm.prank(ALICE);
    vault.approve(address(this), uint160(assets[1]), 5);
    assertEq(vault.joinFromClaims(ALICE, 5, 1e18)[0], 5);
    assertEq(claimOf(ALICE, assets[0]), held - 5);
    vault.exitToClaims(BOB, 1e18 + 5, 1e18 + 5);
    assertEq(claimOf(BOB, assets[0]), 1e18 + 5);
    _assertSolvent();
  }

  function test_onlyAKnownIndexJoinsOrLeaves() public {
    vm.expectRevert(abi.encodeWithSelector(IVault.UnknownIndex.selector, address(this)));
    vault.joinFromClaims(ALICE, 1e18, 1e18);
    vm.expectRevert(abi.encodeWithSelector(IVault.UnknownIndex.selector, address(this)));
    vault.exitToClaims(ALICE, 1e18, 1e18);
  }

  /// @inheritdoc IPayer
  function pull(address, address[] calldata assets, uint256[] calldata amounts) external override {
    for (uint256 i; i < assets.length; ++i) {
      tokens[tokenAt(assets[i])].mint(address(vault), amounts[i]);
    }
  }

  // ----------------------------------------------------------------- inside

  /// @dev One whole effective share of LINK and CRV, 1e18 units of each.
  function _foundOwnFace() private returns (address[] memory assets) {
    bytes memory allow = abi.encodeCall(vault.setFactory, (address(this), true));
    vm.prank(ADMIN);
    authority.schedule(address(vault), allow, 0);
    advance(7 days);
    vm.prank(ADMIN);
    vault.setFactory(address(this), true);
    uint256[] memory which = sortedByAddress(pick(1 << LINK | 1 << 2));
    assets = new address[](2);
    uint256[] memory weights = new uint256[](2);
    uint256[] memory amounts = new uint256[](2);
    for (uint256 i; i < 2; ++i) {
      (assets[i], weights[i], amounts[i]) = (address(tokens[which[i]]), 0.5e18, 1e18);
    }
    vault.found(address(this), address(managed), address(this), 1e18, assets, weights, amounts);
    rows.push(address(this));
  }

  function _toClaims(Index face, address who, uint256 shares) private returns (uint256[] memory) {
    (, uint256[] memory least) = face.previewRedeem(shares);
    vm.prank(who);
    return face.redeemToClaims(shares, least, who);
  }

  function _fromClaims(Index face, address who, uint256 shares) private returns (uint256 minted) {
    (, uint256[] memory most) = face.previewMint(shares);
    vm.prank(who);
    (minted,) = face.mintFromClaims(shares, most, who);
  }

  function _lose(uint256 bps) private {
    uint256 balance = tokens[LINK].balanceOf(address(vault));
    if (bps == 0) return;
    tokens[LINK].setBalance(address(vault), balance - (balance * bps + BP - 1) / BP);
    vault.reconcile(address(tokens[LINK]), rows);
  }

  function _breakAll(uint256 ways) private {
    Mode[4] memory modes = [Mode.Revert, Mode.GasBomb, Mode.ReturnFalse, Mode.ReturnGarbage];
    for (uint256 i; i < ASSETS; ++i) {
      tokens[i].setMode(modes[(ways >> i * 8) % 4]);
    }
  }

  /// @dev {tok} of an amount by leg
  function _legOf(uint256[] memory amounts, uint256 token) private view returns (uint256) {
    address[] memory assets = assetsOf(index);
    for (uint256 leg; leg < assets.length; ++leg) {
      if (assets[leg] == address(tokens[token])) return amounts[leg];
    }
    return 0;
  }

  /// @dev {tok} of LINK behind the shares and claims of somebody
  function _linkOf(address who) private view returns (uint256 amount) {
    (, uint256[] memory amounts) = index.previewRedeem(index.balanceOf(who));
    return _legOf(amounts, LINK) + _worth(who)[LINK];
  }

  /// @dev {tok} what claims and balances of each token are worth
  function _worth(address who) private view returns (uint256[TOKENS] memory worth_) {
    worth_ = _balances(who);
    for (uint256 i; i < TOKENS; ++i) {
      worth_[i] += claimOf(who, address(tokens[i])) * vault.parOf(address(tokens[i])) / 1e27;
    }
  }

  function _balances(address who) private view returns (uint256[TOKENS] memory balances) {
    for (uint256 i; i < TOKENS; ++i) {
      balances[i] = tokens[i].balanceOf(who);
    }
  }

  function _supplies(Index face) private view returns (uint256, uint256) {
    return (vault.holdingsOf(address(face)).effectiveSupply, face.totalSupply());
  }

  /// @dev SOLVENT, holdings ceiled
  function _assertSolvent() private view {
    uint256[TOKENS] memory owed;
    for (uint256 i; i < rows.length; ++i) {
      uint256 effective = vault.holdingsOf(rows[i]).effectiveSupply;
      if (effective == 0) continue;
      (address[] memory assets, uint256[] memory amounts) = vault.legAmounts(rows[i], effective, effective, true);
      for (uint256 leg; leg < assets.length; ++leg) {
        owed[tokenAt(assets[leg])] += amounts[leg];
      }
    }
    for (uint256 i; i < TOKENS; ++i) {
      owed[i] += vault.claimsOn(address(tokens[i]));
      // what a balance is does not depend on whether the token answers
      Mode mode = tokens[i].mode();
      if (mode != Mode.Normal) continue;
      assertGe(tokens[i].balanceOf(address(vault)), owed[i], "SOLVENT");
    }
  }
}
