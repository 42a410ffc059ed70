// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";
import {Fees} from "src/index/IIndex.sol";
import {FeePart} from "src/index/IIndex.sol";
import {Index} from "src/index/Index.sol";
import {IRebalancer, Pair, Trade} from "src/rebalance/IRebalancer.sol";
import {Outsiders} from "./Outsiders.sol";
import {Reference} from "./Reference.sol";

/// @title Keepers, honest and hostile: they open epochs, fill from pools or their own stock, sandwich, and try what is forbidden
abstract contract Keepers is Outsiders, Reference {
  /// @dev A round in the making, and what was before it.
  struct Plan {
    Opening opening;
    address[] rows;
    address[] assets;
    Pair[] crosses;
    Trade[] trades;
    View[] views;
    bytes32[INDICES] units;
    bool[] touched;
  }

  /// @dev {1e18 of NAV} lost by an index on a UTC day, at the anchors
  mapping(address index => mapping(uint256 day => uint256)) private _lost;
  mapping(address index => mapping(uint256 day => uint256)) private _rounds;
  uint256 private _lastOpening;

  function open(uint256 seed) external act {
    if (_open(seed)) succeeded();
  }

  function rebalance(uint256 seed, uint256 wait) external act {
    if (_rebalance(seed, wait)) succeeded();
  }

  /// @dev Pushes the price of a pool, fills, pushes it back.
  function sandwich(uint256 seed, uint256 wait, uint256 bps) external act {
    uint256 token = 1 + seed % (TOKENS - 1);
    bps = _bound(bps, 1, 100);
    swap(KEEPER, token, seed & 256 == 0, bps);
    if (_rebalance(seed, wait)) succeeded();
    swap(KEEPER, token, seed & 256 != 0, bps);
  }

  /// @dev Everything here must be refused, whoever asks.
  function abuse(uint256 which, uint256 seed) external act {
    Index index = indexOf(seed);
    (address target, bytes memory data) = _forbidden(which % 13, index);
    bytes32[INDICES] memory before = booksHashes();
    vm.prank(person(seed));
    (bool ok,) = target.call(data);
    check(!ok, which % 13 < 4 ? "EPOCH_RULES" : "ROLES_HELD", which % 13, 0);
    for (uint256 i; i < INDICES; ++i) {
      check(booksHash(indices[i]) == before[i], "ROLES_HELD", which % 13, 0);
    }
    if (!ok) succeeded();
  }

  // ----------------------------------------------------------------- opening

  function _open(uint256 seed) private returns (bool) {
    Index first = indexOf(seed);
    (,, uint40 openedAt,,,) = rebalancer.epochs(address(first));
    uint256 from = openedAt + 24 hours;
    if (!_reweighed(first) && vm.getBlockTimestamp() < from) pass(from - vm.getBlockTimestamp());
    address[] memory assets = assetsOf(first);
    for (uint256 i; i < 6 && driftOf(first) <= 60; ++i) {
      uint256 token = tokenAt(assets[(seed + i) % assets.length]);
      if (token != USDC) shock(token, seed & 1 == 0 ? 8500 : 11_500, true);
    }
    address[] memory rows = new address[](INDICES);
    uint256 n;
    for (uint256 i; i < INDICES; ++i) {
      if (indices[i] == first || (_due(indices[i]) && driftOf(indices[i]) > 60)) rows[n++] = address(indices[i]);
    }
    assembly ("memory-safe") {
      mstore(rows, n)
    }
    bytes32[INDICES] memory before = booksHashes();
    vm.recordLogs();
    try rebalancer.open(rows, _union(rows)) returns (uint256 opening) {
      _lastOpening = opening;
      remember(opening, vm.getRecordedLogs());
      for (uint256 i; i < INDICES; ++i) {
        check(booksHash(indices[i]) == before[i], "UNTOUCHED");
      }
      return true;
    } catch {
      return false;
    }
  }

  function _due(Index index) private view returns (bool) {
    (,, uint40 openedAt,,,) = rebalancer.epochs(address(index));
    return _reweighed(index) || vm.getBlockTimestamp() >= openedAt + 24 hours;
  }

  function _reweighed(Index index) private view returns (bool) {
    (, uint48 recipe,,,,) = rebalancer.epochs(address(index));
    return recipe != held(index).recipe;
  }

  // ----------------------------------------------------------------- rounds

  function _rebalance(uint256 seed, uint256 wait) private returns (bool done) {
    if (_lastOpening == 0 || _rowsOf(_lastOpening).length == 0) _open(seed);
    if (_lastOpening == 0) return false;
    uint256 elapsed = vm.getBlockTimestamp() - openingOf(_lastOpening).at;
    if (elapsed < 70 minutes) pass(_bound(wait, 1, 40 minutes));
    Plan memory plan = _plan(seed);
    if (plan.rows.length == 0) return false;
    for (uint256 i; i < TOKENS; ++i) {
      if (tokens[i].balanceOf(KEEPER) < worth(i, 1_000_000e6)) tokens[i].mint(KEEPER, worth(i, 10_000_000e6));
    }
    vm.recordLogs();
    vm.prank(KEEPER);
    try rebalancer.rebalance(plan.opening.id, plan.rows, plan.assets, plan.crosses, plan.trades) {
      done = true;
    } catch {}
    Vm.Log[] memory logs = vm.getRecordedLogs();
    if (done) _judge(plan, logs);
  }

  /// @dev The indices whose epoch is this opening's and still runs.
  function _rowsOf(uint256 opening) private view returns (address[] memory rows) {
    rows = new address[](INDICES);
    uint256 n;
    for (uint256 i; i < INDICES; ++i) {
      if (_running(indices[i], opening)) rows[n++] = address(indices[i]);
    }
    assembly ("memory-safe") {
      mstore(rows, n)
    }
  }

  function _running(Index index, uint256 opening) private view returns (bool) {
    (uint32 opened, uint48 recipe,, uint40 until,,) = rebalancer.epochs(address(index));
    return opened == opening && recipe == held(index).recipe && vm.getBlockTimestamp() < until;
  }

  function _plan(uint256 seed) private view returns (Plan memory plan) {
    plan.opening = openingOf(_lastOpening);
    plan.rows = _rowsOf(_lastOpening);
    if (plan.rows.length > 1 && seed % 4 == 0) {
      address[] memory rows = plan.rows;
      assembly ("memory-safe") {
        mstore(rows, sub(mload(rows), 1))
      }
    }
    plan.assets = plan.opening.assets;
    plan.views = new View[](plan.rows.length);
    for (uint256 i; i < plan.rows.length; ++i) {
      plan.views[i] = viewOf(Index(plan.rows[i]), plan.opening);
    }
    plan.units = unitsHashes();
    plan.touched = new bool[](plan.assets.length);
    (plan.crosses, plan.trades) = (new Pair[](6), new Trade[](6));
    uint256 crosses;
    uint256 trades;
    uint256 n = plan.assets.length;
    for (uint256 k; k < n * n && trades < 6 && crosses < 6; ++k) {
      (uint256 o, uint256 u) = ((k / n + seed) % n, (k + seed / n) % n);
      if (o == u) continue;
      (bool some, bool mirror) = (_wants(plan, o, u), _wants(plan, u, o));
      if (some && mirror) plan.crosses[crosses++] = Pair(uint8(o), uint8(u));
      if (some && (seed >> 8) % 8 != 0) plan.trades[trades++] = _tradeOf(plan, o, u, seed >> k % 16);
    }
    (Pair[] memory c, Trade[] memory t) = (plan.crosses, plan.trades);
    assembly ("memory-safe") {
      mstore(c, crosses)
      mstore(t, trades)
    }
  }

  function _wants(Plan memory plan, uint256 o, uint256 u) private pure returns (bool) {
    for (uint256 i; i < plan.rows.length; ++i) {
      if (plan.views[i].gaps[o] > 0 && plan.views[i].gaps[u] < 0) return true;
    }
    return false;
  }

  /// @dev From the keeper's own stock, or over the pools.
  function _tradeOf(Plan memory plan, uint256 o, uint256 u, uint256 seed) private view returns (Trade memory trade) {
    (uint256 tokenO, uint256 tokenU) = (tokenAt(plan.assets[o]), tokenAt(plan.assets[u]));
    trade = Trade(uint8(o), uint8(u), 0, new address[](0));
    // sometimes no more than half of what one index sells
    if (seed & 6 == 0 && plan.views[0].gaps[o] > 1) trade.most = uint112(uint256(plan.views[0].gaps[o]) / 2);
    if (seed & 1 == 0) return trade;
    if (tokenO == USDC || tokenU == USDC) {
      trade.route = one(address(pools[tokenO == USDC ? tokenU : tokenO]));
    } else {
      trade.route = new address[](2);
      (trade.route[0], trade.route[1]) = (address(pools[tokenO]), address(pools[tokenU]));
    }
  }

  // ----------------------------------------------------------------- judging

  function _judge(Plan memory plan, Vm.Log[] memory logs) private {
    uint256 fills = _judgeLogs(plan, logs);
    for (uint256 i; i < plan.rows.length; ++i) {
      check(_running(Index(plan.rows[i]), plan.opening.id), "EPOCH_RULES");
      _judgeIndex(plan, i, fills);
    }
    for (uint256 i; i < INDICES; ++i) {
      bool named;
      for (uint256 j; j < plan.rows.length; ++j) {
        if (plan.rows[j] == address(indices[i])) named = true;
      }
      if (!named) check(unitsHash(indices[i]) == plan.units[i], "UNTOUCHED");
    }
    for (uint256 i; i < plan.assets.length; ++i) {
      roundings[tokenAt(plan.assets[i])] += plan.rows.length * (3 + fills);
    }
  }

  function _judgeLogs(Plan memory plan, Vm.Log[] memory logs) private returns (uint256 fills) {
    for (uint256 i; i < logs.length; ++i) {
      if (logs[i].emitter != address(rebalancer)) continue;
      bytes32 topic = logs[i].topics[0];
      bool traded = topic == IRebalancer.Traded.selector;
      if (!traded && topic != IRebalancer.Crossed.selector) continue;
      ++fills;
      uint256 o = positionOf(plan.opening, address(uint160(uint256(logs[i].topics[2]))));
      uint256 u = positionOf(plan.opening, address(uint160(uint256(logs[i].topics[3]))));
      (plan.touched[o], plan.touched[u]) = (true, true);
      if (traded) {
        (uint256 given, uint256 received,) = abi.decode(logs[i].data, (uint256, uint256, address[]));
        check(received >= leastFor(plan.opening, o, u, given), "LIMIT_HELD", received, given);
      } else {
        _judgeCross(plan, o, u, logs[i].data);
      }
    }
  }

  /// @dev What changes hands is worth the same, to less than one smallest unit of either asset.
  function _judgeCross(Plan memory plan, uint256 o, uint256 u, bytes memory data) private {
    (uint256 x, uint256 y) = abi.decode(data, (uint256, uint256));
    (uint256 priceO, uint256 priceU) = (plan.opening.anchors[o].price, plan.opening.anchors[u].price);
    (uint256 a, uint256 b) = (x * priceO, y * priceU);
    check(a > b ? a - b < priceO : b - a < priceU || a == b, "CROSS_FAIR", x, y);
  }

  function _judgeIndex(Plan memory plan, uint256 row, uint256 fills) private {
    View memory before = plan.views[row];
    View memory after_ = viewOf(Index(plan.rows[row]), plan.opening);
    for (uint256 i; i < plan.assets.length; ++i) {
      (int256 gap, int256 moved) = (before.gaps[i], int256(after_.amounts[i]) - int256(before.amounts[i]));
      if (!plan.touched[i] || gap == 0) {
        check(moved == 0, "UNTOUCHED", before.amounts[i], after_.amounts[i]);
        continue;
      }
      // 2: a unit and the holding read from it are floored
      bool nearer = gap > 0 ? moved <= 0 && -moved <= gap + 2 : moved >= -2 && moved <= -gap;
      check(nearer, "NEARER", before.amounts[i], after_.amounts[i]);
    }
    _judgeLoss(plan.rows[row], before.nav, after_.nav, fills);
  }

  function _judgeLoss(address index, uint256 navBefore, uint256 navAfter, uint256 fills) private {
    uint256 day = vm.getBlockTimestamp() / 1 days;
    _rounds[index][day] += fills;
    // {base} a smallest unit of any asset is worth at most 0.001 USD
    uint256 slack = _rounds[index][day] * 2 * 1000 + 10_000;
    if (navBefore <= navAfter) return;
    uint256 loss = navBefore - navAfter;
    _lost[index][day] += loss * ONE / navBefore;
    (,, uint40 openedAt, uint40 until,,) = rebalancer.epochs(index);
    uint256 bps = until - openedAt > 24 hours ? 30 : 15;
    if (loss > slack) checkLe(_lost[index][day], bps * 1e14 + slack * ONE / navBefore, "BUDGET_HELD");
    else check(true, "BUDGET_HELD");
  }

  // ----------------------------------------------------------------- forbidden

  function _forbidden(uint256 which, Index index) private returns (address target, bytes memory data) {
    address[] memory rows = one(address(index));
    address[] memory assets = assetsOf(index);
    uint256[] memory none = new uint256[](assets.length);
    if (which == 0) {
      // a second opening within a day: open one if none runs
      if (_due(index)) _open(_position(index));
      if (_due(index)) return (address(rebalancer), hex"00000000");
      return (address(rebalancer), abi.encodeCall(rebalancer.open, (rows, assets)));
    }
    if (which == 1) {
      // an opening that is not the index's
      (uint32 opening,,,,,) = rebalancer.epochs(address(index));
      return (address(rebalancer), _round(opening == 1 ? 2 : 1, rows, assets));
    }
    if (which == 2) {
      (uint32 opening,,, uint40 until,,) = rebalancer.epochs(address(index));
      if (vm.getBlockTimestamp() < until) pass(until - vm.getBlockTimestamp());
      return (address(rebalancer), _round(opening, rows, assets));
    }
    if (which == 3) return (address(rebalancer), _round(rebalancer.openingCount() + 1, rows, assets));
    if (which == 4) {
      int256[] memory deltas = new int256[](assets.length);
      return (address(vault), abi.encodeCall(vault.settle, (rows, assets, deltas)));
    }
    if (which == 5) return (address(vault), abi.encodeCall(vault.open, (assets)));
    if (which == 6) return (address(vault), abi.encodeCall(vault.push, (assets[0], ALICE, 1)));
    if (which == 7) return (address(vault), abi.encodeCall(vault.exit, (ALICE, 1e18, 1e18)));
    if (which == 8) return (address(index), abi.encodeCall(index.pull, (BOB, assets, none)));
    if (which == 9) return (address(factory), abi.encodeCall(factory.pull, (CREATOR, assets, none)));
    if (which == 10) return (address(index), abi.encodeCall(index.scheduleFees, (Fees(0, 0, RAY))));
    if (which == 11) {
      data = abi.encodeCall(index.initialize, ("", "", ALICE, Fees(0, 0, RAY), new FeePart[](0)));
      return (address(index), data);
    }
    return (address(managed), abi.encodeCall(managed.setWeights, (address(index), assets, none)));
  }

  function _round(uint256 opening, address[] memory rows, address[] memory assets) private view returns (bytes memory) {
    Trade[] memory trades = new Trade[](1);
    trades[0] = Trade(0, 1, 0, new address[](0));
    return abi.encodeCall(rebalancer.rebalance, (opening, rows, assets, new Pair[](0), trades));
  }

  function _position(Index index) private view returns (uint256 i) {
    while (indices[i] != index) ++i;
  }

  /// @dev All assets of these indices, ascending.
  function _union(address[] memory rows) private view returns (address[] memory assets) {
    uint256 bits;
    for (uint256 i; i < rows.length; ++i) {
      address[] memory own = assetsOf(Index(rows[i]));
      for (uint256 j; j < own.length; ++j) {
        bits |= 1 << tokenAt(own[j]);
      }
    }
    uint256[] memory which = sortedByAddress(pick(bits));
    assets = new address[](which.length);
    for (uint256 i; i < which.length; ++i) {
      assets[i] = address(tokens[which[i]]);
    }
  }
}
