// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Quote, Quotes} from "../price/IPriceFeed.sol";

/// @notice What an opening remembers of an asset: UQ112 price {base/tok} (128 bits) | q {bps} (16) | status (8) | delisted since {s} (40).
type Anchor is uint256;

using Anchors for Anchor global;

/// @title Anchors: the prices of an opening, as a code blob of 44 bytes an asset
/// @notice Written once and read by every round of the epoch: 8 800 gas an asset to write, 6 to read (a slot: 22 100 and 2 100).
library Anchors {
  using Quotes for Quote;

  uint256 private constant SIZE = 44;

  function pack(Quote quote, uint256 since) internal pure returns (Anchor) {
    return Anchor.wrap(quote.price() << 128 | quote.qBps() << 112 | quote.status() << 104 | since << 64);
  }

  function price(Anchor self) internal pure returns (uint256) {
    return Anchor.unwrap(self) >> 128;
  }

  function qBps(Anchor self) internal pure returns (uint256) {
    return uint16(Anchor.unwrap(self) >> 112);
  }

  function delistedSince(Anchor self) internal pure returns (uint256) {
    return uint40(Anchor.unwrap(self) >> 64);
  }

  /// @notice Whether the asset counts in value: live, or frozen at its last good price.
  function counts(Anchor self) internal pure returns (bool) {
    return uint8(Anchor.unwrap(self) >> 104) != Quotes.DEAD;
  }

  /// @notice Whether the asset may be traded.
  function live(Anchor self) internal pure returns (bool) {
    return uint8(Anchor.unwrap(self) >> 104) == Quotes.LIVE;
  }

  function encode(address[] calldata assets, uint256[] memory anchors) internal pure returns (bytes memory data) {
    data = new bytes(assets.length * SIZE + 32);
    for (uint256 i; i < assets.length; ++i) {
      address asset = assets[i];
      uint256 anchor = anchors[i];
      assembly ("memory-safe") {
        let entry := add(add(data, 32), mul(i, 44))
        mstore(entry, shl(96, asset))
        mstore(add(entry, 20), anchor)
      }
    }
    assembly ("memory-safe") {
      mstore(data, sub(mload(data), 32))
    }
  }

  function count(bytes memory data) internal pure returns (uint256) {
    return data.length / SIZE;
  }

  function assetAt(bytes memory data, uint256 i) internal pure returns (address asset) {
    assembly ("memory-safe") {
      asset := shr(96, mload(add(add(data, 32), mul(i, 44))))
    }
  }

  function at(bytes memory data, uint256 i) internal pure returns (Anchor anchor) {
    assembly ("memory-safe") {
      // 24 bytes are the entry's, the lower 8 belong to the next entry
      anchor := and(mload(add(add(data, 52), mul(i, 44))), not(0xffffffffffffffff))
    }
  }
}
