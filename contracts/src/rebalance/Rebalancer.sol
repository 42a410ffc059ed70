// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {FixedPoint, ONE} from "../math/FixedPoint.sol";
import {Words} from "../math/Words.sol";
import {IPriceFeed, Quote, Quotes} from "../price/IPriceFeed.sol";
import {AssetList} from "../vault/AssetList.sol";
import {Balances} from "../vault/Balances.sol";
import {IVault} from "../vault/IVault.sol";
import {RawHoldings} from "../vault/RawHoldings.sol";
import {Anchor, Anchors} from "./Anchors.sol";
import {Epochs} from "./Epochs.sol";
import {IRebalancer, Pair, Trade} from "./IRebalancer.sol";
import {Fill, Round, Rounds} from "./Rounds.sol";
import {Route, Routes} from "./Routes.sol";
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
  using Quotes for Quote;
  using Rounds for Round;
  using Words for uint256[];
  using Words for int256[];

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
    Quote[] memory quotes = FEED.quotes(assets);
    (Round memory round, Epoch[] memory entered) = _prepare(opening, indices, assets);
    VAULT.open(assets);
    bool done;
    for (uint256 i; i < crosses.length; ++i) {
      if (_cross(round, quotes, crosses[i].o, crosses[i].u)) done = true;
    }
    for (uint256 i; i < trades.length; ++i) {
      if (_trade(round, quotes, trades[i])) done = true;
    }
    if (!done) revert NothingExecuted();
    Settlement.settle(VAULT, indices, assets, round.deltas);
    for (uint256 i; i < indices.length; ++i) {
      if (round.losses[i] != 0) _addLoss(indices[i], entered[i], round.losses[i], round.navs[i]);
    }
  }

  /// @notice Move `given` of o into a route and measure what the vault gets of u. Only this contract calls it, on itself, so that a
  /// fill that fails is undone as a whole.
  /// @param limit {u} the least that must come; from the filler's own stock exactly this
  /// @param filler whose own stock pays when the route has no pools
  /// @param out {tok} what the first pool gives
  /// @param outSecond {tok} what the second pool gives
  function execute(
    address o,
    address u,
    uint256 given,
    uint256 limit,
    address filler,
    Route calldata route,
    uint256 out,
    uint256 outSecond
  ) external returns (uint256 received) {
    if (msg.sender != address(this)) revert OnlySelf(msg.sender);
    uint256 before = Balances.balanceOf(u, address(VAULT));
    if (route.hops == 0) {
      SafeTransferLib.safeTransferFrom(u, filler, address(VAULT), limit);
      VAULT.push(o, filler, given);
    } else {
      VAULT.push(o, route.first.pool, given);
      UniswapV2.swap(route.first, out, route.hops == 1 ? address(VAULT) : route.second.pool);
      if (route.hops == 2) UniswapV2.swap(route.second, outSecond, address(VAULT));
    }
    received = Balances.balanceOf(u, address(VAULT)) - before;
    if (received < limit) revert BelowLimit(received, limit);
  }

  // ---------------------------------------------------------------- orders

  function _prepare(uint256 opening, address[] calldata indices, address[] calldata assets)
    private
    view
    returns (Round memory round, Epoch[] memory entered)
  {
    Opening memory opened = _openingOf(opening);
    (uint256[] memory sorted, uint256[] memory anchors) = Anchors.load(opened.blob);
    // What was taken off the list since the opening is not bought any more, and is sold whole.
    if (ASSETS.delistings() != opened.delistings) _markDelisted(sorted, anchors);
    round = Rounds.create(indices.length, assets.length);
    round.opening = opening;
    round.elapsed = block.timestamp - opened.at;
    round.assets = assets;
    uint256[] memory columns = _columns(round, sorted, anchors);
    entered = new Epoch[](indices.length);
    address previous;
    for (uint256 row; row < indices.length; ++row) {
      if (indices[row] <= previous) revert NotAscending(previous, indices[row]);
      previous = indices[row];
      // What is read of one index is not needed for the next: its memory is used again.
      uint256 free = Words.free();
      _prepareRow(round, row, indices[row], entered[row], sorted, anchors, columns);
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

  /// @dev For each asset of the opening its column + 1, or 0 when the round cannot trade it; fills the columns' anchors.
  function _columns(Round memory round, uint256[] memory sorted, uint256[] memory anchors)
    private
    pure
    returns (uint256[] memory columns)
  {
    columns = new uint256[](anchors.length);
    uint256 a;
    for (uint256 c; c < round.assets.length; ++c) {
      address asset = round.assets[c];
      // A list that does not ascend finds no place.
      while (sorted.at(a) < uint160(asset)) ++a;
      if (sorted.at(a) != uint160(asset)) revert UnknownAsset(asset);
      Anchor anchor = Anchor.wrap(anchors[a]);
      round.anchors[c] = anchor;
      if (anchor.live()) columns[a] = c + 1;
      ++a;
    }
  }

  /// @dev Fills one row of the round with the orders of an index, and its epoch.
  function _prepareRow(
    Round memory round,
    uint256 row,
    address index,
    Epoch memory epoch,
    uint256[] memory sorted,
    uint256[] memory anchors,
    uint256[] memory columns
  ) private view {
    _loadEpoch(index, epoch);
    IVault.Holdings memory held = RawHoldings.read(VAULT, index);
    // Whoever fell out of the epoch since the call was planned stays out; the others do not wait for it.
    if (epoch.opening != round.opening || epoch.recipe != held.recipe || block.timestamp >= epoch.until) return;
    Valuation memory valued = _valuationOf(held, sorted, anchors);
    uint256 nav = valued.nav;
    if (nav < Orders.MIN_NAV) return;
    round.navs.put(row, nav);
    round.budgets.put(row, _budgetOf(epoch, nav));
    (int256[] memory cells, uint256 rows) = (round.cells, round.rows);
    (uint256[] memory legs, uint256[] memory amounts) = (held.legs, held.amounts);
    (uint256[] memory places, uint256 weightSum) = (valued.places, valued.weightSum);
    uint256 n = places.length;
    unchecked {
      for (uint256 i; i < n; ++i) {
        uint256 place = places.at(i);
        uint256 column = columns.at(place);
        if (column-- == 0) continue;
        Anchor anchor = Anchor.wrap(anchors.at(place));
        uint256 target = _targetOf(legs.at(i), anchor, nav, weightSum);
        cells.put(column * rows + row, Rounds.cellOf(amounts.at(i), target, anchor.price()));
      }
    }
  }

  // ---------------------------------------------------------------- crossing

  /// @dev Mirror orders meet at the anchors, once both clocks allow it and the anchor is within both limits of now.
  function _cross(Round memory round, Quote[] memory quotes, uint256 o, uint256 u) private returns (bool) {
    if (!_tradable(round, quotes, o, u)) return false;
    if (!Clock.crossOpen(round.anchors[o].qBps() + round.anchors[u].qBps(), round.elapsed)) return false;
    if (_nowFactor(round, quotes, o, u) > ONE || _nowFactor(round, quotes, u, o) > ONE) return false;
    (Fill memory sale, Fill memory mirror) = (round.fillOf(o, u), round.fillOf(u, o));
    (sale.limit, mirror.limit) = (ONE, ONE);
    (sale.fair, mirror.fair) = (_fairFactor(round, quotes, o, u), _fairFactor(round, quotes, u, o));
    round.share(sale, ONE);
    round.share(mirror, ONE);
    (uint256 x, uint256 y) = round.cross(sale, mirror);
    if (x == 0) return false;
    emit Crossed(round.opening, round.assets[o], round.assets[u], x, y);
    return true;
  }

  // ---------------------------------------------------------------- trades

  /// @return whether the trade was executed; if not, an event says why
  function _trade(Round memory round, Quote[] memory quotes, Trade calldata trade) private returns (bool) {
    bytes memory reason = _attempt(round, quotes, trade);
    if (reason.length == 0) return true;
    emit Skipped(round.opening, round.assets[trade.o], round.assets[trade.u], reason);
    return false;
  }

  /// @return reason why nothing was done; empty when the trade was executed
  function _attempt(Round memory round, Quote[] memory quotes, Trade calldata trade)
    private
    returns (bytes memory reason)
  {
    (uint256 o, uint256 u) = (trade.o, trade.u);
    if (!_tradable(round, quotes, o, u)) return abi.encodeWithSelector(PriceNotLive.selector, round.assets[o]);
    Fill memory fill = round.fillOf(o, u);
    uint256 clock = Clock.clockFactor(round.anchors[o].qBps() + round.anchors[u].qBps(), round.elapsed);
    fill.fair = _fairFactor(round, quotes, o, u);
    fill.limit = Clock.limitFactor(clock, _nowFactor(round, quotes, o, u));
    Route memory route = _routeOf(round.assets[o], round.assets[u], trade.route);
    reason = _size(round, fill, route, trade.most);
    if (reason.length == 0) reason = _fill(round, fill, route, trade.route);
  }

  /// @dev Sizes a fill: what the indices want, and of that what the pools bear and the caller offers to take.
  /// @param most {o} 0 for as much as may be
  function _size(Round memory round, Fill memory fill, Route memory route, uint256 most)
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
    uint256 affordable = fill.total;
    if (affordable == 0) {
      return abi.encodeWithSelector(NothingToTrade.selector, round.assets[fill.o], round.assets[fill.u]);
    }
    // A budget that is all but spent makes no fill that is not worth its gas.
    uint256 least = round.leastOf(fill);
    uint256 bound = route.hops == 0 ? type(uint256).max : route.bound;
    if (most != 0 && most < bound) bound = most;
    if (affordable > bound) round.scale(fill, bound);
    if (fill.total < least) return abi.encodeWithSelector(BelowMinimumFill.selector, fill.total, least);
    return "";
  }

  /// @dev Executes a sized fill and books it; the reason when it failed.
  function _fill(Round memory round, Fill memory fill, Route memory route, address[] calldata pools)
    private
    returns (bytes memory)
  {
    (address o, address u) = (round.assets[fill.o], round.assets[fill.u]);
    uint256 limit = Clock.minReceived(fill.total, fill.priceO, fill.priceU, fill.limit);
    (uint256 out, uint256 outSecond) = _outputs(route, fill.total);
    try this.execute(o, u, fill.total, limit, msg.sender, route, out, outSecond) returns (uint256 received) {
      _useRoute(o, u, route, fill.total, out);
      round.book(fill, received);
      emit Traded(round.opening, o, u, fill.total, received, pools);
      return "";
    } catch (bytes memory reason) {
      return reason.length == 0 ? abi.encodeWithSelector(NothingExecuted.selector) : reason;
    }
  }

  // ---------------------------------------------------------------- prices of now

  /// @dev Whether both assets are live now and were live at the opening; reverts unless they are two of the list.
  function _tradable(Round memory round, Quote[] memory quotes, uint256 o, uint256 u) private pure returns (bool) {
    if (o == u || o >= quotes.length || u >= quotes.length) revert BadPair(o, u);
    if (quotes[o].status() != Quotes.LIVE || quotes[u].status() != Quotes.LIVE) return false;
    return round.anchors[o].live() && round.anchors[u].live();
  }

  /// @dev {1e18} the floor under the limit: 100 BP below the price of now, more for a delisted asset
  function _nowFactor(Round memory round, Quote[] memory quotes, uint256 o, uint256 u) private view returns (uint256) {
    (Anchor ao, Anchor au) = (round.anchors[o], round.anchors[u]);
    uint256 floorBps = Clock.floorBps(ao.delistedSince(), block.timestamp);
    return Clock.nowFactor(ao.price(), au.price(), quotes[o].price(), quotes[u].price(), floorBps);
  }

  /// @dev {1e18} the price of now against the anchor, at least the anchor: what is got below it is a loss
  function _fairFactor(Round memory round, Quote[] memory quotes, uint256 o, uint256 u) private pure returns (uint256) {
    (Anchor ao, Anchor au) = (round.anchors[o], round.anchors[u]);
    return Clock.fairFactor(ao.price(), au.price(), quotes[o].price(), quotes[u].price());
  }
}
