// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {Payout} from "src/vault/Payout.sol";
import {FeedMode} from "../price/Feeds.sol";
import {Platform} from "../support/Platform.sol";
import {Mode, WeirdToken} from "../support/weird/WeirdToken.sol";

/// @dev A redemption is stopped by nothing: any k of N tokens broken in any way (docs/rules.md 1).
contract BrokenTokensTest is Platform {
  Index private index;
  uint256 private constant SHARES = 1000e18;
  /// @dev Ways to break a token that leave its leg unpaid.
  uint256 private constant REFUSALS = 10;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(0xff), 1_000_000e6, noFees());
    mintTo(index, ALICE, SHARES);
  }

  /// @dev EXIT_OPEN, EXIT_PARTS, CLAIM_PAR, SOLVENT
  function testFuzz_anyTokensBrokenInAnyWay(uint8 mask, uint256 ways, uint256 shares) public {
    shares = bound(shares, 1, SHARES);
    for (uint256 i; i < TOKENS; ++i) {
      if (mask >> i & 1 == 1) _break(i, uint8(ways >> i * 8) % REFUSALS);
    }
    (address[] memory assets, uint256[] memory expected) = index.previewRedeem(shares);
    uint256[] memory before = _balances(ALICE, assets);

    (uint256[] memory amounts, uint256 setAside) = redeemFrom(index, ALICE, shares);

    for (uint256 leg; leg < assets.length; ++leg) {
      uint256 token = tokenAt(assets[leg]);
      bool broken = mask >> token & 1 == 1 && amounts[leg] != 0;
      assertEq(amounts[leg], expected[leg], "floored share");
      assertEq(setAside >> leg & 1, broken ? 1 : 0, "only broken legs are set aside");
      uint256 paid = WeirdToken(assets[leg]).balanceOf(ALICE) - before[leg];
      assertEq(paid, broken ? 0 : amounts[leg], "healthy legs are paid");
      assertEq(claimOf(ALICE, assets[leg]), broken ? amounts[leg] : 0, "the claim is at par");
      _assertSolvent(assets[leg], leg);
    }
    _claimsPayOnceHealed(assets, before, amounts);
  }

  /// @dev A token that returns nothing is paid, as USDT is.
  function testFuzz_returningNothingIsNoRefusal(uint8 mask, uint256 shares) public {
    shares = bound(shares, 1, SHARES);
    for (uint256 i; i < TOKENS; ++i) {
      if (mask >> i & 1 == 1) tokens[i].setMode(Mode.ReturnNothing);
    }
    (, uint256 setAside) = redeemFrom(index, ALICE, shares);
    assertEq(setAside, 0);
  }

  function test_allTokensBurnAllTheirGas() public {
    for (uint256 i; i < TOKENS; ++i) {
      tokens[i].setMode(Mode.GasBomb);
    }
    uint256 before = gasleft();
    (, uint256 setAside) = redeemFrom(index, ALICE, SHARES);
    assertEq(setAside, 0xff);
    // 300 000 a leg (docs/rules.md 1), and the work of a redemption with eight claims
    assertLt(before - gasleft(), TOKENS * 300_000 + 1_000_000);
  }

  /// @dev GAS_HONEST: the call pays every healthy leg, or it reverts.
  function testFuzz_lackOfGasNeverMakesAClaim(uint256 gas_, uint8 mask, uint256 ways) public {
    uint256 broken;
    for (uint256 i; i < TOKENS; ++i) {
      if (mask >> i & 1 == 0) continue;
      _break(i, uint8(ways >> i * 8) % REFUSALS);
      broken |= 1 << _legOf(address(tokens[i]));
    }
    bytes memory data = abi.encodeCall(index.redeem, (SHARES, new uint256[](TOKENS), ALICE));
    vm.prank(ALICE);
    (bool ok, bytes memory answer) = address(index).call{gas: bound(gas_, 21_000, 5_000_000)}(data);
    if (!ok) return;
    (, uint256 setAside) = abi.decode(answer, (uint256[], uint256));
    assertEq(setAside, broken);
  }

  /// @dev EXIT_OPEN: no feed, no role, no switch, no list and no balance that cannot be read stands in the way.
  function test_nothingElseStopsARedemption() public {
    vm.prank(WATCHMAN);
    index.stop();
    vm.prank(LISTER);
    assetList.delist(address(tokens[1]));
    vm.prank(ADMIN);
    authority.schedule(address(vault), abi.encodeCall(vault.setRebalancer, (ALICE)), 0);
    for (uint256 i; i < TOKENS; ++i) {
      feeds[i].setMode(FeedMode.Revert);
      vm.mockCallRevert(address(tokens[i]), abi.encodeCall(tokens[i].balanceOf, (address(vault))), "");
    }
    (, uint256 setAside) = redeemFrom(index, ALICE, SHARES);
    assertEq(setAside, 0);
  }

  /// @dev EXIT_PARTS: a token whose code is gone is refused, not taken for paid.
  function test_aTokenWithoutCodeIsSetAside() public {
    vm.etch(address(tokens[1]), "");
    uint256 leg = _legOf(address(tokens[1]));
    (uint256[] memory amounts, uint256 setAside) = redeemFrom(index, ALICE, SHARES);
    assertEq(setAside, 1 << leg);
    assertEq(claimOf(ALICE, address(tokens[1])), amounts[leg]);
  }

  function test_ampleGasPaysAndScarceGasReverts() public {
    uint256 state = vm.snapshotState();
    uint256[] memory minimum = new uint256[](TOKENS);
    vm.prank(ALICE);
    (bool ok,) = address(index).call{gas: 1_500_000}(abi.encodeCall(index.redeem, (SHARES, minimum, ALICE)));
    assertTrue(ok);
    vm.revertToState(state);
    vm.prank(ALICE);
    bytes memory answer;
    (ok, answer) = address(index).call{gas: 350_000}(abi.encodeCall(index.redeem, (SHARES, minimum, ALICE)));
    assertFalse(ok);
    assertEq(bytes4(answer), Payout.PayoutNeedsGas.selector);
  }

  /// @dev An answer that is no `true` undoes the transfer: nobody is paid and gets a claim besides. SOLVENT
  function test_aTokenThatMovesAndAnswersGarbageIsNotPaidTwice() public {
    Mode[4] memory modes = [Mode.ReturnGarbage, Mode.ReturnShort, Mode.ReturnBomb, Mode.ReturnFalse];
    uint256 state = vm.snapshotState();
    for (uint256 i; i < modes.length; ++i) {
      vm.revertToState(state);
      tokens[1].setMode(modes[i]);
      uint256 before = tokens[1].balanceOf(ALICE);
      (uint256[] memory amounts,) = redeemFrom(index, ALICE, SHARES);
      uint256 leg = _legOf(address(tokens[1]));
      uint256 got = tokens[1].balanceOf(ALICE) - before + claimOf(ALICE, address(tokens[1]));
      assertEq(got, amounts[leg], "paid or claimed, not both");
      _assertSolvent(address(tokens[1]), leg);
    }
  }

  // ----------------------------------------------------------------- inside

  function _break(uint256 token, uint256 way) private {
    if (way == 0) tokens[token].setMode(Mode.Revert);
    if (way == 1) tokens[token].setMode(Mode.Paused);
    if (way == 2) tokens[token].setMode(Mode.ReturnFalse);
    if (way == 3) tokens[token].setMode(Mode.GasBomb);
    if (way == 4) tokens[token].setMode(Mode.RevertBomb);
    if (way == 5) tokens[token].setBlacklisted(ALICE, true);
    if (way == 6) tokens[token].setBlacklisted(address(vault), true);
    if (way == 7) tokens[token].setMode(Mode.ReturnGarbage);
    if (way == 8) tokens[token].setMode(Mode.ReturnShort);
    if (way == 9) tokens[token].setMode(Mode.ReturnBomb);
  }

  function _claimsPayOnceHealed(address[] memory assets, uint256[] memory before, uint256[] memory amounts) private {
    vm.startPrank(ALICE);
    for (uint256 leg; leg < assets.length; ++leg) {
      WeirdToken token = WeirdToken(assets[leg]);
      token.setMode(Mode.Normal);
      token.setBlacklisted(ALICE, false);
      token.setBlacklisted(address(vault), false);
      uint256 claim = claimOf(ALICE, address(token));
      if (claim != 0) assertEq(vault.redeemClaim(address(token), claim, ALICE), claim, "par");
      assertEq(token.balanceOf(ALICE) - before[leg], amounts[leg], "paid in the end");
    }
    vm.stopPrank();
  }

  function _assertSolvent(address asset, uint256 leg) private view {
    uint256 holding = vault.holdingsOf(address(index)).amounts[leg];
    assertGe(WeirdToken(asset).balanceOf(address(vault)), holding + vault.claimsOn(asset), "SOLVENT");
  }

  function _legOf(address asset) private view returns (uint256 leg) {
    address[] memory assets = assetsOf(index);
    while (assets[leg] != asset) ++leg;
  }

  function _balances(address who, address[] memory assets) private view returns (uint256[] memory balances) {
    balances = new uint256[](assets.length);
    for (uint256 i; i < assets.length; ++i) {
      balances[i] = WeirdToken(assets[i]).balanceOf(who);
    }
  }
}
