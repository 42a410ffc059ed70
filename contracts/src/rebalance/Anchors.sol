// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibRLP} from "solady/utils/LibRLP.sol";
import {SSTORE2} from "solady/utils/SSTORE2.sol";
import {Words} from "../math/Words.sol";
import {Quote, Quotes} from "../price/IPriceFeed.sol";

/// @notice What an opening remembers of an asset: UQ112 price {base/tok} (128 bits, 0 when dead) | q {bps} (16) | status (8) |
/// delisted since {s} (40) | 64 bits unused.
type Anchor is uint256;

using Anchors for Anchor global;

/// @title Anchors: the prices of an opening
/// @notice Written once and read by every round of the epoch, so they are the code of a contract: 7 800 gas an asset to write, 6 to read
/// (a slot: 22 100 and 2 100). The contract is made by the rebalancer's own CREATE, so its number is the creator's nonce and its
/// address needs no storage. It holds:
///
///   5 bytes      time of the opening {s}
///   4 bytes      how many delistings there had ever been
///   2 bytes      how many assets
///   39 an asset  asset (20) | price, q and status as in Anchor (19); the highest bit of the status byte says that it was delisted
///   5 each       when, of those that were
library Anchors {
  using Quotes for Quote;

  /// @dev What an opening says besides its anchors.
  /// @param blob address of the contract; zero when there is no such opening
  /// @param at {s}
  /// @param delistings how many there had ever been
  struct Opening {
    address blob;
    uint40 at;
    uint32 delistings;
  }

  error BlobFailed();

  uint256 private constant HEAD = 11;
  uint256 private constant SIZE = 39;
  uint256 private constant SINCE_SIZE = 5;
  uint256 private constant SINCE_MASK = 0xffffffffff0000000000000000;
  uint256 private constant DELISTED = 0x8000000000000000000000000000;

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
    return Anchor.unwrap(self) >> 128 != 0 && Anchor.unwrap(self) & SINCE_MASK == 0;
  }

  /// @notice Writes the blob of an opening, now.
  /// @param number of this creation: the creator's nonce
  /// @param delistings how many there have ever been
  function store(uint256 number, uint256 delistings, uint256[] memory assets, uint256[] memory anchors) internal {
    bytes memory data;
    assembly ("memory-safe") {
      data := mload(0x40)
      let n := mload(anchors)
      mstore(add(data, 32), or(or(shl(216, timestamp()), shl(184, delistings)), shl(168, n)))
      let entry := add(data, add(32, HEAD))
      let since := add(entry, mul(n, SIZE))
      let end := shl(5, add(n, 1))
      for { let i := 32 } lt(i, end) { i := add(i, 32) } {
        let anchor := mload(add(anchors, i))
        mstore(entry, shl(96, mload(add(assets, i))))
        // Only 19 bytes are the entry's own: the next entry, or the first time, goes over the others.
        mstore(add(entry, 20), or(anchor, mul(DELISTED, iszero(iszero(and(anchor, SINCE_MASK))))))
        entry := add(entry, SIZE)
      }
      for { let i := 32 } lt(i, end) { i := add(i, 32) } {
        let when := and(mload(add(anchors, i)), SINCE_MASK)
        if when {
          mstore(since, shl(152, when))
          since := add(since, SINCE_SIZE)
        }
      }
      mstore(data, sub(since, add(data, 32)))
      mstore(0x40, add(since, 32))
    }
    // `find` knows the blob by its number alone.
    if (SSTORE2.write(data) != LibRLP.computeAddress(address(this), number)) revert BlobFailed();
  }

  /// @notice The opening that this contract made as its `number`-th creation; all zero when there is none.
  function find(uint256 number) internal view returns (Opening memory opening) {
    if (number >> 32 != 0) return opening;
    address blob = LibRLP.computeAddress(address(this), number);
    if (blob.code.length == 0) return opening;
    uint256 head;
    assembly ("memory-safe") {
      extcodecopy(blob, 0, 1, 32)
      head := mload(0)
    }
    return Opening(blob, uint40(head >> 216), uint32(head >> 184));
  }

  /// @notice The assets of an opening, ascending, and their anchors. One more asset, above all addresses, ends the list: a walk needs
  /// no other bound.
  function load(address blob) internal view returns (uint256[] memory assets, uint256[] memory anchors) {
    uint256 n;
    assembly ("memory-safe") {
      extcodecopy(blob, 0, 1, 32)
      n := and(shr(168, mload(0)), 0xffff)
    }
    (assets, anchors) = (Words.make(n + 1), Words.make(n));
    assembly ("memory-safe") {
      let entry := mload(0x40) // beyond what is allocated: nothing is kept there
      extcodecopy(blob, entry, add(HEAD, 1), sub(extcodesize(blob), add(HEAD, 1)))
      let since := add(entry, mul(n, SIZE))
      let end := shl(5, add(n, 1))
      for { let i := 32 } lt(i, end) { i := add(i, 32) } {
        mstore(add(assets, i), shr(96, mload(entry)))
        // 19 bytes are the entry's own
        let anchor := shl(104, shr(104, mload(add(entry, 20))))
        if and(anchor, DELISTED) {
          anchor := or(xor(anchor, DELISTED), shl(64, shr(216, mload(since))))
          since := add(since, SINCE_SIZE)
        }
        mstore(add(anchors, i), anchor)
        entry := add(entry, SIZE)
      }
      mstore(add(assets, end), not(0))
    }
  }
}
