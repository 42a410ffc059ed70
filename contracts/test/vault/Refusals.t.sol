// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {IPayer, IVault} from "src/vault/IVault.sol";
import {Payout} from "src/vault/Payout.sol";
import {Platform} from "../support/Platform.sol";

/// @title What the vault refuses its callers: factories, families, the rebalancer (docs/rules.md 2)
/// @dev This contract is a factory and the face of an index of its own.
contract VaultRefusalsTest is Platform, IPayer {
  Index private index;
  address[] private assets;
  address private outside;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(0x07), 1_000_000e6, noFees());
    assets = assetsOf(index);
    outside = address(tokens[5]);
    asAdmin(address(vault), abi.encodeCall(vault.setFactory, (address(this), true)));
  }

  // ----------------------------------------------------------------- rounds

  function test_aRoundIsTheRebalancers() public {
    bytes memory refusal = abi.encodeWithSelector(IVault.NotRebalancer.selector, address(this));
    vm.expectRevert(refusal);
    vault.open(assets);
    vm.expectRevert(refusal);
    vault.push(assets[0], ALICE, 1);
    vm.expectRevert(refusal);
    vault.settle(one(address(index)), assets, new int256[](3));
  }

  function test_aRoundIsOpenedOnceAndBeforeAllElse() public {
    vm.startPrank(address(rebalancer));
    vm.expectRevert(IVault.NotLocked.selector);
    vault.push(assets[0], ALICE, 1);
    vm.expectRevert(IVault.NotLocked.selector);
    vault.settle(one(address(index)), assets, new int256[](3));
    vault.open(assets);
    vm.expectRevert(IVault.Locked.selector);
    vault.open(assets);
    vault.settle(one(address(index)), assets, new int256[](3));
  }

  /// @dev SOLVENT: nothing is booked that did not come.
  function test_aRoundThatIsNotBackedDoesNotEnd() public {
    int256[] memory deltas = new int256[](3);
    vm.startPrank(address(rebalancer));
    vault.open(assets);
    deltas[1] = 1;
    uint256 balance = tokens[tokenAt(assets[1])].balanceOf(address(vault));
    vm.expectRevert(abi.encodeWithSelector(IVault.Unbacked.selector, assets[1], balance, balance + 1));
    vault.settle(one(address(index)), assets, deltas);
    deltas[1] = -2;
    vault.push(assets[1], ALICE, 2);
    vault.settle(one(address(index)), assets, deltas);
    uint256 held = vault.holdingsOf(address(index)).amounts[1];
    assertApproxEqAbs(held, balance - 3, 1, "two less, and what is floored");
    assertLe(held, balance - 3);
  }

  function test_aRoundBooksWhatAnIndexHasAndNoMore() public {
    int256[] memory deltas = new int256[](3);
    vm.startPrank(address(rebalancer));
    vault.open(assets);
    vm.expectRevert(abi.encodeWithSelector(IVault.LengthMismatch.selector, 2, 1));
    vault.settle(one(address(index)), assets, new int256[](2));
    uint256 held = _held(0);
    deltas[0] = -int256(held) - 1;
    vm.expectRevert(abi.encodeWithSelector(IVault.HoldingTooSmall.selector, address(index), assets[0], held, deltas[0]));
    vault.settle(one(address(index)), assets, deltas);
    // an asset that was not opened, and one that the index has no leg of, before its legs and after them
    deltas[0] = 0;
    (address[] memory more, uint256 place) = _withOutside();
    vm.expectRevert(abi.encodeWithSelector(IVault.NotOpened.selector, outside));
    vault.settle(one(address(index)), more, new int256[](4));
    int256[] memory wrong = new int256[](4);
    wrong[place] = 5;
    vm.expectRevert(abi.encodeWithSelector(IVault.HoldingTooSmall.selector, address(index), outside, 0, 5));
    vault.settle(one(address(index)), more, wrong);
  }

  // ----------------------------------------------------------------- founding and reweighing

  function test_onlyAFactoryFounds() public {
    uint256[] memory weights = _weights(0.5e18);
    vm.prank(ALICE);
    vm.expectRevert(abi.encodeWithSelector(IVault.NotFactory.selector, ALICE));
    vault.found(address(this), address(managed), ALICE, 1e18, _two(), weights, weights);
    vm.expectRevert(abi.encodeWithSelector(IVault.IndexExists.selector, index));
    vault.found(address(index), address(managed), ALICE, 1e18, _two(), weights, weights);
  }

  function test_foundingWantsWholeNumbers() public {
    uint256[] memory half = _weights(0.5e18);
    uint256 tooMany = uint256(type(uint112).max) + 1;
    _notFounded(tooMany, half, half, abi.encodeWithSelector(IVault.EffectiveSupplyOverflow.selector, tooMany));
    _notFounded(1e18, half, new uint256[](1), abi.encodeWithSelector(IVault.LengthMismatch.selector, 2, 1));
    _notFounded(1e18, new uint256[](3), half, abi.encodeWithSelector(IVault.LengthMismatch.selector, 2, 3));
    uint256[] memory less = _weights(0.4e18);
    _notFounded(1e18, less, half, abi.encodeWithSelector(IVault.BadWeightSum.selector, 0.8e18));
    uint256[] memory none = new uint256[](2);
    _notFounded(1e18, half, none, abi.encodeWithSelector(IVault.UnitIsZero.selector, _two()[0]));
    _notFounded(1e18, none, half, abi.encodeWithSelector(IVault.BadWeight.selector, _two()[0], 0));
    vault.found(address(this), address(managed), ALICE, 1e18, _two(), half, half);
    assertEq(vault.familyOf(address(this)), address(managed));
  }

  function test_onlyItsFamilyReweighsAnIndex() public {
    vm.expectRevert(abi.encodeWithSelector(IVault.NotFamily.selector, index, address(this)));
    vault.reweigh(address(index), _two(), _weights(0.5e18));
    vm.expectRevert(abi.encodeWithSelector(IVault.UnknownIndex.selector, ALICE));
    vault.reweigh(ALICE, _two(), _weights(0.5e18));
    vm.prank(address(managed));
    vm.expectRevert(abi.encodeWithSelector(IVault.BadLegCount.selector, 1));
    vault.reweigh(address(index), one(assets[0]), new uint256[](1));
  }

  // ----------------------------------------------------------------- governed

  function test_payoutGasHasBounds() public {
    vm.startPrank(LISTER);
    vm.expectRevert(abi.encodeWithSelector(IVault.BadPayoutGas.selector, assets[0], 299_999));
    vault.setPayoutGas(assets[0], 299_999);
    vm.expectRevert(abi.encodeWithSelector(IVault.BadPayoutGas.selector, assets[0], 2_000_001));
    vault.setPayoutGas(assets[0], 2_000_001);
    vault.setPayoutGas(assets[0], 2_000_000);
  }

  function test_anotherRebalancerTakesOver() public {
    asAdmin(address(vault), abi.encodeCall(vault.setRebalancer, (ALICE)));
    vm.prank(address(rebalancer));
    vm.expectRevert(abi.encodeWithSelector(IVault.NotRebalancer.selector, rebalancer));
    vault.open(assets);
    vm.prank(ALICE);
    vault.open(assets);
  }

  function test_payoutsAreTheVaultsOwn() public {
    uint256[] memory none = new uint256[](0);
    vm.expectRevert(abi.encodeWithSelector(Payout.OnlySelf.selector, address(this)));
    vault.payAll(ALICE, none, none);
  }

  /// @dev Claims look like their assets in a wallet.
  function test_claimsShowTheDecimalsOfTheirAsset() public view {
    for (uint256 i; i < TOKENS; ++i) {
      uint256 id = uint160(address(tokens[i]));
      assertEq(vault.decimals(id), decimals[i]);
      assertEq(vault.name(id), "Wicker claim");
      assertEq(vault.symbol(id), "vToken");
      assertEq(vault.tokenURI(id), "");
    }
  }

  // ----------------------------------------------------------------- inside

  /// @inheritdoc IPayer
  function pull(address, address[] calldata wanted, uint256[] calldata amounts) external override {
    for (uint256 i; i < wanted.length; ++i) {
      tokens[tokenAt(wanted[i])].mint(address(vault), amounts[i]);
    }
  }

  function _notFounded(uint256 supply, uint256[] memory weights, uint256[] memory amounts, bytes memory error_)
    private
  {
    vm.expectRevert(error_);
    vault.found(address(this), address(managed), ALICE, supply, _two(), weights, amounts);
  }

  function _two() private view returns (address[] memory two) {
    two = new address[](2);
    (two[0], two[1]) = (assets[0], assets[1]);
  }

  function _weights(uint256 each) private pure returns (uint256[] memory weights) {
    weights = new uint256[](2);
    (weights[0], weights[1]) = (each, each);
  }

  /// @dev {tok} read before the round was opened: while it is, nobody reads
  function _held(uint256 leg) private view returns (uint256) {
    return tokens[tokenAt(assets[leg])].balanceOf(address(vault)) - 1;
  }

  /// @dev The assets of the index with one more, ascending, and its place.
  function _withOutside() private view returns (address[] memory more, uint256 place) {
    more = new address[](4);
    while (place < 3 && assets[place] < outside) ++place;
    for (uint256 i; i < 4; ++i) {
      more[i] = i == place ? outside : assets[i < place ? i : i - 1];
    }
  }
}
