// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SSTORE2} from "solady/utils/SSTORE2.sol";
import {Quote, Quotes} from "../price/IPriceFeed.sol";

/// @notice What an opening remembers of an asset: UQ112 price {base/tok} (128 bits, 0 when dead) | q {bps} (16) | status (8) |
/// delisted since {s} (40) | 64 bits unused.
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

  /// @return {base/tok} UQ112; 0 when the asset counts neither in value nor in targets
  function price(Anchor self) internal pure returns (uint256) {
    return Anchor.unwrap(self) >> 128;
  }

  function qBps(Anchor self) internal pure returns (uint256) {
    return uint16(Anchor.unwrap(self) >> 112);
  }

  function delistedSince(Anchor self) internal pure returns (uint256) {
    return uint40(Anchor.unwrap(self) >> 64);
  }

  function withDelistedSince(Anchor self, uint256 since) internal pure returns (Anchor) {
    return Anchor.wrap(Anchor.unwrap(self) | since << 64);
  }

  /// @notice Whether the asset may be traded.
  function live(Anchor self) internal pure returns (bool) {
    return uint8(Anchor.unwrap(self) >> 104) == Quotes.LIVE;
  }

  /// @notice Whether the asset has a target: it has a price and is listed.
  function aimed(Anchor self) internal pure returns (bool) {
    return self.price() != 0 && self.delistedSince() == 0;
  }

  function store(address[] calldata assets, uint256[] memory anchors) internal returns (address blob) {
    bytes memory data = new bytes(assets.length * SIZE + 32);
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
    return SSTORE2.write(data);
  }

  /// @notice The assets of an opening, ascending, and their anchors. One more asset, above all addresses, ends the list: a walk needs
  /// no other bound.
  function load(address blob) internal view returns (uint256[] memory assets, uint256[] memory anchors) {
    bytes memory data = SSTORE2.read(blob);
    uint256 n = data.length / SIZE;
    assets = new uint256[](n + 1);
    anchors = new uint256[](n);
    assembly ("memory-safe") {
      let asset := add(assets, 32)
      let anchor := add(anchors, 32)
      let entry := add(data, 32)
      for { let end := add(anchor, shl(5, n)) } lt(anchor, end) { entry := add(entry, 44) } {
        mstore(asset, shr(96, mload(entry)))
        // 24 bytes are the entry's own, the lower 8 belong to the next entry
        mstore(anchor, and(mload(add(entry, 20)), not(0xffffffffffffffff)))
        asset := add(asset, 32)
        anchor := add(anchor, 32)
      }
      mstore(asset, not(0))
    }
  }
}
