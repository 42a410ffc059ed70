// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BASIS_POINT, FixedPoint, ONE} from "../../math/FixedPoint.sol";

/// @title Clock: the limit of a sale falls with time, so nobody has to trust a keeper (docs/rules.md 6)
///
/// A sale of o for u has the anchor price anchorO / anchorU {u/o}. A factor {1e18} scales it: at the opening the limit stands
/// above the anchor by what the feeds may be wrong (q = q_o + q_u) and 20 bp more, then falls 5 bp a minute; it never falls
/// below the price of now less a floor. Prices {base/tok} are UQ112 below 2^128, amounts {tok} below 2^112.
/// ROUNDING. The limit is rounded up, against the filler; what may be given is rounded down.
library Clock {
  /// @dev Margin over q at the opening: 20 bp {1e18}.
  uint256 internal constant OPENING_MARGIN = 20 * BASIS_POINT;
  /// @dev Fall of the limit per minute: 5 bp {1e18/min}.
  uint256 internal constant FALL_PER_MINUTE = 5 * BASIS_POINT;
  /// @dev The floor under the limit: 100 bp below the price of now {bp}; the same again for each day since a delisting.
  uint256 internal constant FLOOR_BPS = 100;
  /// @dev The widest floor of a delisted asset {bp}.
  uint256 internal constant MAX_FLOOR_BPS = 3000;

  /// @notice The factor of the clock: 1 + q + 20 bp - 5 bp per minute, not below 0.
  /// @param qBps deviation thresholds of both feeds, summed {bp}
  /// @param elapsed {s} since the opening of the epoch
  /// @return {1e18} rounded up: the fall is floored
  function clockFactor(uint256 qBps, uint256 elapsed) internal pure returns (uint256) {
    uint256 start = ONE + qBps * BASIS_POINT + OPENING_MARGIN;
    uint256 fall = (FALL_PER_MINUTE * elapsed) / 1 minutes;
    unchecked {
      return fall < start ? start - fall : 0;
    }
  }

  /// @notice The factor that stands for the price of now less the floor, against the anchor; rounded up.
  /// @param anchorO {base/o} > 0
  /// @param anchorU {base/u}
  /// @param nowO {base/o}
  /// @param nowU {base/u} > 0
  /// @param floorBps_ {bp} <= 10 000
  /// @return {1e18}
  function nowFactor(uint256 anchorO, uint256 anchorU, uint256 nowO, uint256 nowU, uint256 floorBps_)
    internal
    pure
    returns (uint256)
  {
    return FixedPoint.mulDivUp(nowO * anchorU, (10_000 - floorBps_) * BASIS_POINT, nowU * anchorO);
  }

  /// @notice The factor that binds: the higher of `clockFactor` and `nowFactor` {1e18}.
  function limitFactor(uint256 clockFactor_, uint256 nowFactor_) internal pure returns (uint256) {
    return clockFactor_ > nowFactor_ ? clockFactor_ : nowFactor_;
  }

  /// @notice The factor below which a fill loses: the price of now against the anchor, at least the anchor; rounded up.
  /// @param anchorO {base/o} > 0
  /// @param anchorU {base/u}
  /// @param nowO {base/o}
  /// @param nowU {base/u} > 0
  /// @return {1e18} >= 1e18
  function fairFactor(uint256 anchorO, uint256 anchorU, uint256 nowO, uint256 nowU) internal pure returns (uint256) {
    return limitFactor(ONE, nowFactor(anchorO, anchorU, nowO, nowU, 0));
  }

  /// @notice The least that `given` of o must bring, rounded up.
  /// @param given {o}
  /// @param anchorO {base/o}
  /// @param anchorU {base/u} > 0
  /// @param factor {1e18}
  /// @return {u}
  function minReceived(uint256 given, uint256 anchorO, uint256 anchorU, uint256 factor)
    internal
    pure
    returns (uint256)
  {
    return FixedPoint.mulDivUp(given * anchorO, factor, ONE * anchorU);
  }

  /// @notice The price of o at a factor of the anchor, rounded up: what `maxGiven` divides by.
  /// @param anchorO {base/o} > 0
  /// @param factor {1e18} > 0
  /// @return {base/o} UQ112 > 0
  function rateUp(uint256 anchorO, uint256 factor) internal pure returns (uint256) {
    return FixedPoint.ceilDiv(anchorO * factor, ONE);
  }

  /// @notice How much of o may be given so that `received` of u pays for it: floor(received * anchorU / rateUp(anchorO, factor)).
  /// @dev minReceived(maxGiven(r)) <= r: with a rate rounded up, g * rate <= r * anchorU, so ceil(g * rate / anchorU) <= r, and the
  /// exact rate asks no more. One division instead of a 512-bit one; the rate is above 2^40, so it misses the largest by at most 2^-40.
  /// @param received {u}
  /// @param anchorO {base/o} > 0
  /// @param anchorU {base/u}
  /// @param factor {1e18} > 0
  /// @return {o}
  function maxGiven(uint256 received, uint256 anchorO, uint256 anchorU, uint256 factor)
    internal
    pure
    returns (uint256)
  {
    return received * anchorU / rateUp(anchorO, factor);
  }

  /// @notice Whether mirror orders may cross at the anchor: the clocks of both directions have come down to it. The q of a
  /// pair is the same in both directions, so they meet at the anchor, after 24 minutes for q = 100 bp.
  /// @param qBps {bp}
  /// @param elapsed {s}
  function crossOpen(uint256 qBps, uint256 elapsed) internal pure returns (bool) {
    return clockFactor(qBps, elapsed) <= ONE;
  }

  /// @notice How far below the price of now a limit may fall: 100 bp; for a delisted asset 100 bp a day (counted by the
  /// second) since its delisting, at least 100 and at most 3 000 bp.
  /// @param delistedSince {s} timestamp of the delisting, 0 for a listed asset
  /// @param now_ {s} >= delistedSince
  /// @return {bp} floored
  function floorBps(uint256 delistedSince, uint256 now_) internal pure returns (uint256) {
    if (delistedSince == 0) return FLOOR_BPS;
    uint256 wide = (FLOOR_BPS * (now_ - delistedSince)) / 1 days;
    if (wide <= FLOOR_BPS) return FLOOR_BPS;
    return wide < MAX_FLOOR_BPS ? wide : MAX_FLOOR_BPS;
  }
}
