// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Cursors} from "../math/Cursors.sol";
import {Quote, Quotes} from "../price/IPriceFeed.sol";
import {Anchor} from "./Anchors.sol";

/// @notice A traded asset of a round: where its four words lie in memory.
type Column is uint256;

using Columns for Column global;

/// @title Columns: the traded assets of a round, with their prices at the opening and of now
library Columns {
  using Cursors for uint256;
  using Quotes for Quote;

  uint256 internal constant WORDS = 4;

  /// @param cells_ where its cells lie in memory
  function set(Column self, uint256 asset_, Anchor anchor_, Quote quote_, uint256 cells_) internal pure {
    uint256 at = Column.unwrap(self);
    unchecked {
      at.store(asset_);
      (at + 32).store(Anchor.unwrap(anchor_));
      (at + 64).store(Quote.unwrap(quote_));
      (at + 96).store(cells_);
    }
  }

  function asset(Column self) internal pure returns (address) {
    return address(uint160(Column.unwrap(self).load()));
  }

  function anchor(Column self) internal pure returns (Anchor) {
    unchecked {
      return Anchor.wrap((Column.unwrap(self) + 32).load());
    }
  }

  function quote(Column self) internal pure returns (Quote) {
    unchecked {
      return Quote.wrap((Column.unwrap(self) + 64).load());
    }
  }

  /// @notice Where its cells lie in memory, one word for each index.
  function cells(Column self) internal pure returns (uint256) {
    unchecked {
      return (Column.unwrap(self) + 96).load();
    }
  }

  /// @notice Whether the asset is live now and was live at the opening.
  function tradable(Column self) internal pure returns (bool) {
    return self.quote().status() == Quotes.LIVE && self.anchor().live();
  }
}
