// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {Pair, Trade} from "src/rebalance/IRebalancer.sol";
import {Claims} from "src/vault/Claims.sol";
import {IPayer, IVault} from "src/vault/IVault.sol";
import {Platform} from "../support/Platform.sol";

/// @title What a thief may try with claims, and with a face of his own, and what it comes to
/// @dev This contract is also a face of its own making, as a factory that went bad could found one.
contract Review2Test is Platform, IPayer {
  uint256 private constant LINK = 1;
  uint256 private constant WETH = 6;

  Index private index;
  /// @dev LINK and WETH, ascending by address
  address[] private pair;
  address private link;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(1 << LINK | 1 << WETH), 1_000_000e6, noFees());
    pair = assetsOf(index);
    link = address(tokens[LINK]);
    mintTo(index, ALICE, 100_000e18);
    equip(KEEPER, address(rebalancer));
  }

  // ----------------------------------------------------------------- losses after a total loss

  /// @dev SAME_CUT, SOLVENT: claims that are made after a total loss bear the next loss as holdings do.
  function testFuzz_claimsMadeAfterATotalLossBearTheNextOne(uint256 firstLeft, uint256 lossBps) public {
    _toClaims(ALICE, 10_000e18);
    uint256 balance = tokens[LINK].balanceOf(address(vault));
    // all, or all but some smallest units
    tokens[LINK].setBalance(address(vault), bound(firstLeft, 0, balance / 1e19));
    vault.reconcile(link, one(address(index)));
    _assertSolvent();
    _buyLink();
    _toClaims(ALICE, 10_000e18);
    uint256 claims = vault.claimsOn(link);
    uint256 held = _held();
    assertGt(claims, 1e18);
    balance = tokens[LINK].balanceOf(address(vault));
    tokens[LINK].setBalance(address(vault), balance - balance * bound(lossBps, 1000, 9999) / BP);
    balance = tokens[LINK].balanceOf(address(vault));
    vault.reconcile(link, one(address(index)));
    _assertSolvent();
    assertApproxEqRel(vault.claimsOn(link) * held, _held() * claims, 1e10, "SAME_CUT");
    uint256 claim = claimOf(ALICE, link);
    uint256 owed = vault.claimsOn(link);
    vm.prank(ALICE);
    assertApproxEqAbs(vault.redeemClaim(link, claim, ALICE), owed, 1, "nobody else has a claim");
  }

  /// @dev Claims of before a total loss are worth nothing, also when the token comes back.
  function test_aTotalLossVoidsClaims() public {
    _toClaims(ALICE, 10_000e18);
    uint256 claim = claimOf(ALICE, link);
    vm.prank(ALICE);
    vault.approve(BOB, uint160(link), claim);
    tokens[LINK].setBalance(address(vault), 0);
    vm.expectEmit(address(vault));
    emit IVault.ClaimsVoided(link, claim);
    vault.reconcile(link, one(address(index)));
    assertEq(claimOf(ALICE, link), 0);
    assertEq(vault.allowance(ALICE, BOB, uint160(link)), 0);
    assertEq(vault.claimsOn(link), 0);
    assertEq(vault.parOf(link), 1e27);
    _buyLink();
    uint256 before = tokens[LINK].balanceOf(address(vault));
    vm.expectRevert(abi.encodeWithSelector(Claims.ClaimTooSmall.selector, link, 0, claim));
    vm.prank(ALICE);
    vault.redeemClaim(link, claim, ALICE);
    _toClaims(CREATOR, 10_000e18);
    // the new ones move, are allowed and are spent by the same id
    uint256 fresh = claimOf(CREATOR, link);
    vm.prank(CREATOR);
    vault.transfer(BOB, uint160(link), fresh / 2);
    vm.prank(BOB);
    vault.approve(ALICE, uint160(link), fresh / 4);
    vm.prank(ALICE);
    vault.transferFrom(BOB, ALICE, uint160(link), fresh / 4);
    vm.prank(ALICE);
    assertEq(vault.redeemClaim(link, fresh / 4, ALICE), fresh / 4);
    assertEq(before - tokens[LINK].balanceOf(address(vault)), fresh / 4);
    assertEq(claimOf(BOB, link), fresh / 2 - fresh / 4);
    assertEq(vault.allowance(BOB, ALICE, uint160(link)), 0);
    _assertSolvent();
  }

  // ----------------------------------------------------------------- an emptied face

  /// @dev A face of a factory gone bad leaves with everything and stays a holder: others are reconciled and traded all the same.
  function test_anEmptiedFaceHindersNobody() public {
    _foundOwnFace();
    vault.exit(address(this), 1e18, 1e18);
    assertEq(vault.holdersOf(link), 2);
    address[] memory rows = new address[](2);
    (rows[0], rows[1]) =
      address(index) < address(this) ? (address(index), address(this)) : (address(this), address(index));
    _aim(0.98e18);
    uint256 opening = rebalancer.open(one(address(index)), pair);
    advance(1 hours);
    uint256 before = _held();
    vm.prank(KEEPER);
    rebalancer.rebalance(opening, rows, pair, new Pair[](0), _toLink());
    assertGt(_held(), before);
    tokens[LINK].setBalance(address(vault), tokens[LINK].balanceOf(address(vault)) * 9 / 10);
    vault.reconcile(link, rows);
    _assertSolvent();
  }

  /// @inheritdoc IPayer
  function pull(address, address[] calldata assets, uint256[] calldata amounts) external override {
    for (uint256 i; i < assets.length; ++i) {
      tokens[tokenAt(assets[i])].mint(address(vault), amounts[i]);
    }
  }

  // ----------------------------------------------------------------- inside

  function _toClaims(address who, uint256 shares) private {
    vm.prank(who);
    index.redeemToClaims(shares, new uint256[](2), who);
  }

  /// @dev The index has no LINK and buys half of its value.
  function _buyLink() private {
    advance(2 days);
    uint256 opening = rebalancer.open(one(address(index)), pair);
    advance(1 hours);
    vm.prank(KEEPER);
    rebalancer.rebalance(opening, one(address(index)), pair, new Pair[](0), _toLink());
  }

  function _toLink() private view returns (Trade[] memory trades) {
    trades = new Trade[](1);
    trades[0] = pair[0] == link ? Trade(1, 0, 0, new address[](0)) : Trade(0, 1, 0, new address[](0));
  }

  /// @param part {1e18} of LINK
  function _aim(uint256 part) private {
    uint256[] memory weights = new uint256[](2);
    (weights[0], weights[1]) = pair[0] == link ? (part, ONE - part) : (ONE - part, part);
    vm.prank(MANAGER);
    managed.setWeights(address(index), pair, weights);
  }

  /// @dev One whole effective share of LINK and WETH, 1e18 units of each.
  function _foundOwnFace() private {
    bytes memory allow = abi.encodeCall(vault.setFactory, (address(this), true));
    vm.prank(ADMIN);
    authority.schedule(address(vault), allow, 0);
    advance(7 days);
    vm.prank(ADMIN);
    vault.setFactory(address(this), true);
    (uint256[] memory weights, uint256[] memory amounts) = (new uint256[](2), new uint256[](2));
    (weights[0], weights[1], amounts[0], amounts[1]) = (0.5e18, 0.5e18, 1e18, 1e18);
    vault.found(address(this), address(managed), address(this), 1e18, pair, weights, amounts);
  }

  /// @dev {tok} of LINK that the index holds
  function _held() private view returns (uint256) {
    return vault.holdingsOf(address(index)).amounts[pair[0] == link ? 0 : 1];
  }

  function _assertSolvent() private view {
    assertGe(tokens[LINK].balanceOf(address(vault)), _held() + vault.claimsOn(link), "SOLVENT");
  }
}
