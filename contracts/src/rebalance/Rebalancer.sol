// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Cursors} from "../math/Cursors.sol";
import {FixedPoint, ONE} from "../math/FixedPoint.sol";
import {Words} from "../math/Words.sol";
import {IPriceFeed, Quote} from "../price/IPriceFeed.sol";
import {AssetList} from "../vault/AssetList.sol";
import {Balances} from "../vault/Balances.sol";
import {IVault} from "../vault/IVault.sol";
import {RawHoldings} from "../vault/RawHoldings.sol";
import {Anchor, Anchors} from "./Anchors.sol";
import {AssetCalls} from "./AssetCalls.sol";
import {Column, Columns} from "./Columns.sol";
import {Epochs} from "./Epochs.sol";
import {IRebalancer, Pair, Trade} from "./IRebalancer.sol";
import {Fill, Round, Rounds} from "./Rounds.sol";
import {Routes} from "./Routes.sol";
import {Clock} from "./rules/Clock.sol";
import {Orders} from "./rules/Orders.sol";
import {Settlement} from "./Settlement.sol";
import {UniswapV2} from "./venues/UniswapV2.sol";

/// @title Rebalancer: crossing and trades for many indices at once
///
/// TRUST. Nobody has to trust the caller. A fill must reach the clock's limit, which starts above the anchor and falls with time but
/// never 100 BP below the feeds' price of now; sizes, pools and impact are bounded on chain, and each index has a loss budget a day.
/// The caller chooses only what is tried, in which order, and when.
///
/// FAIRNESS. See Rounds. An asset of an index comes nearer to its target and never passes it; what is not named is not touched.
///
/// LIVENESS. A fill that fails is undone and skipped with an event; the call reverts only when nothing was done. An asset without a live
/// price is not traded. No step of this contract is needed to redeem.
contract Rebalancer is Epochs, Routes {
  using Cursors for uint256;
  using Cursors for uint256[];
  using Rounds for Fill;
  using Rounds for Round;
  using Words for uint256[];

  constructor(address authority, IVault vault, IPriceFeed feed, AssetList assets, address[] memory pools)
    AccessManaged(authority)
    Epochs(vault, feed, assets)
    Routes(feed.base())
  {
    for (uint256 i; i < pools.length; ++i) {
      _setPool(pools[i], true);
    }
  }

  /// @inheritdoc IRebalancer
  function rebalance(
    uint256 opening,
    address[] calldata indices,
    address[] calldata assets,
    Pair[] calldata crosses,
    Trade[] calldata trades
  ) external override {
    Round memory round = _prepare(opening, indices, assets);
    AssetCalls.open(VAULT, assets);
    bool done = _crossAll(round, crosses);
    if (_tradeAll(round, trades)) done = true;
    if (!done) revert NothingExecuted();
    Settlement.settle(VAULT, indices, assets, round.deltas);
    for (uint256 i; i < indices.length; ++i) {
      uint256 loss = round.losses.at(i);
      if (loss != 0) _addLoss(indices[i], loss, round.navs.at(i));
    }
  }

  /// @notice Move `given` of o into a route and measure what the vault gets of u. Only this contract calls it, on itself, so that a
  /// fill that fails is undone as a whole.
  /// @param limit {u} the least that must come; from the filler's own stock exactly this
  /// @param hops number of pools; 0 is the filler's own stock
  /// @param first the pool that o goes to; without pools the filler, whose own stock pays
  /// @param out {tok} what the first pool gives
  /// @param second the second pool, if any
  /// @param outSecond {tok} what the second pool gives
  function execute(
    address o,
    address u,
    uint256 given,
    uint256 limit,
    uint256 hops,
    address first,
    uint256 out,
    address second,
    uint256 outSecond
  ) external returns (uint256 received) {
    if (msg.sender != address(this)) revert OnlySelf(msg.sender);
    address vault = address(VAULT);
    uint256 before = Balances.balanceOf(u, vault);
    if (hops == 0) {
      SafeTransferLib.safeTransferFrom(u, first, vault, limit);
      VAULT.push(o, first, given);
    } else {
      address middle = hops == 1 ? u : BASE;
      VAULT.push(o, first, given);
      UniswapV2.swap(first, o < middle, out, hops == 1 ? vault : second);
      if (hops == 2) UniswapV2.swap(second, middle < u, outSecond, vault);
    }
    received = Balances.balanceOf(u, vault) - before;
    if (received < limit) revert BelowLimit(received, limit);
  }

  // ---------------------------------------------------------------- orders

  function _prepare(uint256 opening, address[] calldata indices, address[] calldata assets)
    private
    returns (Round memory round)
  {
    Quote[] memory quotes = AssetCalls.quotes(FEED, assets);
    Anchors.Opening memory opened = _openingOf(opening);
    (uint256[] memory sorted, uint256[] memory anchors) = Anchors.load(opened.blob);
    // What was taken off the list since the opening is not bought any more, and is sold whole.
    if (ASSETS.delistings() != opened.delistings) _markDelisted(sorted, anchors);
    round = Rounds.create(indices.length, assets.length);
    round.opening = opening;
    round.elapsed = block.timestamp - opened.at;
    uint256[] memory cells = _setColumns(round, assets, quotes, sorted, anchors);
    address previous;
    for (uint256 row; row < indices.length; ++row) {
      address index = indices[row];
      if (index <= previous) revert NotAscending(previous, index);
      previous = index;
      // What is read of one index is not needed for the next: its memory is used again.
      uint256 free = Words.free();
      _prepareRow(round, row, index, sorted, anchors, cells);
      Words.release(free);
    }
  }

  function _markDelisted(uint256[] memory sorted, uint256[] memory anchors) private view {
    for (uint256 a; a < anchors.length; ++a) {
      Anchor anchor = Anchor.wrap(anchors[a]);
      if (anchor.delistedSince() != 0) continue;
      anchors[a] = Anchor.unwrap(anchor.withDelistedSince(ASSETS.delistedSince(address(uint160(sorted[a])))));
    }
  }

  /// @dev Fills the columns of the round.
  /// @return cells for each asset of the opening where its cells lie in memory, or 0 when the round cannot trade it
  function _setColumns(
    Round memory round,
    address[] calldata assets,
    Quote[] memory quotes,
    uint256[] memory sorted,
    uint256[] memory anchors
  ) private pure returns (uint256[] memory cells) {
    cells = new uint256[](anchors.length);
    unchecked {
      uint256 at = round.cells.start();
      uint256 place = sorted.start();
      (uint256 toAnchor, uint256 toCells) = (anchors.start() - place, cells.start() - place);
      for (uint256 c; c < assets.length; ++c) {
        uint256 asset = uint160(assets[c]);
        // A list that does not ascend finds no place.
        while (place.load() < asset) place += 32;
        if (place.load() != asset) revert UnknownAsset(address(uint160(asset)));
        Anchor anchor = Anchor.wrap((place + toAnchor).load());
        round.column(c).set(asset, anchor, quotes[c], at);
        if (anchor.live()) (place + toCells).store(at);
        at += round.rows << 5;
        place += 32;
      }
    }
  }

  /// @dev Fills one row of the round with the orders of an index.
  /// @param cells for each asset of the opening where its cells lie, or 0
  function _prepareRow(
    Round memory round,
    uint256 row,
    address index,
    uint256[] memory sorted,
    uint256[] memory anchors,
    uint256[] memory cells
  ) private view {
    Epoch memory epoch = epochs[index];
    IVault.Holdings memory held = RawHoldings.read(VAULT, index);
    // Whoever fell out of the epoch since the call was planned stays out; the others do not wait for it.
    if (epoch.opening != round.opening || epoch.recipe != held.recipe || block.timestamp >= epoch.until) return;
    Valuation memory valued = _valuationOf(held, sorted, anchors);
    uint256 nav = valued.nav;
    if (nav < Orders.MIN_NAV) return;
    round.navs.put(row, nav);
    round.budgets.put(row, _budgetOf(epoch, nav));
    unchecked {
      uint256 toCells = cells.start() - anchors.start();
      (uint256 amounts, uint256 weights, uint256 places) =
        (held.amounts.start(), valued.weights.start(), valued.places.start());
      for ((uint256 at, uint256 end) = (0, held.amounts.length << 5); at != end; at += 32) {
        uint256 place = (places + at).load();
        uint256 cell = (place + toCells).load();
        if (cell == 0) continue;
        uint256 price = Anchor.wrap(place.load()).price();
        uint256 target = _targetOf(valued, (weights + at).load(), price);
        (cell + (row << 5)).store(Rounds.cellOf((amounts + at).load(), target, price));
      }
    }
  }

  // ---------------------------------------------------------------- crossing

  function _crossAll(Round memory round, Pair[] calldata crosses) private returns (bool done) {
    if (crosses.length == 0) return false;
    (Fill memory sale, Fill memory mirror) = (round.newFill(), round.newFill());
    for (uint256 i; i < crosses.length; ++i) {
      (Column o, Column u) = _pair(round, crosses[i].o, crosses[i].u);
      if (_cross(round, o, u, sale, mirror)) done = true;
    }
  }

  /// @dev Mirror orders meet at the anchors, once both clocks allow it and the anchor is within both limits of now.
  function _cross(Round memory round, Column o, Column u, Fill memory sale, Fill memory mirror) private returns (bool) {
    if (!o.tradable() || !u.tradable()) return false;
    if (!Clock.crossOpen(o.anchor().qBps() + u.anchor().qBps(), round.elapsed)) return false;
    if (_nowFactor(o, u) > ONE || _nowFactor(u, o) > ONE) return false;
    sale.set(o, u, ONE, _fairFactor(o, u));
    mirror.set(u, o, ONE, _fairFactor(u, o));
    round.share(sale, ONE);
    round.share(mirror, ONE);
    (uint256 x, uint256 y) = round.cross(sale, mirror);
    if (x == 0) return false;
    emit Crossed(round.opening, o.asset(), u.asset(), x, y);
    return true;
  }

  // ---------------------------------------------------------------- trades

  function _tradeAll(Round memory round, Trade[] calldata trades) private returns (bool done) {
    Fill memory fill = round.newFill();
    Route memory route;
    uint256 free = Words.free();
    for (uint256 i; i < trades.length; ++i) {
      Trade calldata trade = trades[i];
      (Column o, Column u) = _pair(round, trade.o, trade.u);
      bytes memory reason = _trade(round, o, u, fill, route, trade);
      if (reason.length == 0) done = true;
      else emit Skipped(round.opening, o.asset(), u.asset(), reason);
      // What one trade needs is not needed for the next: its memory is used again.
      Words.release(free);
    }
  }

  /// @return reason why nothing was done; empty when the trade was executed
  function _trade(Round memory round, Column o, Column u, Fill memory fill, Route memory route, Trade calldata trade)
    private
    returns (bytes memory reason)
  {
    if (!o.tradable() || !u.tradable()) return abi.encodeWithSelector(PriceNotLive.selector, o.asset());
    _readRoute(route, o.asset(), u.asset(), trade.route);
    uint256 clock = Clock.clockFactor(o.anchor().qBps() + u.anchor().qBps(), round.elapsed);
    fill.set(o, u, Clock.limitFactor(clock, _nowFactor(o, u)), _fairFactor(o, u));
    reason = _size(round, o, u, fill, route, trade.most);
    if (reason.length == 0) reason = _fill(round, o.asset(), u.asset(), fill, route, trade.route);
  }

  /// @dev Sizes a fill: what the indices want, and of that what the pools bear and the caller offers to take.
  /// @param most {o} 0 for as much as may be
  function _size(Round memory round, Column o, Column u, Fill memory fill, Route memory route, uint256 most)
    private
    pure
    returns (bytes memory)
  {
    // Pools better than the anchor must not carry u past a target: no unit of o brings more than the spot price. A filler pays the
    // limit exactly.
    uint256 factor = fill.limit;
    if (route.hops != 0) {
      factor = FixedPoint.mulDivUp(route.spot, fill.priceU * ONE, fill.priceO << 112);
      if (factor < ONE) factor = ONE;
    }
    round.share(fill, factor);
    if (fill.total == 0) return abi.encodeWithSelector(NothingToTrade.selector, o.asset(), u.asset());
    // A budget that is all but spent makes no fill that is not worth its gas.
    uint256 least = fill.leastOf();
    uint256 bound = route.bound;
    if (most != 0 && most < bound) bound = most;
    if (fill.total > bound) round.scale(fill, bound);
    if (fill.total < least) return abi.encodeWithSelector(BelowMinimumFill.selector, fill.total, least);
    return "";
  }

  /// @dev Executes a sized fill and books it; the reason when it failed.
  function _fill(
    Round memory round,
    address o,
    address u,
    Fill memory fill,
    Route memory route,
    address[] calldata pools
  ) private returns (bytes memory) {
    uint256 given = fill.total;
    uint256 limit = Clock.minReceived(given, fill.priceO, fill.priceU, fill.limit);
    (uint256 out, uint256 outSecond) = _outputs(route, given);
    address first = route.hops == 0 ? msg.sender : route.first.pool;
    try this.execute(o, u, given, limit, route.hops, first, out, route.second.pool, outSecond) returns (
      uint256 received
    ) {
      _addImpact(route, given, out);
      round.book(fill, received);
      emit Traded(round.opening, o, u, given, received, pools);
      return "";
    } catch (bytes memory reason) {
      return reason.length == 0 ? abi.encodeWithSelector(NothingExecuted.selector) : reason;
    }
  }

  // ---------------------------------------------------------------- prices of now

  /// @dev Two assets of the round, by their places; reverts unless they are two.
  function _pair(Round memory round, uint256 o, uint256 u) private pure returns (Column, Column) {
    uint256 count = round.columns.length / Columns.WORDS;
    if (o == u || o >= count || u >= count) revert BadPair(o, u);
    return (round.column(o), round.column(u));
  }

  /// @dev {1e18} the floor under the limit: 100 BP below the price of now, more for a delisted asset
  function _nowFactor(Column o, Column u) private view returns (uint256) {
    uint256 floorBps = Clock.floorBps(o.anchor().delistedSince(), block.timestamp);
    return Clock.nowFactor(o.anchor().price(), u.anchor().price(), o.quote().price(), u.quote().price(), floorBps);
  }

  /// @dev {1e18} the price of now against the anchor, at least the anchor: what is got below it is a loss
  function _fairFactor(Column o, Column u) private pure returns (uint256) {
    return Clock.fairFactor(o.anchor().price(), u.anchor().price(), o.quote().price(), u.quote().price());
  }
}
