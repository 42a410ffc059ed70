// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";
import {Index} from "src/index/Index.sol";
import {IRebalancer, Pair, Trade} from "src/rebalance/IRebalancer.sol";
import {Platform} from "../support/Platform.sol";

/// @title Whom the rebalancer lets in, what it trades, and what it says otherwise (docs/rules.md 6)
contract RebalancerRefusalsTest is Platform {
  uint256 private constant LINK = 1;
  uint256 private constant WETH = 6;
  Index private index;
  address[] private pair;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(1 << LINK | 1 << WETH), 1_000_000e6, noFees());
    pair = assetsOf(index);
    equip(KEEPER, address(rebalancer));
  }

  // ----------------------------------------------------------------- openings

  /// @dev EPOCH_RULES: at most one opening in 24 hours, unless the weights changed.
  function test_anIndexOpensOnceADay() public {
    setPrice(LINK, 12e8);
    uint256 since = vm.getBlockTimestamp();
    _open();
    advance(24 hours - 1);
    _opensNot(abi.encodeWithSelector(IRebalancer.TooEarly.selector, index, since + 24 hours));
    advance(1);
    _open();
    advance(24 hours);
    setPrice(LINK, 10.05e8);
    _opensNot(abi.encodeWithSelector(IRebalancer.InTolerance.selector, index, 13));
    _aim(0.4e18);
    _open();
  }

  function test_listsAscendAndNameAll() public {
    setPrice(LINK, 12e8);
    address[] memory twice = new address[](2);
    (twice[0], twice[1]) = (address(index), address(index));
    vm.expectRevert(abi.encodeWithSelector(IRebalancer.NotAscending.selector, index, index));
    rebalancer.open(twice, pair);
    (twice[0], twice[1]) = (pair[1], pair[0]);
    vm.expectRevert(abi.encodeWithSelector(IRebalancer.NotAscending.selector, pair[1], pair[0]));
    rebalancer.open(one(address(index)), twice);
    vm.expectRevert(abi.encodeWithSelector(IRebalancer.UnknownAsset.selector, pair[1]));
    rebalancer.open(one(address(index)), one(pair[0]));
    vm.expectRevert(IRebalancer.NoIndices.selector);
    rebalancer.open(new address[](0), pair);
  }

  function test_twoLivePricesAndAThousandAreNeeded() public {
    _aim(0.4e18);
    uint256 state = vm.snapshotState();
    setPrice(LINK, 0);
    redeemFrom(index, CREATOR, 1e18);
    // WETH alone has a price: the gap is there, but nobody to trade with
    _opensNot(abi.encodeWithSelector(IRebalancer.NothingTradable.selector, index));
    vm.revertToState(state);
    uint256 all = index.balanceOf(CREATOR);
    redeemFrom(index, CREATOR, all);
    vm.expectPartialRevert(IRebalancer.TooSmall.selector);
    rebalancer.open(one(address(index)), pair);
  }

  function test_anOpeningCanBeRead() public {
    setPrice(LINK, 12e8);
    uint256 opening = _open();
    (uint256[] memory assets, uint256[] memory anchors) = rebalancer.anchorsOf(opening);
    assertEq(assets.length, 2);
    for (uint256 i; i < 2; ++i) {
      assertEq(assets[i], uint160(pair[i]));
      assertEq(anchors[i] >> 128, priceFeed.quotes(pair)[i].price());
    }
    vm.expectRevert(abi.encodeWithSelector(IRebalancer.UnknownOpening.selector, opening + 1));
    rebalancer.anchorsOf(opening + 1);
  }

  // ----------------------------------------------------------------- rounds

  function test_aRoundNamesWhatItsOpeningKnows() public {
    setPrice(LINK, 12e8);
    uint256 opening = _open();
    advance(1 hours);
    _refused(opening + 1, pair, 0, 1, abi.encodeWithSelector(IRebalancer.UnknownOpening.selector, opening + 1));
    address[] memory other = new address[](2);
    (other[0], other[1]) = (pair[0], address(type(uint160).max));
    _refused(opening, other, 0, 1, abi.encodeWithSelector(IRebalancer.UnknownAsset.selector, other[1]));
    _refused(opening, pair, 0, 0, abi.encodeWithSelector(IRebalancer.BadPair.selector, 0, 0));
    _refused(opening, pair, 0, 2, abi.encodeWithSelector(IRebalancer.BadPair.selector, 0, 2));
    address[] memory rows = new address[](2);
    (rows[0], rows[1]) = (address(index), address(index));
    vm.expectRevert(abi.encodeWithSelector(IRebalancer.NotAscending.selector, index, index));
    rebalancer.rebalance(opening, rows, pair, new Pair[](0), new Trade[](0));
    vm.expectRevert(IRebalancer.NothingExecuted.selector);
    rebalancer.rebalance(opening, one(address(index)), pair, new Pair[](0), new Trade[](0));
  }

  /// @dev A trade that may not be is skipped, and the event says why; the others stand.
  function test_whatIsSkippedSaysWhy() public {
    index = createIndex(pick(1 << LINK | 1 << WETH | 1 << USDC), 1_000_000e6, noFees());
    pair = assetsOf(index);
    (uint8 link, uint8 weth, uint8 usdc) = (_place(LINK), _place(WETH), _place(USDC));
    setPrice(LINK, 12e8);
    uint256 opening = _open();
    advance(1 hours);
    _skipped(opening, usdc, link, abi.encodeWithSelector(IRebalancer.NothingToTrade.selector, pair[usdc], pair[link]));
    // less than is worth a fill
    _skippedOf(
      opening, Trade(link, weth, 1, new address[](0)), abi.encodeWithSelector(IRebalancer.BelowMinimumFill.selector)
    );
    setPrice(WETH, 0);
    _skipped(opening, link, weth, abi.encodeWithSelector(IRebalancer.PriceNotLive.selector, pair[link]));
  }

  function test_onlyListedPoolsAndAtMostTwo() public {
    setPrice(LINK, 12e8);
    uint256 opening = _open();
    advance(1 hours);
    (uint8 link, address pool) = (_place(LINK), address(pools[2]));
    Trade[] memory trades = new Trade[](1);
    trades[0] = Trade(link, 1 - link, 0, one(pool));
    vm.expectRevert(abi.encodeWithSelector(IRebalancer.PoolNotListed.selector, pool, tokens[LINK], tokens[WETH]));
    rebalancer.rebalance(opening, one(address(index)), pair, new Pair[](0), trades);
    trades[0].route = new address[](3);
    vm.expectRevert(abi.encodeWithSelector(IRebalancer.BadRoute.selector, 3));
    rebalancer.rebalance(opening, one(address(index)), pair, new Pair[](0), trades);
  }

  function test_nothingCrossesWhenThePriceWentAway() public {
    Index other = createIndex(pick(1 << LINK | 1 << WETH), 1_000_000e6, noFees());
    setPrice(LINK, 12e8);
    (address[] memory rows, uint8 link) = (new address[](2), _place(LINK));
    (rows[0], rows[1]) = index < other ? (address(index), address(other)) : (address(other), address(index));
    uint256 opening = rebalancer.open(rows, pair);
    advance(1 hours);
    setPrice(LINK, 13e8);
    Pair[] memory crosses = new Pair[](1);
    crosses[0] = Pair(link, 1 - link);
    vm.expectRevert(IRebalancer.NothingExecuted.selector);
    rebalancer.rebalance(opening, rows, pair, crosses, new Trade[](0));
  }

  /// @dev What is taken off the list after the opening is not bought any more, but sold.
  function test_anAssetThatIsDelistedDuringAnEpochIsSold() public {
    setPrice(LINK, 12e8);
    uint256 opening = _open();
    vm.prank(LISTER);
    assetList.delist(address(tokens[WETH]));
    advance(24 hours);
    uint8 link = _place(LINK);
    uint256[] memory before = vault.holdingsOf(address(index)).amounts;
    Trade[] memory trades = new Trade[](2);
    trades[0] = Trade(link, 1 - link, 0, new address[](0));
    trades[1] = Trade(1 - link, link, 0, new address[](0));
    vm.prank(KEEPER);
    rebalancer.rebalance(opening, one(address(index)), pair, new Pair[](0), trades);
    uint256[] memory left = vault.holdingsOf(address(index)).amounts;
    assertGt(left[link], before[link], "LINK is not sold for it any more");
    // as much as the loss budget of the day lets go at the floor of the clock
    assertLt(left[1 - link], before[1 - link] / 2, "WETH is sold");
  }

  function test_anIndexThatFellBelowAThousandStaysOut() public {
    setPrice(LINK, 12e8);
    uint256 opening = _open();
    advance(1 hours);
    uint256 all = index.balanceOf(CREATOR);
    redeemFrom(index, CREATOR, all);
    uint8 link = _place(LINK);
    _refused(opening, pair, link, 1 - link, abi.encodeWithSelector(IRebalancer.NothingExecuted.selector));
  }

  function test_onlyItselfExecutes() public {
    vm.expectRevert(abi.encodeWithSelector(IRebalancer.OnlySelf.selector, address(this)));
    rebalancer.execute(pair[0], pair[1], 1, 0, 0, KEEPER, 0, address(0), 0);
  }

  // ----------------------------------------------------------------- pools

  function test_poolsAreListedByTheAdminAlone() public {
    address pool = address(pools[LINK]);
    (bool listed, uint256 used) = rebalancer.poolState(pool);
    assertTrue(listed);
    assertEq(used, 0);
    vm.expectRevert();
    rebalancer.setPool(pool, false);
    asAdmin(address(rebalancer), abi.encodeCall(rebalancer.setPool, (pool, false)));
    (listed,) = rebalancer.poolState(pool);
    assertFalse(listed);
  }

  // ----------------------------------------------------------------- inside

  function _open() private returns (uint256) {
    return rebalancer.open(one(address(index)), pair);
  }

  function _opensNot(bytes memory error_) private {
    vm.expectRevert(error_);
    _open();
  }

  function _refused(uint256 opening, address[] memory assets, uint8 o, uint8 u, bytes memory error_) private {
    Trade[] memory trades = new Trade[](1);
    trades[0] = Trade(o, u, 0, new address[](0));
    vm.expectRevert(error_);
    vm.prank(KEEPER);
    rebalancer.rebalance(opening, one(address(index)), assets, new Pair[](0), trades);
  }

  function _skipped(uint256 opening, uint8 o, uint8 u, bytes memory reason) private {
    _skippedOf(opening, Trade(o, u, 0, new address[](0)), reason);
  }

  /// @dev With a second trade, LINK for USDC, that keeps the round alive: nothing else would tell. Only the start of `reason` counts.
  function _skippedOf(uint256 opening, Trade memory trade, bytes memory reason) private {
    uint256 state = vm.snapshotState();
    Trade[] memory trades = new Trade[](2);
    trades[0] = trade;
    trades[1] = Trade(_place(LINK), _place(USDC), 0, new address[](0));
    vm.recordLogs();
    vm.prank(KEEPER);
    rebalancer.rebalance(opening, one(address(index)), pair, new Pair[](0), trades);
    Vm.Log[] memory logs = vm.getRecordedLogs();
    uint256 found;
    for (uint256 i; i < logs.length; ++i) {
      if (logs[i].topics[0] != IRebalancer.Skipped.selector) continue;
      ++found;
      assertEq(logs[i].topics[2], bytes32(uint256(uint160(pair[trade.o]))));
      assertEq(bytes4(abi.decode(logs[i].data, (bytes))), bytes4(reason));
    }
    assertEq(found, 1);
    vm.revertToState(state);
  }

  function _aim(uint256 weth) private {
    uint256[] memory weights = new uint256[](2);
    (weights[_place(WETH)], weights[_place(LINK)]) = (weth, ONE - weth);
    vm.prank(MANAGER);
    managed.setWeights(address(index), pair, weights);
  }

  function _place(uint256 token) private view returns (uint8 i) {
    while (pair[i] != address(tokens[token])) ++i;
  }
}
