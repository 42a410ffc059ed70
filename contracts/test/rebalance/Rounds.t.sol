// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {IRebalancer, Pair, Trade} from "src/rebalance/IRebalancer.sol";
import {Impact} from "src/rebalance/rules/Impact.sol";
import {Platform} from "../support/Platform.sol";

/// @title Rounds with the numbers of docs/rules.md 6
contract RoundsTest is Platform {
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

  /// @dev CROSS_FAIR. A sells 10 WETH for LINK, B 1 500 LINK for WETH: 7.5 WETH against 1 500 LINK, 2.5 WETH are left. Not before both
  /// clocks meet at the anchor: 24 minutes for q = 1 %.
  function test_mirrorOrdersCrossOnceTheClocksMeet() public {
    Index other = createIndex(pick(1 << LINK | 1 << WETH), 1_000_000e6, noFees());
    _aim(index, 0.48e18);
    _aim(other, 0.515e18);
    address[] memory rows = new address[](2);
    (rows[0], rows[1]) = index < other ? (address(index), address(other)) : (address(other), address(index));
    rebalancer.open(rows, pair);
    Pair[] memory crosses = new Pair[](1);
    crosses[0] = Pair(_place(WETH), _place(LINK));
    bytes memory data = abi.encodeCall(rebalancer.rebalance, (1, rows, pair, crosses, new Trade[](0)));
    advance(24 minutes - 1);
    _refused(data);
    advance(1);
    (uint256[2] memory a, uint256[2] memory b) = (_held(index), _held(other));
    vm.prank(BOB);
    (bool ok,) = address(rebalancer).call(data);
    assertTrue(ok);
    (uint256[2] memory afterA, uint256[2] memory afterB) = (_held(index), _held(other));
    // {tok} roundings of targets and units
    assertApproxEqAbs(a[1] - afterA[1], 7.5e18, 1e13);
    assertApproxEqAbs(afterA[0] - a[0], 1500e18, 1e15);
    assertApproxEqAbs(afterB[1] - b[1], 7.5e18, 1e13);
    assertApproxEqAbs(b[0] - afterB[0], 1500e18, 1e15);
    _refused(data);
  }

  /// @dev IMPACT_HELD: all trades of 24 hours together move a pool by one route limit, however many there are and whoever restores its
  /// price in between.
  function test_theTradesOfADayShareOneImpactLimit() public {
    Index big = createIndex(pick(1 << LINK | 1 << USDC), 10_000_000e6, noFees());
    setPrice(LINK, 12e8);
    fillPool(LINK, POOL_DEPTH);
    address[] memory assets = assetsOf(big);
    rebalancer.open(one(address(big)), assets);
    advance(1 hours);
    uint256 most = Impact.maxInOneHop(tokens[LINK].balanceOf(address(pools[LINK])), 15e14);
    uint256 sent;
    for (uint256 i; i < 3; ++i) {
      sent += _sell(big, assets, most / 2);
      fillPool(LINK, POOL_DEPTH);
    }
    assertApproxEqRel(sent, most, 1e15);
    assertLe(sent, most);
    advance(24 hours);
    assertApproxEqRel(_sell(big, assets, most / 2), most / 2, 1e12);
  }

  /// @dev EPOCH_RULES: neither after the epoch, nor with other weights than it was opened for.
  function test_noTradeOutsideTheEpoch() public {
    setPrice(LINK, 12e8);
    rebalancer.open(one(address(index)), pair);
    Trade[] memory trades = new Trade[](1);
    trades[0] = Trade(_place(LINK), _place(WETH), 0, new address[](0));
    bytes memory data = abi.encodeCall(rebalancer.rebalance, (1, one(address(index)), pair, new Pair[](0), trades));
    advance(72 hours - 1);
    uint256 state = vm.snapshotState();
    vm.prank(KEEPER);
    (bool ok,) = address(rebalancer).call(data);
    assertTrue(ok);
    vm.revertToState(state);
    advance(1);
    _refused(data);
    vm.revertToState(state);
    _aim(index, 0.5e18);
    _refused(data);
  }

  // ----------------------------------------------------------------- inside

  function _refused(bytes memory data) private {
    vm.prank(KEEPER);
    (bool ok, bytes memory answer) = address(rebalancer).call(data);
    assertFalse(ok);
    assertEq(bytes4(answer), IRebalancer.NothingExecuted.selector);
  }

  /// @dev Through the pool, at most `most`; {tok} what was sold.
  function _sell(Index fund, address[] memory assets, uint256 most) private returns (uint256) {
    uint8 link = assets[0] == address(tokens[LINK]) ? 0 : 1;
    Trade[] memory trades = new Trade[](1);
    trades[0] = Trade(link, 1 - link, uint112(most), one(address(pools[LINK])));
    uint256 before = vault.holdingsOf(address(fund)).amounts[link];
    uint256 opening = rebalancer.openingCount();
    try rebalancer.rebalance(opening, one(address(fund)), assets, new Pair[](0), trades) {} catch {}
    return before - vault.holdingsOf(address(fund)).amounts[link];
  }

  /// @dev {1e18} for WETH
  function _aim(Index fund, uint256 weth) private {
    uint256[] memory weights = new uint256[](2);
    (weights[_place(WETH)], weights[_place(LINK)]) = (weth, ONE - weth);
    vm.prank(MANAGER);
    managed.setWeights(address(fund), pair, weights);
  }

  /// @dev {tok} LINK and WETH
  function _held(Index fund) private view returns (uint256[2] memory) {
    uint256[] memory amounts = vault.holdingsOf(address(fund)).amounts;
    return [amounts[_place(LINK)], amounts[_place(WETH)]];
  }

  function _place(uint256 token) private view returns (uint8) {
    return pair[0] == address(tokens[token]) ? 0 : 1;
  }
}
