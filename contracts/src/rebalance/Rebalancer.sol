// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {SSTORE2} from "solady/utils/SSTORE2.sol";
import {FixedPoint} from "../math/FixedPoint.sol";
import {IPriceFeed, Quote, Quotes} from "../price/IPriceFeed.sol";
import {AssetList} from "../vault/AssetList.sol";
import {IVault} from "../vault/IVault.sol";
import {Legs} from "../vault/Legs.sol";
import {Anchor, Anchors} from "./Anchors.sol";
import {Epochs} from "./Epochs.sol";
import {IRebalancer, Pair, Trade} from "./IRebalancer.sol";
import {PoolList} from "./PoolList.sol";
import {Clock} from "./rules/Clock.sol";
import {Crossing} from "./rules/Crossing.sol";
import {Impact} from "./rules/Impact.sol";
import {Orders} from "./rules/Orders.sol";
import {UniswapV2} from "./venues/UniswapV2.sol";

/// @title Rebalancer: crossing and trades for many indices at once
///
/// TRUST. Nobody has to trust the caller. A fill must reach the clock's limit, which starts above the anchor and falls with time but
/// never 100 BP below the feeds' price of now; sizes, pools and impact are bounded on chain, and each index has a loss budget a day.
/// The caller chooses only what is tried, in which order, and when.
///
/// FAIRNESS. All indices of a call get the same average price, each in proportion to what it gave; floored, the dust is nobody's.
/// An asset of an index comes nearer to its target and never passes it; what is not named is not touched.
///
/// LIVENESS. A fill that fails is undone and skipped with an event; the call reverts only when nothing was done. An asset without a live
/// price is not traded. No step of this contract is needed to redeem.
contract Rebalancer is Epochs, PoolList {
  using Quotes for Quote;

  /// @dev One round. Columns are the traded assets, rows the indices; a matrix is row by row.
  /// @param cells signed gap to the target {tok} << 112 | holding {tok}: a gap above 0 is to be sold, below 0 to be bought
  /// @param deltas {tok} booked so far
  /// @param budgets {base} what each index may still lose
  /// @param losses {base} what it lost in this round
  struct Round {
    uint256 opening;
    uint256 elapsed;
    address[] assets;
    Anchor[] anchors;
    Quote[] quotes;
    uint256 rows;
    int256[] cells;
    int256[] deltas;
    uint256[] budgets;
    uint256[] losses;
    Epoch[] epochs;
  }

  /// @dev One fill in the making. Amounts per row, the last word of `parts` their sum.
  struct Fill {
    uint256 o;
    uint256 u;
    uint256 limit;
    uint256 total;
    uint256[] parts;
  }

  /// @notice The asset in the middle of a route of two pools: USDC.
  address public immutable BASE;

  constructor(address authority, IVault vault, IPriceFeed feed, AssetList assets, address[] memory pools)
    AccessManaged(authority)
    Epochs(vault, feed, assets)
  {
    BASE = feed.base();
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
    VAULT.open(assets);
    bool done;
    for (uint256 i; i < crosses.length; ++i) {
      if (_cross(round, crosses[i].o, crosses[i].u)) done = true;
    }
    for (uint256 i; i < trades.length; ++i) {
      if (_trade(round, trades[i])) done = true;
    }
    if (!done) revert NothingExecuted();
    VAULT.settle(indices, assets, round.deltas);
    for (uint256 i; i < indices.length; ++i) {
      if (round.losses[i] != 0) _addLoss(indices[i], round.epochs[i], round.losses[i]);
    }
  }

  /// @notice Move `given` of o into a route and measure what the vault gets of u. Only this contract calls it, on itself, so that a
  /// fill that fails is undone as a whole.
  /// @param filler whose own stock pays when the route is empty
  /// @param paid {u} what it pays
  function execute(address o, address u, uint256 given, uint256 paid, address filler, address[] calldata route)
    external
    returns (uint256 received)
  {
    if (msg.sender != address(this)) revert OnlySelf(msg.sender);
    uint256 before = SafeTransferLib.balanceOf(u, address(VAULT));
    if (route.length == 0) {
      SafeTransferLib.safeTransferFrom(u, filler, address(VAULT), paid);
      VAULT.push(o, filler, given);
    } else {
      address middle = route.length == 1 ? u : BASE;
      UniswapV2.Hop memory first = UniswapV2.hop(route[0], o, middle);
      VAULT.push(o, route[0], given);
      uint256 out = Impact.amountOut(given, first.reserveIn, first.reserveOut);
      if (route.length == 1) {
        UniswapV2.swap(first, out, address(VAULT));
      } else {
        UniswapV2.Hop memory second = UniswapV2.hop(route[1], middle, u);
        UniswapV2.swap(first, out, route[1]);
        UniswapV2.swap(second, Impact.amountOut(out, second.reserveIn, second.reserveOut), address(VAULT));
      }
    }
    received = SafeTransferLib.balanceOf(u, address(VAULT)) - before;
    if (received < paid) revert BelowLimit(received, paid);
  }

  // ---------------------------------------------------------------- one round

  function _prepare(uint256 opening, address[] calldata indices, address[] calldata assets)
    private
    view
    returns (Round memory round)
  {
    Opening memory opened = openings[opening];
    bytes memory data = SSTORE2.read(opened.blob);
    round.opening = opening;
    round.elapsed = block.timestamp - opened.at;
    round.assets = assets;
    round.quotes = FEED.quotes(assets);
    round.anchors = new Anchor[](assets.length);
    uint256[] memory columns = _columns(round, data);
    round.rows = indices.length;
    round.cells = new int256[](indices.length * assets.length);
    round.deltas = new int256[](indices.length * assets.length);
    round.budgets = new uint256[](indices.length);
    round.losses = new uint256[](indices.length);
    round.epochs = new Epoch[](indices.length);
    address previous;
    for (uint256 row; row < indices.length; ++row) {
      if (indices[row] <= previous) revert NotAscending(previous, indices[row]);
      previous = indices[row];
      _fillRow(round, row, indices[row], data, columns);
    }
  }

  /// @dev For each asset of the opening its column + 1, or 0 when the round does not trade it; fills the columns' anchors.
  function _columns(Round memory round, bytes memory data) private pure returns (uint256[] memory columns) {
    uint256 count = Anchors.count(data);
    columns = new uint256[](count);
    uint256 a;
    for (uint256 c; c < round.assets.length; ++c) {
      address asset = round.assets[c];
      while (a < count && Anchors.assetAt(data, a) < asset) ++a;
      if (a == count || Anchors.assetAt(data, a) != asset) revert UnknownAsset(asset);
      round.anchors[c] = Anchors.at(data, a);
      columns[a++] = c + 1;
    }
  }

  function _fillRow(Round memory round, uint256 row, address index, bytes memory data, uint256[] memory columns)
    private
    view
  {
    Epoch memory epoch = epochs[index];
    IVault.Holdings memory held = VAULT.holdingsOf(index);
    if (epoch.opening != round.opening || epoch.recipe != held.recipe) revert NotInEpoch(index, round.opening);
    if (block.timestamp >= epoch.until) revert EpochOver(index, epoch.until);
    (uint256 nav, uint256 weightSum, uint256[] memory positions) = _navOf(held, data);
    if (nav < MIN_NAV) revert TooSmall(index, nav);
    round.epochs[row] = epoch;
    round.budgets[row] = _budgetOf(epoch, nav);
    uint256 width = round.assets.length;
    unchecked {
      for (uint256 i; i < positions.length; ++i) {
        uint256 column = columns[positions[i]];
        if (column-- == 0) continue;
        Anchor anchor = round.anchors[column];
        if (!anchor.live()) continue;
        uint256 holding = held.amounts[i];
        uint256 target = _targetOf(held.legs[i], anchor, nav, weightSum);
        (uint256 excess, uint256 deficit) = Orders.order(holding, target, anchor.price());
        round.cells[row * width + column] = ((int256(excess) - int256(deficit)) << 112) | int256(holding);
      }
    }
  }

  // ---------------------------------------------------------------- crossing

  /// @dev Mirror orders meet at the anchors, once both clocks allow it and the anchor is within both limits of now.
  function _cross(Round memory round, uint256 o, uint256 u) private returns (bool) {
    if (!_tradable(round, o, u) || !_crossable(round, o, u)) return false;
    uint256 rows = round.rows;
    uint256[] memory ofO = new uint256[](rows);
    uint256[] memory ofU = new uint256[](rows);
    uint256 sumO;
    uint256 sumU;
    for (uint256 row; row < rows; ++row) {
      sumO += ofO[row] = _share(round, row, o, u, ONE);
      sumU += ofU[row] = _share(round, row, u, o, ONE);
    }
    (uint256 x, uint256 y) =
      Crossing.crossed(sumO, sumU, round.anchors[o].price(), round.anchors[u].price());
    if (x == 0 || y == 0) return false;
    for (uint256 row; row < rows; ++row) {
      if (ofO[row] != 0) {
        _move(round, row, o, u, Crossing.partUp(x, ofO[row], sumO), Crossing.partDown(y, ofO[row], sumO));
      } else if (ofU[row] != 0) {
        _move(round, row, u, o, Crossing.partUp(y, ofU[row], sumU), Crossing.partDown(x, ofU[row], sumU));
      }
    }
    emit Crossed(round.opening, round.assets[o], round.assets[u], x, y);
    return true;
  }

  function _crossable(Round memory round, uint256 o, uint256 u) private view returns (bool) {
    (Anchor ao, Anchor au) = (round.anchors[o], round.anchors[u]);
    if (!Clock.crossOpen(ao.qBps() + au.qBps(), round.elapsed)) return false;
    return _nowFactor(round, o, u) <= ONE && _nowFactor(round, u, o) <= ONE;
  }

  // ---------------------------------------------------------------- trades

  function _trade(Round memory round, Trade calldata trade) private returns (bool) {
    (uint256 o, uint256 u) = (trade.o, trade.u);
    if (!_tradable(round, o, u)) {
      emit Skipped(round.opening, round.assets[o], round.assets[u], abi.encodeWithSelector(PriceNotLive.selector));
      return false;
    }
    Anchor ao = round.anchors[o];
    uint256 qBps = ao.qBps() + round.anchors[u].qBps();
    Fill memory fill = Fill(o, u, 0, 0, new uint256[](round.rows));
    fill.limit = Clock.limitFactor(Clock.clockFactor(qBps, round.elapsed), _nowFactor(round, o, u));
    bytes memory reason = trade.route.length == 0 ? _sizeOwnStock(round, fill) : _sizeRoute(round, fill, trade.route);
    if (reason.length == 0) reason = _fill(round, fill, trade.route);
    if (reason.length == 0) return true;
    emit Skipped(round.opening, round.assets[o], round.assets[u], reason);
    return false;
  }

  function _sizeOwnStock(Round memory round, Fill memory fill) private pure returns (bytes memory) {
    _shares(round, fill, fill.limit);
    return _checkSize(round, fill, fill.total);
  }

  /// @dev Takes what the pools bear of what the indices want: scaled so that the route's impact stays within its limit.
  function _sizeRoute(Round memory round, Fill memory fill, address[] calldata route)
    private
    view
    returns (bytes memory)
  {
    (uint256 bound, uint256 spot) = _routeBound(round.assets[fill.o], round.assets[fill.u], route);
    // A route better than the limit must not carry u past a target: no unit of o brings more than the spot price.
    uint256 best = FixedPoint.mulDivUp(
      spot, round.anchors[fill.u].price() * ONE, round.anchors[fill.o].price() << 112
    );
    _shares(round, fill, best > ONE ? best : ONE);
    uint256 wanted = fill.total;
    if (wanted > bound) {
      uint256 total;
      for (uint256 row; row < round.rows; ++row) {
        if (fill.parts[row] == 0) continue;
        total += fill.parts[row] = Crossing.partDown(bound, fill.parts[row], wanted);
      }
      fill.total = total;
    }
    return _checkSize(round, fill, wanted);
  }

  /// @dev {o} the most that the route may take now, and its spot price {u/o} UQ112
  function _routeBound(address o, address u, address[] calldata route)
    private
    view
    returns (uint256 bound, uint256 spot)
  {
    if (route.length > 2) revert BadRoute(route.length);
    address middle = route.length == 1 ? u : BASE;
    uint256 used = _used(_listed(route[0], o, middle));
    UniswapV2.Hop memory first = UniswapV2.hop(route[0], o, middle);
    spot = UniswapV2.spotUp(first);
    if (route.length == 1) return (Impact.maxInOneHop(first.reserveIn, Impact.routeLimit(1, used)), spot);
    used += _used(_listed(route[1], middle, u));
    UniswapV2.Hop memory second = UniswapV2.hop(route[1], middle, u);
    spot = FixedPoint.mulDivUp(spot, UniswapV2.spotUp(second), 1 << 112);
    bound = Impact.maxInTwoHops(
      first.reserveIn, first.reserveOut, second.reserveIn, Impact.routeLimit(2, used)
    );
  }

  /// @dev Executes a sized fill and books it; the reason when it failed.
  function _fill(Round memory round, Fill memory fill, address[] calldata route) private returns (bytes memory) {
    (uint256 o, uint256 u) = (fill.o, fill.u);
    uint256 least =
      Clock.minReceived(fill.total, round.anchors[o].price(), round.anchors[u].price(), fill.limit);
    uint256[] memory impacts = _impacts(round.assets[o], round.assets[u], fill.total, route);
    try this.execute(round.assets[o], round.assets[u], fill.total, least, msg.sender, route) returns (
      uint256 received
    ) {
      _useRoute(round.assets[o], round.assets[u], route, impacts);
      for (uint256 row; row < round.rows; ++row) {
        uint256 given = fill.parts[row];
        if (given == 0) continue;
        uint256 got = Crossing.partDown(received, given, fill.total);
        _move(round, row, o, u, given, got);
        _lose(round, row, Orders.valueOf(given, round.anchors[o].price()), Orders.valueOf(got, round.anchors[u].price()));
      }
      emit Traded(round.opening, round.assets[o], round.assets[u], fill.total, received, route);
      return "";
    } catch (bytes memory reason) {
      return reason.length == 0 ? abi.encodeWithSelector(NothingExecuted.selector) : reason;
    }
  }

  /// @dev {1e18} the impact of the fill on each pool of its route, before it happens
  function _impacts(address o, address u, uint256 given, address[] calldata route)
    private
    view
    returns (uint256[] memory impacts)
  {
    impacts = new uint256[](route.length);
    if (route.length == 0) return impacts;
    address middle = route.length == 1 ? u : BASE;
    UniswapV2.Hop memory first = UniswapV2.hop(route[0], o, middle);
    impacts[0] = Impact.impactOf(given, first.reserveIn);
    if (route.length == 1) return impacts;
    UniswapV2.Hop memory second = UniswapV2.hop(route[1], middle, u);
    impacts[1] = Impact.impactOf(Impact.amountOut(given, first.reserveIn, first.reserveOut), second.reserveIn);
  }

  function _useRoute(address o, address u, address[] calldata route, uint256[] memory impacts) private {
    if (route.length == 0) return;
    address middle = route.length == 1 ? u : BASE;
    _use(_listed(route[0], o, middle), impacts[0]);
    if (route.length == 2) _use(_listed(route[1], middle, u), impacts[1]);
  }

  // ---------------------------------------------------------------- matrix

  /// @dev Whether both assets are different, in the list, live now and live at the opening.
  function _tradable(Round memory round, uint256 o, uint256 u) private pure returns (bool) {
    if (o == u || o >= round.assets.length || u >= round.assets.length) return false;
    if (round.quotes[o].status() != Quotes.LIVE || round.quotes[u].status() != Quotes.LIVE) return false;
    return round.anchors[o].live() && round.anchors[u].live();
  }

  function _nowFactor(Round memory round, uint256 o, uint256 u) private view returns (uint256) {
    (Anchor ao, Anchor au) = (round.anchors[o], round.anchors[u]);
    uint256 floorBps = Clock.floorBps(ao.delistedSince(), block.timestamp);
    return Clock.nowFactor(ao.price(), au.price(), round.quotes[o].price(), round.quotes[u].price(), floorBps);
  }

  /// @dev {o} what an index can sell of o for u: its excess, and no more than fills its deficit at `factor` times the anchor.
  function _share(Round memory round, uint256 row, uint256 o, uint256 u, uint256 factor)
    private
    pure
    returns (uint256 part)
  {
    uint256 base = row * round.assets.length;
    int256 excess = round.cells[base + o] >> 112;
    int256 deficit = -(round.cells[base + u] >> 112);
    if (excess <= 0 || deficit <= 0) return 0;
    part = Clock.maxGiven(uint256(deficit), round.anchors[o].price(), round.anchors[u].price(), factor);
    if (uint256(excess) < part) part = uint256(excess);
  }

  /// @dev Fills `fill.parts` with what each index can sell, within its loss budget: at the limit, value x (1 - limit) can be lost.
  function _shares(Round memory round, Fill memory fill, uint256 factor) private pure {
    uint256 total;
    uint256 priceO = round.anchors[fill.o].price();
    for (uint256 row; row < round.rows; ++row) {
      uint256 part = _share(round, row, fill.o, fill.u, factor);
      if (part == 0) continue;
      if (fill.limit < ONE) {
        uint256 value = round.budgets[row] * ONE / (ONE - fill.limit);
        uint256 affordable = (value << 112) / priceO;
        if (affordable < part) part = affordable;
      }
      fill.parts[row] = part;
      total += part;
    }
    fill.total = total;
  }

  function _checkSize(Round memory round, Fill memory fill, uint256 wanted) private pure returns (bytes memory) {
    if (fill.total == 0) {
      return abi.encodeWithSelector(NothingToTrade.selector, round.assets[fill.o], round.assets[fill.u]);
    }
    uint256 holding;
    uint256 width = round.assets.length;
    for (uint256 row; row < round.rows; ++row) {
      if (fill.parts[row] != 0) holding += uint256(round.cells[row * width + fill.o]) & type(uint112).max;
    }
    uint256 least = Orders.minFill(wanted, holding, round.anchors[fill.o].price());
    if (fill.total < least) return abi.encodeWithSelector(BelowMinimumFill.selector, fill.total, least);
    return "";
  }

  /// @dev Books `given` of o and `got` of u for one index.
  function _move(Round memory round, uint256 row, uint256 o, uint256 u, uint256 given, uint256 got) private pure {
    uint256 base = row * round.assets.length;
    unchecked {
      // The holding in the low bits stays as it was at the start of the round: it only scales the smallest fill.
      round.cells[base + o] -= int256(given) << 112;
      round.cells[base + u] += int256(got) << 112;
      round.deltas[base + o] -= int256(given);
      round.deltas[base + u] += int256(got);
    }
  }

  function _lose(Round memory round, uint256 row, uint256 valueGiven, uint256 valueGot) private pure {
    if (valueGiven <= valueGot) return;
    uint256 loss = valueGiven - valueGot;
    round.losses[row] += loss;
    round.budgets[row] = loss < round.budgets[row] ? round.budgets[row] - loss : 0;
  }
}
