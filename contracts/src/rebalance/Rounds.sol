// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Cursors} from "../math/Cursors.sol";
import {FixedPoint, ONE} from "../math/FixedPoint.sol";
import {Words} from "../math/Words.sol";
import {Column, Columns} from "./Columns.sol";
import {Clock} from "./rules/Clock.sol";
import {Crossing} from "./rules/Crossing.sol";
import {Orders} from "./rules/Orders.sol";

/// @dev One round of trades. Rows are the indices; cells and deltas lie asset by asset.
/// @param columns the traded assets, four words each (see Column)
/// @param cells as they were at the start of the round: signed gap to the target {tok} << 112 | holding {tok}. A gap above 0 is to
/// be sold, below 0 to be bought. What is left of it is the gap plus the delta; the holding only scales the smallest fill.
/// @param deltas {tok} what was booked so far
/// @param navs {base}
/// @param budgets {base} what each index may still lose
/// @param losses {base} what each index lost in this round
struct Round {
  uint256 opening;
  uint256 elapsed;
  uint256 rows;
  uint256[] columns;
  uint256[] cells;
  int256[] deltas;
  uint256[] navs;
  uint256[] budgets;
  uint256[] losses;
}

/// @dev One fill in the making: o is sold for u.
/// @param cellsO where the cells of o lie in memory
/// @param cellsU where the cells of u lie in memory
/// @param limit {1e18} factor of the anchor that the fill must reach
/// @param fair {1e18} factor of the anchor below which a fill loses: the price of now, at least the anchor
/// @param wanted {o} what all indices together would give if their budgets allowed it
/// @param holding {o} what those hold that give
/// @param total {o} what all give
/// @param parts {o} what each index gives
struct Fill {
  uint256 cellsO;
  uint256 cellsU;
  uint256 priceO;
  uint256 priceU;
  uint256 limit;
  uint256 fair;
  uint256 wanted;
  uint256 holding;
  uint256 total;
  uint256[] parts;
}

/// @title Rounds: who gives and gets what
/// @notice FAIRNESS. All indices of a fill get the same average price, each in proportion to what it gave; floored, so the dust is
/// nobody's. An order is filled up to its gap and never beyond.
/// OVERFLOW. Amounts are below 2^112, prices below 2^128, values below 2^84: no product of two leaves 256 bits.
/// WALKS. Each loop goes once over the rows: `at` is the place of a row in bytes, the same in every list and column.
library Rounds {
  using Cursors for uint256;
  using Cursors for uint256[];
  using Cursors for int256[];
  using Words for uint256[];

  function create(uint256 rows, uint256 columns) internal pure returns (Round memory round) {
    round.rows = rows;
    round.cells = new uint256[](rows * columns);
    round.deltas = new int256[](rows * columns);
    round.navs = new uint256[](rows);
    round.budgets = new uint256[](rows);
    round.losses = new uint256[](rows);
    round.columns = Words.make(columns * Columns.WORDS);
  }

  /// @notice The cell of an index that holds `holding` of an asset and should hold `target` {tok}: the gap is its order.
  function cellOf(uint256 holding, uint256 target, uint256 price) internal pure returns (uint256) {
    (uint256 excess, uint256 deficit) = Orders.order(holding, target, price);
    unchecked {
      return ((excess - deficit) << 112) | holding;
    }
  }

  /// @notice A fill for use by one trade after the other.
  function newFill(Round memory round) internal pure returns (Fill memory fill) {
    fill.parts = Words.make(round.rows);
  }

  /// @notice Begins a fill. What is not set here `share` sets.
  /// @param limit {1e18}
  /// @param fair {1e18}
  function set(Fill memory fill, Column o, Column u, uint256 limit, uint256 fair) internal pure {
    (fill.cellsO, fill.cellsU) = (o.cells(), u.cells());
    (fill.priceO, fill.priceU) = (o.anchor().price(), u.anchor().price());
    (fill.limit, fill.fair) = (limit, fair);
  }

  /// @notice The asset in place `i` of the round.
  function column(Round memory round, uint256 i) internal pure returns (Column) {
    unchecked {
      return Column.wrap(round.columns.start() + (i << 5) * Columns.WORDS);
    }
  }

  /// @notice What each index can sell of o for u: its excess, and no more than fills its deficit at `factor` times the anchor.
  /// With `fill.limit` below fair each also stays within its loss budget: value x (fair - limit) can be lost.
  function share(Round memory round, Fill memory fill, uint256 factor) internal pure {
    (uint256 cellsO, uint256 cellsU, uint256 priceO, uint256 priceU) =
      (fill.cellsO, fill.cellsU, fill.priceO, fill.priceU);
    uint256 rate = Clock.rateUp(priceO, factor);
    (uint256 budgets, uint256 losses) = (round.budgets.start(), round.losses.start());
    (uint256 wanted, uint256 holding, uint256 total) = (0, 0, 0);
    unchecked {
      uint256 toDelta = round.deltas.start() - round.cells.start();
      bool losing = fill.limit < fill.fair;
      uint256 perBudget = losing ? (ONE << 112) / (fill.fair - fill.limit) : 0; // {1} UQ112, below 2^172
      uint256 parts = fill.parts.start();
      for ((uint256 at, uint256 end) = (0, round.rows << 5); at != end; at += 32) {
        uint256 part;
        uint256 cell = (cellsO + at).load();
        int256 excess = (int256(cell) >> 112) + int256((cellsO + at + toDelta).load());
        int256 gap = (int256((cellsU + at).load()) >> 112) + int256((cellsU + at + toDelta).load());
        if (excess > 0 && gap < 0) {
          part = _div(uint256(-gap) * priceU, rate); // Clock.maxGiven
          if (uint256(excess) < part) part = uint256(excess);
          wanted += part;
          if (losing) {
            (uint256 budget, uint256 loss) = ((budgets + at).load(), (losses + at).load());
            uint256 affordable = loss < budget ? _div((budget - loss) * perBudget, priceO) : 0;
            if (affordable < part) part = affordable;
          }
          if (part != 0) holding += uint112(cell);
          total += part;
        }
        (parts + at).store(part);
      }
    }
    (fill.wanted, fill.holding, fill.total) = (wanted, holding, total);
  }

  /// @notice Scales a fill down to `bound` {o} in all, floored for each.
  function scale(Round memory round, Fill memory fill, uint256 bound) internal pure {
    uint256 wanted = fill.total;
    unchecked {
      uint256 total;
      uint256 part = fill.parts.start();
      for (uint256 end = part + (round.rows << 5); part != end; part += 32) {
        uint256 scaled = _div(part.load() * bound, wanted);
        part.store(scaled);
        total += scaled;
      }
      fill.total = total;
    }
  }

  /// @notice {o} the smallest fill that is worth its gas, of the order that is wanted (docs/rules.md 6).
  function leastOf(Fill memory fill) internal pure returns (uint256) {
    // Far below fair, where only a delisted asset goes, a whole day's budget may afford less than the least fill.
    uint256 wanted = fill.limit * 100 < fill.fair * 98 ? fill.total : fill.wanted;
    return Orders.minFill(wanted, fill.holding, fill.priceO);
  }

  /// @notice Books an executed fill: `received` {u} is shared by what was given.
  function book(Round memory round, Fill memory fill, uint256 received) internal pure {
    if (received >> 128 != 0) revert Orders.OutOfRange(received, fill.priceU);
    (uint256 total, uint256 parts) = (fill.total, fill.parts.start());
    unchecked {
      for ((uint256 at, uint256 end) = (0, round.rows << 5); at != end; at += 32) {
        uint256 given = (parts + at).load();
        if (given != 0) _book(round, at, fill, given, _div(received * given, total), true);
      }
    }
  }

  /// @notice Crosses two mirror fills at the anchors: nobody loses beyond rounding.
  /// @return x {o} that changed hands
  /// @return y {u} that changed hands
  function cross(Round memory round, Fill memory sale, Fill memory mirror)
    internal
    pure
    returns (uint256 x, uint256 y)
  {
    (x, y) = Crossing.crossed(sale.total, mirror.total, sale.priceO, sale.priceU);
    if (x == 0 || y == 0) return (0, 0);
    for ((uint256 at, uint256 end) = (0, round.rows << 5); at != end; at += 32) {
      _crossPart(round, at, sale, x, y);
      _crossPart(round, at, mirror, y, x);
    }
  }

  /// @dev What one index gives of the `given` {o} and gets of the `got` {u} that its side of a crossing gives and gets.
  function _crossPart(Round memory round, uint256 at, Fill memory fill, uint256 given, uint256 got) private pure {
    (uint256 part, uint256 total) = ((fill.parts.start() + at).load(), fill.total);
    if (part == 0) return;
    (given, got) = (Crossing.partUp(given, part, total), Crossing.partDown(got, part, total));
    // At the anchor it loses roundings only, which are not worth a write for every index.
    _book(round, at, fill, given, got, fill.fair != ONE);
  }

  /// @dev Books `given` of o and `got` of u for one index, and what it lost by that {base}. The fair factor scales the value, not the
  /// price: a price has 128 bits, and the factor is large when u has crashed.
  function _book(Round memory round, uint256 at, Fill memory fill, uint256 given, uint256 got, bool losing)
    private
    pure
  {
    unchecked {
      uint256 toDelta = at + round.deltas.start() - round.cells.start();
      (uint256 deltaO, uint256 deltaU) = (fill.cellsO + toDelta, fill.cellsU + toDelta);
      deltaO.store(deltaO.load() - given);
      deltaU.store(deltaU.load() + got);
      if (!losing) return;
      uint256 valueGiven = Orders.valueWithin(given, fill.priceO);
      if (fill.fair != ONE) valueGiven = FixedPoint.mulDivUp(valueGiven, fill.fair, ONE);
      uint256 valueGot = Orders.valueWithin(got, fill.priceU);
      if (valueGiven <= valueGot) return;
      uint256 loss = round.losses.start() + at;
      loss.store(loss.load() + valueGiven - valueGot);
    }
  }

  /// @dev floor(a / b) for b > 0: the divisors above are prices, rates and totals that are not 0. A checked division costs 40 gas more.
  function _div(uint256 a, uint256 b) private pure returns (uint256 c) {
    assembly ("memory-safe") {
      c := div(a, b)
    }
  }
}
