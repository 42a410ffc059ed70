// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AssetList} from "src/vault/AssetList.sol";
import {Platform} from "../support/Platform.sol";
import {WeirdToken} from "../support/weird/WeirdToken.sol";

/// @title Which tokens may be listed (docs/rules.md 2)
contract ListingTest is Platform {
  uint256 private constant LINK = 1;
  WeirdToken private token;
  address private asset;

  /// @dev LINK was delisted and is to be listed anew.
  function setUp() public {
    deployPlatform();
    (token, asset) = (tokens[LINK], address(tokens[LINK]));
    vm.prank(LISTER);
    assetList.delist(asset);
    token.mint(LISTER, 10 * PROBE);
    vm.prank(LISTER);
    token.approve(address(assetList), type(uint256).max);
  }

  function test_twoCallsADayApart() public {
    uint256 before = token.balanceOf(LISTER);
    assertEq(assetList.delistedSince(asset), vm.getBlockTimestamp());
    _propose(PROBE);
    assertEq(token.balanceOf(LISTER), before - PROBE);
    advance(24 hours - 1);
    (,, uint256 amount,) = assetList.probeOf(asset);
    assertEq(amount, PROBE);
    _refused(abi.encodeWithSelector(AssetList.TooSoon.selector, vm.getBlockTimestamp(), vm.getBlockTimestamp() + 1));
    advance(1);
    _confirm("test");
    assertTrue(assetList.isListed(asset));
    assertEq(assetList.delistedSince(asset), 0);
    assertEq(token.balanceOf(LISTER), before, "the probe came back");
  }

  /// @dev A gift spoils a probe; who proposes again gets the old one back.
  function test_aBalanceThatMovedIsRefused() public {
    _propose(PROBE);
    token.mint(address(assetList), 1);
    advance(24 hours);
    _refused(abi.encodeWithSelector(AssetList.BalanceMoved.selector, asset, PROBE, PROBE + 1));
    uint256 before = token.balanceOf(LISTER);
    _propose(2 * PROBE);
    assertEq(token.balanceOf(LISTER), before - PROBE);
    (,,, uint256 balance) = assetList.probeOf(asset);
    assertEq(balance, 2 * PROBE + 1);
    advance(24 hours);
    _confirm("test");
    assertTrue(assetList.isListed(asset));
  }

  function test_aTaxIsRefusedOnTheWayInAndOut() public {
    token.setTax(100);
    vm.expectRevert(abi.encodeWithSelector(AssetList.TransferTax.selector, asset, PROBE, PROBE * 99 / 100));
    _propose(PROBE);
    token.setTax(0);
    vm.expectRevert(abi.encodeWithSelector(AssetList.TransferTax.selector, asset, 0, 0));
    _propose(0);
    _propose(PROBE);
    advance(24 hours);
    token.setTax(100);
    _refused(abi.encodeWithSelector(AssetList.TransferTax.selector, asset, PROBE, PROBE * 99 / 100));
  }

  function test_whatCannotBeHeldOrPricedIsRefused() public {
    _propose(PROBE);
    advance(24 hours);
    uint256 state = vm.snapshotState();
    vm.mockCall(asset, abi.encodeCall(token.decimals, ()), abi.encode(28));
    _refused(abi.encodeWithSelector(AssetList.TooManyDecimals.selector, asset, 28));
    vm.clearMockedCalls();
    token.mint(BOB, (1 << 112) - token.totalSupply());
    _refused(abi.encodeWithSelector(AssetList.SupplyTooLarge.selector, asset, uint256(1) << 112));
    vm.revertToState(state);
    // a smallest unit of it is worth 0.001 USDC and a little more
    uint256 price = (uint256(1000) << 112) + 1;
    vm.mockCall(address(priceFeed), abi.encodeCall(priceFeed.last, (asset)), abi.encode(price));
    _refused(abi.encodeWithSelector(AssetList.PriceOutOfRange.selector, asset, price));
    vm.mockCall(address(priceFeed), abi.encodeCall(priceFeed.last, (asset)), abi.encode((1 << 40) - 1));
    _refused(abi.encodeWithSelector(AssetList.PriceOutOfRange.selector, asset, (1 << 40) - 1));
    vm.clearMockedCalls();
    _confirm("test");
  }

  function test_theOrderOfCallsIsKept() public {
    _refused(abi.encodeWithSelector(AssetList.NoProbe.selector, asset));
    vm.startPrank(LISTER);
    vm.expectRevert(abi.encodeWithSelector(AssetList.NotListed.selector, asset));
    assetList.delist(asset);
    vm.expectRevert(abi.encodeWithSelector(AssetList.AlreadyListed.selector, address(tokens[2])));
    assetList.propose(address(tokens[2]), PROBE);
    vm.stopPrank();
    _propose(PROBE);
    advance(24 hours);
    vm.expectRevert(AssetList.AttestationMissing.selector);
    _confirm("");
  }

  function _propose(uint256 amount) private {
    vm.prank(LISTER);
    assetList.propose(asset, amount);
  }

  function _confirm(string memory attestation) private {
    vm.prank(LISTER);
    assetList.confirm(asset, attestation);
  }

  function _refused(bytes memory error_) private {
    vm.expectRevert(error_);
    _confirm("test");
    assertFalse(assetList.isListed(asset));
  }
}
