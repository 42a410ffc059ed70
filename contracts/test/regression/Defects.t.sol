// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {IndexFactory} from "src/index/IndexFactory.sol";
import {IRebalancer, Pair, Trade} from "src/rebalance/IRebalancer.sol";
import {IPayer, IVault} from "src/vault/IVault.sol";
import {Vault} from "src/vault/Vault.sol";
import {Platform} from "../support/Platform.sol";
import {Mode, WeirdToken} from "../support/weird/WeirdToken.sol";

/// @title Defects of earlier systems that must not recur (docs/rules.md 15), each under its name
/// @dev Those of prices are in test/price, those of roles and fees in test/index and test/access, a loss in vault/Clawback.
contract DefectsTest is Platform, IPayer {
  uint256 private constant LINK = 1;
  uint256 private constant WBTC = 2;
  Index private index;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(0x07), 1_000_000e6, noFees());
    equip(KEEPER, address(rebalancer));
  }

  // ----------------------------------------------------------------- mint, redeem, router

  /// @dev NO_CREDIT. Pre-transferred balances stolen at mint or burn; sync() swallowing a pending deposit.
  function test_balancesSentBeforehandAreStolenByNobody() public {
    (, uint256[] memory cost) = index.previewMint(10e18);
    for (uint256 i; i < 3; ++i) {
      tokens[i].mint(address(vault), worth(i, 50_000e6));
      tokens[i].mint(address(index), worth(i, 50_000e6));
    }
    equip(BOB, address(index));
    uint256[TOKENS] memory before = _balances(BOB);
    vm.expectPartialRevert(IVault.NothingToReconcile.selector);
    vault.reconcile(address(tokens[LINK]), one(address(index)));
    (, uint256[] memory paid) = mintTo(index, BOB, 10e18);
    assertEq(paid, cost, "the whole price, whatever lies there");
    redeemFrom(index, BOB, 10e18);
    for (uint256 i; i < TOKENS; ++i) {
      assertLe(tokens[i].balanceOf(BOB), before[i]);
    }
  }

  /// @dev MINT_PAID: what did not come is not credited, whatever the token says of it.
  function test_aMintCountsWhatCame() public {
    equip(ALICE, address(index));
    (, uint256[] memory amounts) = index.previewMint(10e18);
    tokens[LINK].setTax(1);
    vm.prank(ALICE);
    vm.expectPartialRevert(IVault.ReceivedTooLittle.selector);
    index.mint(10e18, amounts, ALICE);
    tokens[LINK].setTax(0);
    tokens[LINK].setMode(Mode.ReturnTrueUnmoved);
    vm.prank(ALICE);
    vm.expectPartialRevert(IVault.ReceivedTooLittle.selector);
    index.mint(10e18, amounts, ALICE);
  }

  /// @dev Router leftovers paid to the next caller. NO_LEFTOVERS
  function test_routerLeftoversArePaidToNobody() public {
    address[] memory venues = _poolsOf(index);
    equip(ALICE, address(router));
    uint256 deadline = vm.getBlockTimestamp();
    vm.prank(ALICE);
    (uint256 minted, uint256 paid) = router.mintWithBase(index, 10_000e6, 0, venues, ALICE, deadline);
    assertLe(paid, 10_000e6);
    for (uint256 i; i < TOKENS; ++i) {
      assertEq(tokens[i].balanceOf(address(router)), 0, "nothing is left");
      tokens[i].mint(address(router), worth(i, 1000e6));
    }
    uint256[TOKENS] memory before = _balances(ALICE);
    vm.startPrank(ALICE);
    index.approve(address(router), minted);
    uint256 received = router.redeemToBase(index, minted, 0, venues, ALICE, deadline);
    vm.stopPrank();
    assertLt(received, paid, "pool fees");
    for (uint256 i; i < TOKENS; ++i) {
      assertEq(tokens[i].balanceOf(address(router)), worth(i, 1000e6), "a gift stays");
      if (i != USDC) assertEq(tokens[i].balanceOf(ALICE), before[i]);
    }
  }

  /// @dev Inactive assets counted as 0 on mint and paid out on burn: active A 1 000, skipped S 500, supply 1 000.
  function test_inactiveAssetsCountOnMintAsOnBurn() public {
    uint256[] memory amounts = new uint256[](2);
    (amounts[0], amounts[1]) = (1000e6, 500e6);
    Index fund = _create(LINK, WBTC, amounts);
    _reweigh(fund, pick(1 << LINK | 1 << USDC));
    assertEq(assetsOf(fund).length, 3, "the skipped asset stays a leg");
    uint256 supply = fund.totalSupply();
    (uint256 minted, uint256[] memory paid) = mintTo(fund, BOB, supply);
    uint256 value; // a smallest unit of WBTC is worth 600
    address[] memory assets = assetsOf(fund);
    for (uint256 leg; leg < paid.length; ++leg) {
      value += _value(tokenAt(assets[leg]), paid[leg]);
    }
    assertApproxEqAbs(value, 1500e6, 600, "doubling the supply costs all that there is");
    (uint256[] memory got,) = redeemFrom(fund, BOB, minted);
    for (uint256 leg; leg < paid.length; ++leg) {
      assertLe(got[leg], paid[leg], "ROUND_TRIP_MINT");
    }
  }

  /// @dev Share change 0/0 when an index owns the whole pool.
  function test_anIndexMayOwnTheWholePool() public {
    Index only = createIndex(pick(0x30), 1000e6, noFees()); // alone with SHIB and RAY
    redeemFrom(only, CREATOR, only.balanceOf(CREATOR));
    assertEq(only.totalSupply(), 1e18);
    (uint256 minted,) = mintTo(only, ALICE, 5e18);
    (, uint256 setAside) = redeemFrom(only, ALICE, minted);
    assertEq(setAside, 0);
  }

  // ----------------------------------------------------------------- weights

  function test_duplicateAssetsAreRefused() public {
    IndexFactory.Creation memory creation = creationOf(pick(0x07), 1000e6, noFees());
    creation.assets[1] = creation.assets[0];
    vm.prank(CREATOR);
    vm.expectRevert(abi.encodeWithSelector(IVault.LegsNotAscending.selector, creation.assets[0], creation.assets[0]));
    factory.create(creation);
    vm.prank(MANAGER);
    vm.expectPartialRevert(IVault.LegsNotAscending.selector);
    managed.setWeights(address(index), creation.assets, creation.weights);
  }

  function test_oneAssetWithAllTheWeightIsRefused() public {
    address[] memory assets = assetsOf(index);
    uint256[] memory weights = new uint256[](3);
    weights[0] = ONE;
    vm.startPrank(MANAGER);
    vm.expectPartialRevert(IVault.BadWeight.selector);
    managed.setWeights(address(index), assets, weights);
    vm.expectRevert(abi.encodeWithSelector(IVault.BadLegCount.selector, 1));
    managed.setWeights(address(index), one(assets[0]), one(ONE));
    vm.stopPrank();
  }

  /// @dev Component limit compared with the update list instead of the result. This contract is factory, family and index.
  function test_theLimitOfComponentsCountsTheResult() public {
    (, uint256[] memory weights) = _ownVault(26);
    (address[] memory second,,) = _newTokens(26);
    vm.expectRevert(abi.encodeWithSelector(IVault.BadLegCount.selector, 52));
    vault.reweigh(address(this), second, weights);
    (second, weights,) = _newTokens(24);
    vault.reweigh(address(this), second, weights);
    assertEq(vault.holdingsOf(address(this)).legs.length, 50);
  }

  /// @dev SOLVENT: a round ends only when the balances back what is booked. This contract is the rebalancer as well.
  function test_aRoundBooksOnlyWhatIsThere() public {
    (address[] memory assets,) = _ownVault(2);
    int256[] memory deltas = new int256[](2);
    vault.open(assets);
    vault.push(assets[0], ALICE, 10);
    vm.expectRevert(abi.encodeWithSelector(IVault.Unbacked.selector, assets[0], 1e18 - 10, 1e18));
    vault.settle(one(address(this)), assets, deltas);
    deltas[0] = -10;
    deltas[1] = 5;
    vm.expectRevert(abi.encodeWithSelector(IVault.Unbacked.selector, assets[1], 1e18, 1e18 + 5));
    vault.settle(one(address(this)), assets, deltas);
    WeirdToken(assets[1]).mint(address(vault), 5);
    vault.settle(one(address(this)), assets, deltas);
    vm.expectRevert(IVault.NotLocked.selector);
    vault.settle(one(address(this)), assets, deltas);
    uint256[] memory held = vault.holdingsOf(address(this)).amounts;
    // read from a floored unit
    assertApproxEqAbs(held[0], 1e18 - 10, 1);
    assertApproxEqAbs(held[1], 1e18 + 5, 1);
  }

  function pull(address, address[] calldata assets, uint256[] calldata amounts) external {
    for (uint256 i; i < assets.length; ++i) {
      WeirdToken(assets[i]).mint(msg.sender, amounts[i]);
    }
  }

  // ----------------------------------------------------------------- trades

  /// @dev An order that cannot buy an asset not yet held; a partial reweigh that leaves drift of unlisted assets.
  function test_aReweighSellsWhatItDroppedAndBuysWhatItNamed() public {
    _reweigh(index, pick(1 << USDC | 1 << LINK | 1 << 6));
    _open(index);
    advance(24 minutes); // the limit of a pair without USDC is at the anchor: nothing is lost
    _trade(one(address(index)), assetsOf(index), WBTC, 6);
    assertEq(_holding(index, WBTC), 0, "sold whole");
    assertApproxEqRel(_value(6, _holding(index, 6)), 333_333e6, 1e13, "bought");
    // the next reweigh forgets the empty leg
    _reweigh(index, pick(1 << USDC | 1 << LINK | 1 << 6));
    assertEq(assetsOf(index).length, 3);
  }

  /// @dev Phantom orders from rounding: a holding at its target has no order. EPOCH_RULES
  function test_aHoldingAtItsTargetHasNoOrder() public {
    address[] memory assets = assetsOf(index);
    setPrice(LINK, 12e8);
    _open(index);
    // each when its limit is at the anchor: nothing is lost, so the targets stay
    advance(19 minutes);
    _trade(one(address(index)), assets, LINK, USDC);
    advance(5 minutes);
    _trade(one(address(index)), assets, LINK, WBTC);
    for (uint256 o; o < 3; ++o) {
      for (uint256 u; u < 3; ++u) {
        if (o == u) continue;
        bytes memory data = _round(one(address(index)), assets, Trade(uint8(o), uint8(u), 0, new address[](0)));
        vm.prank(KEEPER);
        (bool ok, bytes memory answer) = address(rebalancer).call(data);
        assertFalse(ok);
        assertEq(bytes4(answer), IRebalancer.NothingExecuted.selector);
      }
    }
    advance(72 hours);
    vm.expectPartialRevert(IRebalancer.InTolerance.selector);
    rebalancer.open(one(address(index)), assets);
  }

  /// @dev Order change given to other indices: each gives and gets its exact part, who is not named nothing. ONE_PRICE, UNTOUCHED
  function test_whatIsTradedForOneIndexIsBookedToNoOther() public {
    Index second = createIndex(pick(0x07), 333_333e6, noFees());
    Index third = createIndex(pick(0x07), 777_777e6, noFees());
    setPrice(LINK, 12e8);
    address[] memory rows = _sorted(index, second, third);
    rebalancer.open(rows, assetsOf(index));
    advance(24 minutes);
    Index absent = Index(rows[2]);
    bytes32 untouched = keccak256(abi.encode(unitsOf(absent)));
    assembly ("memory-safe") {
      mstore(rows, 2)
    }
    uint256[2][2] memory before;
    for (uint256 i; i < 2; ++i) {
      before[i] = [_holding(Index(rows[i]), LINK), _holding(Index(rows[i]), WBTC)];
    }
    _trade(rows, assetsOf(index), LINK, WBTC);
    uint256[2] memory given;
    uint256[2] memory got;
    for (uint256 i; i < 2; ++i) {
      given[i] = before[i][0] - _holding(Index(rows[i]), LINK);
      got[i] = _holding(Index(rows[i]), WBTC) - before[i][1];
      assertGt(given[i], 0);
    }
    // got = received * given / all given, floored, and the reading of a holding is floored once more
    for (uint256 i; i < 2; ++i) {
      uint256 exact = (got[0] + got[1]) * given[i] / (given[0] + given[1]);
      assertApproxEqAbs(got[i], exact, 3, "ONE_PRICE");
    }
    assertEq(keccak256(abi.encode(unitsOf(absent))), untouched, "UNTOUCHED");
  }

  // ----------------------------------------------------------------- inside

  function _create(uint256 a, uint256 b, uint256[] memory values) private returns (Index) {
    IndexFactory.Creation memory creation = creationOf(pick(1 << a | 1 << b), 10_000e6, noFees());
    for (uint256 i; i < 2; ++i) {
      bool isA = creation.assets[i] == address(tokens[a]);
      creation.amounts[i] = worth(isA ? a : b, values[isA ? 0 : 1]);
    }
    vm.prank(CREATOR);
    return Index(factory.create(creation));
  }

  function _reweigh(Index fund, uint256[] memory which) private {
    uint256[] memory sorted = sortedByAddress(which);
    (address[] memory assets, uint256[] memory weights) = (new address[](sorted.length), _equal(sorted.length));
    for (uint256 i; i < sorted.length; ++i) {
      assets[i] = address(tokens[sorted[i]]);
    }
    vm.prank(MANAGER);
    managed.setWeights(address(fund), assets, weights);
  }

  function _equal(uint256 n) private pure returns (uint256[] memory weights) {
    weights = new uint256[](n);
    for (uint256 i; i < n; ++i) {
      weights[i] = i == 0 ? ONE - (n - 1) * (ONE / n) : ONE / n;
    }
  }

  /// @dev A vault whose rebalancer, factory, family and only index is this contract; `n` tokens of 1e18.
  function _ownVault(uint256 n) private returns (address[] memory assets, uint256[] memory weights) {
    vault = Vault(deployCode("Vault.sol:Vault", abi.encode(authority, this, this)));
    uint256[] memory amounts;
    (assets, weights, amounts) = _newTokens(n);
    vault.found(address(this), address(this), address(this), 1e18, assets, weights, amounts);
  }

  function _newTokens(uint256 n)
    private
    returns (address[] memory assets, uint256[] memory weights, uint256[] memory amounts)
  {
    (assets, weights, amounts) = (new address[](n), _equal(n), new uint256[](n));
    for (uint256 i; i < n; ++i) {
      address asset = deployCode("WeirdToken.sol:WeirdToken", abi.encode("NEW", 18));
      uint256 j = i;
      for (; j > 0 && assets[j - 1] > asset; --j) {
        assets[j] = assets[j - 1];
      }
      (assets[j], amounts[i]) = (asset, 1e18);
    }
  }

  function _open(Index fund) private {
    rebalancer.open(one(address(fund)), assetsOf(fund));
  }

  /// @dev LINK and the like by their number among the tokens; the keeper fills from its own stock.
  function _trade(address[] memory rows, address[] memory assets, uint256 o, uint256 u) private {
    Trade memory trade = Trade(_place(assets, o), _place(assets, u), 0, new address[](0));
    bytes memory data = _round(rows, assets, trade);
    vm.prank(KEEPER);
    (bool ok,) = address(rebalancer).call(data);
    assertTrue(ok, "traded");
  }

  function _round(address[] memory rows, address[] memory assets, Trade memory trade)
    private
    view
    returns (bytes memory)
  {
    Trade[] memory trades = new Trade[](1);
    trades[0] = trade;
    return abi.encodeCall(rebalancer.rebalance, (rebalancer.openingCount(), rows, assets, new Pair[](0), trades));
  }

  function _place(address[] memory assets, uint256 token) private view returns (uint8 i) {
    while (assets[i] != address(tokens[token])) ++i;
  }

  function _holding(Index fund, uint256 token) private view returns (uint256) {
    return vault.holdingsOf(address(fund)).amounts[_place(assetsOf(fund), token)];
  }

  /// @dev {base}
  function _value(uint256 token, uint256 amount) private view returns (uint256) {
    return amount * feeds[token].round(1) / 10 ** decimals[token] / 100;
  }

  function _poolsOf(Index fund) private view returns (address[] memory list) {
    list = assetsOf(fund);
    for (uint256 i; i < list.length; ++i) {
      list[i] = address(pools[tokenAt(list[i])]);
    }
  }

  function _balances(address who) private view returns (uint256[TOKENS] memory balances) {
    for (uint256 i; i < TOKENS; ++i) {
      balances[i] = tokens[i].balanceOf(who);
    }
  }

  function _sorted(Index a, Index b, Index c) private pure returns (address[] memory rows) {
    rows = new address[](3);
    (rows[0], rows[1], rows[2]) = (address(a), address(b), address(c));
    for (uint256 i = 1; i < 3; ++i) {
      for (uint256 j = i; j > 0 && rows[j - 1] > rows[j]; --j) {
        (rows[j - 1], rows[j]) = (rows[j], rows[j - 1]);
      }
    }
  }
}
