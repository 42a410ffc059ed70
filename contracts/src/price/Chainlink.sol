// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Bound} from "./Bound.sol";
import {IPriceFeed, Quotes, Source} from "./IPriceFeed.sol";

/// @dev The part of Chainlink's proxies and aggregators that is read here.
interface IChainlinkFeed {
  function latestRoundData()
    external
    view
    returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
  function decimals() external view returns (uint8);
  function aggregator() external view returns (address); // proxies only
  function minAnswer() external view returns (int192); // aggregators only
  function maxAnswer() external view returns (int192); // aggregators only
}

/// @dev A feed and all that judging its answer needs, in one slot:
///
///   bits   0..159  feed
///   bits 160..181  heartbeat  {s}
///   bits 182..195  qBps       {bps}
///   bits 196..215  min        Bound: an answer has to lie above it
///   bits 216..235  max        Bound: an answer has to lie below it; at most 2^96
///   bits 236..243  exponent   of the whole path, signed (see Prices); kept in the path's first source
///   bit  244       another source follows
type PackedSource is uint256;

using Chainlink for PackedSource global;

/// @title Reading a Chainlink feed without trusting it (docs/rules.md 5)
/// @dev Assumptions.
///   TRUST: a feed may revert, burn all gas it gets, return any number of any bytes: it then counts as dead. An answer that
///   passes all checks is believed.
///   LIVENESS: a feed gets at most GAS_CAP gas. Less than that left reverts, so nobody can make a live feed look dead by giving
///   a transaction too little gas (EIP-150: a call gets at most 63/64 of what is left).
library Chainlink {
  using Bound for uint256;

  /// @dev {gas} most that one read may cost. A proxy with its aggregator needs about 12 000 when cold, adapters that combine
  /// several feeds some 60 000.
  uint256 internal constant GAS_CAP = 100_000;
  /// @dev {gas} needed before a read so that all of GAS_CAP arrives: GAS_CAP * 64 / 63, 2 600 for a cold account, and slack.
  uint256 internal constant GAS_NEEDED = 105_000;
  /// @dev {s} how long a price counts after its feed went stale, or after it was stored
  uint256 internal constant FROZEN_FOR = 24 hours;
  /// @dev {s} least grace on top of a heartbeat
  uint256 internal constant MIN_GRACE = 5 minutes;
  /// @dev {s} how long a sequencer has to be up before answers are trusted for trading
  uint256 internal constant SEQUENCER_GRACE = 1 hours;
  /// @dev {s}
  uint256 internal constant MAX_HEARTBEAT = 30 days;
  /// @dev {bps}
  uint256 internal constant MAX_Q_BPS = 5000;
  /// @dev Answers are below it: two of them multiply to less than 2^192.
  uint256 internal constant MAX_ANSWER = (1 << 96) - 1;

  // ----------------------------------------------------------------- reading

  /// @notice The answer of a feed and what it is worth: LIVE, FROZEN (stale for at most 24 h) or DEAD.
  /// @return answer in 1 .. MAX_ANSWER; 0 when DEAD
  function read(PackedSource self) internal view returns (uint256 answer, uint256 status) {
    (bool ok, uint256 roundId, uint256 given,, uint256 updatedAt, uint256 answeredInRound) = _latestRound(self.feed());
    (uint256 lower, uint256 upper) = (self.lowerBound(), self.upperBound());
    // One condition, for the gas: `&&` would jump five times.
    // - Taken as unsigned, a negative answer is above every upper bound.
    // - An answer carried over from an earlier round was never confirmed in this one.
    // - No answer comes from the future.
    bool good;
    assembly ("memory-safe") {
      good := and(and(ok, gt(given, lower)), lt(given, upper))
      good := and(good, gt(roundId, 0))
      good := and(good, iszero(lt(answeredInRound, roundId)))
      good := and(good, iszero(gt(updatedAt, timestamp())))
    }
    if (!good) return (0, Quotes.DEAD);

    // Never updated (0) is older than any heartbeat allows.
    unchecked {
      uint256 age = block.timestamp - updatedAt;
      uint256 limit = maxAge(self.heartbeat());
      if (age <= limit) return (given, Quotes.LIVE);
      if (age - limit <= FROZEN_FOR) return (given, Quotes.FROZEN);
      return (0, Quotes.DEAD);
    }
  }

  /// @notice {s} age up to which an answer is live: the heartbeat and a tenth of it, at least 5 minutes more.
  function maxAge(uint256 heartbeat_) internal pure returns (uint256) {
    unchecked {
      uint256 grace = heartbeat_ / 10;
      return heartbeat_ + (grace > MIN_GRACE ? grace : MIN_GRACE);
    }
  }

  /// @notice Whether the sequencer of this chain is up, for an hour at least. Its feed answers 0 for up, 1 for down, and
  /// `startedAt` is the time of the last change.
  function sequencerUp(address sequencer) internal view returns (bool) {
    (bool ok,, uint256 answer, uint256 startedAt,,) = _latestRound(sequencer);
    if (!ok || answer != 0 || startedAt == 0 || startedAt > block.timestamp) return false;
    return block.timestamp - startedAt >= SEQUENCER_GRACE;
  }

  // ----------------------------------------------------------------- packing

  /// @notice Checks a source and packs it with the bounds of its aggregator.
  function pack(Source memory source) internal view returns (PackedSource) {
    (uint256 heartbeat_, uint256 q) = (source.heartbeat, source.qBps);
    if (source.feed.code.length == 0 || heartbeat_ == 0 || heartbeat_ > MAX_HEARTBEAT || q > MAX_Q_BPS) {
      revert IPriceFeed.BadSource(source.feed, heartbeat_, q);
    }
    return _withBounds(uint256(uint160(source.feed)) | (heartbeat_ << 160) | (q << 182));
  }

  /// @notice The same source with the bounds that its aggregator has now.
  function withBoundsOfNow(PackedSource self) internal view returns (PackedSource) {
    uint256 boundBits = ((1 << 40) - 1) << 196;
    return _withBounds(PackedSource.unwrap(self) & ~boundBits);
  }

  /// @notice The same source as the first of a path.
  function asFirst(PackedSource self, int256 exponent_, bool followed_) internal pure returns (PackedSource) {
    uint256 bits = (uint256(uint8(int8(exponent_))) << 236) | (uint256(followed_ ? 1 : 0) << 244);
    return PackedSource.wrap(PackedSource.unwrap(self) | bits);
  }

  function unpack(PackedSource self) internal pure returns (Source memory) {
    return Source({feed: self.feed(), heartbeat: uint32(self.heartbeat()), qBps: uint16(self.qBps())});
  }

  function feed(PackedSource self) internal pure returns (address) {
    return address(uint160(PackedSource.unwrap(self)));
  }

  function heartbeat(PackedSource self) internal pure returns (uint256) {
    return (PackedSource.unwrap(self) >> 160) & 0x3fffff;
  }

  function qBps(PackedSource self) internal pure returns (uint256) {
    return (PackedSource.unwrap(self) >> 182) & 0x3fff;
  }

  function lowerBound(PackedSource self) internal pure returns (uint256) {
    return ((PackedSource.unwrap(self) >> 196) & 0xfffff).decode();
  }

  function upperBound(PackedSource self) internal pure returns (uint256) {
    return ((PackedSource.unwrap(self) >> 216) & 0xfffff).decode();
  }

  function exponent(PackedSource self) internal pure returns (int256) {
    return int8(uint8(PackedSource.unwrap(self) >> 236));
  }

  function isFollowed(PackedSource self) internal pure returns (bool) {
    return (PackedSource.unwrap(self) >> 244) & 1 != 0;
  }

  // ----------------------------------------------------------------- bounds

  /// @dev Adds the aggregator's bounds to a source. A feed that gives no bounds gets (0, MAX_ANSWER).
  function _withBounds(uint256 bits) private view returns (PackedSource) {
    address proxy = address(uint160(bits));
    (bool hasAggregator, uint256 word) = _word(proxy, IChainlinkFeed.aggregator.selector);
    address aggregator = hasAggregator ? address(uint160(word)) : proxy;
    (bool hasMin, uint256 minWord) = _word(aggregator, IChainlinkFeed.minAnswer.selector);
    (bool hasMax, uint256 maxWord) = _word(aggregator, IChainlinkFeed.maxAnswer.selector);

    int256 min = hasMin ? int256(minWord) : int256(0);
    int256 max = hasMax ? int256(maxWord) : int256(MAX_ANSWER);
    if (max <= 0 || min >= max) revert IPriceFeed.BadBounds(proxy, min, max);
    uint256 lower = min <= 0 ? 0 : uint256(min);
    uint256 upper = uint256(max) > MAX_ANSWER ? MAX_ANSWER : uint256(max);
    if (lower > MAX_ANSWER) revert IPriceFeed.BadBounds(proxy, min, max);
    return PackedSource.wrap(bits | (lower.encodeUp() << 196) | (upper.encodeDown() << 216));
  }

  // ----------------------------------------------------------------- calls

  /// @dev One word from a view without arguments; `ok` is false when there is none.
  function _word(address target, bytes4 selector) private view returns (bool ok, uint256 word) {
    _requireGas();
    uint256 cap = GAS_CAP;
    assembly ("memory-safe") {
      mstore(0, selector)
      ok := staticcall(cap, target, 0, 4, 0, 32)
      ok := and(ok, gt(returndatasize(), 31))
      word := mul(mload(0), ok)
    }
  }

  /// @dev `latestRoundData`, of which at most five words are copied.
  function _latestRound(address target)
    private
    view
    returns (bool ok, uint256 roundId, uint256 answer, uint256 startedAt, uint256 updatedAt, uint256 answeredInRound)
  {
    _requireGas();
    bytes4 selector = IChainlinkFeed.latestRoundData.selector;
    uint256 cap = GAS_CAP;
    assembly ("memory-safe") {
      let words := mload(0x40) // scratch beyond what is allocated: nothing is kept there
      mstore(words, selector)
      ok := staticcall(cap, target, words, 4, words, 160)
      ok := and(ok, gt(returndatasize(), 159))
      roundId := mload(words)
      answer := mload(add(words, 32))
      startedAt := mload(add(words, 64))
      updatedAt := mload(add(words, 96))
      answeredInRound := mload(add(words, 128))
    }
  }

  function _requireGas() private view {
    if (gasleft() < GAS_NEEDED) revert IPriceFeed.NotEnoughGas(gasleft(), GAS_NEEDED);
  }
}
