// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedPoint, ONE} from "../math/FixedPoint.sol";
import {Words} from "../math/Words.sol";
import {Anchor} from "./Anchors.sol";
import {Clock} from "./rules/Clock.sol";
import {Crossing} from "./rules/Crossing.sol";
import {Orders} from "./rules/Orders.sol";

/// @dev One round of trades. Columns are the traded assets, rows the indices; a matrix is column by column.
/// @param cells signed gap to the target {tok} << 112 | holding {tok}: a gap above 0 is to be sold, below 0 to be bought. The holding
/// stays as it was at the start of the round: it only scales the smallest fill.
/// @param deltas {tok} what was booked so far
/// @param navs {base}
/// @param budgets {base} what each index may still lose
/// @param losses {base} what each index lost in this round
struct Round {
  uint256 opening;
  uint256 elapsed;
  uint256 rows;
  address[] assets;
  Anchor[] anchors;
  int256[] cells;
  int256[] deltas;
  uint256[] navs;
  uint256[] budgets;
  uint256[] losses;
}

/// @dev One fill in the making: o is sold for u.
/// @param limit {1e18} factor of the anchor that the fill must reach
/// @param fair {1e18} factor of the anchor below which a fill loses: the price of now, at least the anchor
/// @param wanted {o} what all indices together would give if their budgets allowed it
/// @param parts {o} what each index gives
/// @param total {o} their sum
struct Fill {
  uint256 o;
  uint256 u;
  uint256 priceO;
  uint256 priceU;
  uint256 limit;
  uint256 fair;
  uint256 wanted;
  uint256 total;
  uint256[] parts;
}

/// @title Rounds: who gives and gets what
/// @notice FAIRNESS. All indices of a fill get the same average price, each in proportion to what it gave; floored, so the dust is
/// nobody's. An order is filled up to its gap and never beyond.
/// OVERFLOW. Amounts are below 2^112, prices below 2^128, values below 2^84: no product of two leaves 256 bits.
library Rounds {
  using Words for uint256[];
  using Words for int256[];

  function create(uint256 rows, uint256 columns) internal pure returns (Round memory round) {
    round.rows = rows;
    round.anchors = new Anchor[](columns);
    round.cells = new int256[](rows * columns);
    round.deltas = new int256[](rows * columns);
    round.navs = new uint256[](rows);
    round.budgets = new uint256[](rows);
    round.losses = new uint256[](rows);
  }

  /// @notice The cell of an index that holds `holding` of an asset and should hold `target` {tok}: the gap is its order.
  function cellOf(uint256 holding, uint256 target, uint256 price) internal pure returns (int256) {
    (uint256 excess, uint256 deficit) = Orders.order(holding, target, price);
    unchecked {
      return ((int256(excess) - int256(deficit)) << 112) | int256(holding);
    }
  }

  function fillOf(Round memory round, uint256 o, uint256 u) internal pure returns (Fill memory fill) {
    (fill.o, fill.u) = (o, u);
    (fill.priceO, fill.priceU) = (round.anchors[o].price(), round.anchors[u].price());
    fill.parts = Words.make(round.rows);
  }

  /// @notice What each index can sell of o for u: its excess, and no more than fills its deficit at `factor` times the anchor.
  /// With `fill.limit` below 1 each also stays within its loss budget: value x (1 - limit) can be lost.
  function share(Round memory round, Fill memory fill, uint256 factor) internal pure {
    (uint256 priceU, uint256 rate) = (fill.priceU, Clock.rateUp(fill.priceO, factor));
    (uint256 cellsO, uint256 cellsU) =
      (_column(round.cells, round.rows, fill.o), _column(round.cells, round.rows, fill.u));
    (uint256[] memory parts, uint256 rows, uint256 total) = (fill.parts, round.rows, 0);
    assembly ("memory-safe") {
      let at := add(parts, 32)
      for { let end := add(at, shl(5, rows)) } lt(at, end) { at := add(at, 32) } {
        let excess := sar(112, mload(cellsO))
        let gap := sar(112, mload(cellsU))
        let part := 0
        if and(sgt(excess, 0), slt(gap, 0)) {
          part := div(mul(sub(0, gap), priceU), rate) // Clock.maxGiven
          if lt(excess, part) { part := excess }
          total := add(total, part)
        }
        mstore(at, part)
        cellsO := add(cellsO, 32)
        cellsU := add(cellsU, 32)
      }
    }
    (fill.wanted, fill.total) = (total, total);
    if (fill.limit < fill.fair && fill.total != 0) _withinBudgets(round, fill);
  }

  /// @notice Scales a fill down to `bound` {o} in all, floored for each.
  function scale(Round memory round, Fill memory fill, uint256 bound) internal pure {
    (uint256 rows, uint256 wanted) = (round.rows, fill.total);
    uint256[] memory parts = fill.parts;
    unchecked {
      uint256 total;
      for (uint256 row; row < rows; ++row) {
        uint256 part = parts.at(row) * bound / wanted;
        parts.put(row, part);
        total += part;
      }
      fill.total = total;
    }
  }

  /// @notice {o} the smallest fill that is worth its gas, of the order that is wanted (docs/rules.md 6).
  function leastOf(Round memory round, Fill memory fill) internal pure returns (uint256) {
    uint256 rows = round.rows;
    (int256[] memory cells, uint256[] memory parts) = (round.cells, fill.parts);
    uint256 holding;
    unchecked {
      uint256 atO = fill.o * rows;
      for (uint256 row; row < rows; ++row) {
        if (parts.at(row) != 0) holding += uint112(uint256(cells.at(atO + row)));
      }
    }
    // Far below fair, where only a delisted asset goes, a whole day's budget may afford less than the least fill.
    uint256 wanted = fill.limit * 100 < fill.fair * 98 ? fill.total : fill.wanted;
    return Orders.minFill(wanted, holding, fill.priceO);
  }

  /// @notice Books an executed fill: `received` {u} is shared by what was given.
  function book(Round memory round, Fill memory fill, uint256 received) internal pure {
    (uint256 rows, uint256 total) = (round.rows, fill.total);
    uint256[] memory parts = fill.parts;
    unchecked {
      for (uint256 row; row < rows; ++row) {
        uint256 given = parts.at(row);
        if (given == 0) continue;
        uint256 got = received * given / total;
        _move(round, row, fill.o, fill.u, given, got);
        _bookLoss(round, row, fill, given, got);
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
    for (uint256 row; row < round.rows; ++row) {
      if (sale.parts.at(row) != 0) _crossPart(round, row, sale, x, y);
      else if (mirror.parts.at(row) != 0) _crossPart(round, row, mirror, y, x);
    }
  }

  /// @dev What one index gives of the `given` {o} and gets of the `got` {u} that its side of a crossing gives and gets.
  function _crossPart(Round memory round, uint256 row, Fill memory fill, uint256 given, uint256 got) private pure {
    (uint256 part, uint256 total) = (fill.parts.at(row), fill.total);
    (given, got) = (Crossing.partUp(given, part, total), Crossing.partDown(got, part, total));
    _move(round, row, fill.o, fill.u, given, got);
    // At the anchor it loses roundings only, which are not worth a write for every index.
    if (fill.fair != ONE) _bookLoss(round, row, fill, given, got);
  }

  function _withinBudgets(Round memory round, Fill memory fill) private pure {
    (uint256 rows, uint256 priceO) = (round.rows, fill.priceO);
    (uint256[] memory parts, uint256[] memory budgets) = (fill.parts, round.budgets);
    unchecked {
      uint256 perBudget = (ONE << 112) / (fill.fair - fill.limit); // {1} UQ112, below 2^172
      uint256 total;
      for (uint256 row; row < rows; ++row) {
        uint256 part = parts.at(row);
        uint256 affordable = budgets.at(row) * perBudget / priceO;
        if (affordable < part) {
          part = affordable;
          parts.put(row, part);
        }
        total += part;
      }
      fill.total = total;
    }
  }

  /// @dev Books what an index lost by a fill {base}. The fair factor scales the value, not the price: a price has 128 bits, and the factor is
  /// large when u has crashed.
  function _bookLoss(Round memory round, uint256 row, Fill memory fill, uint256 given, uint256 got) private pure {
    uint256 valueGiven = Orders.valueOf(given, fill.priceO);
    if (fill.fair != ONE) valueGiven = FixedPoint.mulDivUp(valueGiven, fill.fair, ONE);
    uint256 valueGot = Orders.valueOf(got, fill.priceU);
    if (valueGiven <= valueGot) return;
    unchecked {
      uint256 loss = valueGiven - valueGot;
      uint256 budget = round.budgets.at(row);
      round.losses.put(row, round.losses.at(row) + loss);
      round.budgets.put(row, loss < budget ? budget - loss : 0);
    }
  }

  /// @dev Books `given` of o and `got` of u for one index.
  function _move(Round memory round, uint256 row, uint256 o, uint256 u, uint256 given, uint256 got) private pure {
    (uint256 cells, uint256 deltas) = (_column(round.cells, round.rows, o), _column(round.deltas, round.rows, o));
    int256 step;
    unchecked {
      step = (int256(u) - int256(o)) * int256(round.rows) * 32;
    }
    assembly ("memory-safe") {
      let place := shl(5, row)
      cells := add(cells, place)
      deltas := add(deltas, place)
      mstore(cells, sub(mload(cells), shl(112, given)))
      mstore(deltas, sub(mload(deltas), given))
      cells := add(cells, step)
      deltas := add(deltas, step)
      mstore(cells, add(mload(cells), shl(112, got)))
      mstore(deltas, add(mload(deltas), got))
    }
  }

  /// @dev Where column `c` of a matrix begins in memory.
  function _column(int256[] memory matrix, uint256 rows, uint256 c) private pure returns (uint256 at) {
    assembly ("memory-safe") {
      at := add(add(matrix, 32), shl(5, mul(c, rows)))
    }
  }
}
