// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BASIS_POINT, FixedPoint, ONE} from "../math/FixedPoint.sol";
import {Cursors} from "../math/Cursors.sol";
import {Words} from "../math/Words.sol";
import {IPriceFeed, Quote, Quotes} from "../price/IPriceFeed.sol";
import {AssetList} from "../vault/AssetList.sol";
import {IVault} from "../vault/IVault.sol";
import {Legs} from "../vault/Legs.sol";
import {RawHoldings} from "../vault/RawHoldings.sol";
import {Anchor, Anchors} from "./Anchors.sol";
import {AssetCalls} from "./AssetCalls.sol";
import {IRebalancer} from "./IRebalancer.sol";
import {Orders} from "./rules/Orders.sol";

/// @title Epochs: when an index may be traded, at which anchors, and how much it may lose (docs/rules.md 6)
abstract contract Epochs is IRebalancer {
  using Quotes for Quote;
  using Cursors for uint256;
  using Cursors for uint256[];

  /// @param recipe the index's leg list at the opening; a reweigh makes another and ends the epoch
  /// @param until {s}
  /// @param day UTC day of `lost`
  /// @param lost {1e18 of NAV} value given and not received on that day: a part, so that no mint stretches the budget
  struct Epoch {
    uint32 opening;
    uint48 recipe;
    uint40 openedAt;
    uint40 until;
    uint16 day;
    uint80 lost;
  }

  /// @dev An index at the anchors of an opening.
  /// @param unknown a leg that the opening has no anchor of; 0 when there is none
  /// @param nav {base}
  /// @param weightSum {1e18} of `weights`
  /// @param weights {1e18} of its legs, 0 for those without a target
  /// @param places where the anchors of its legs lie in memory
  struct Valuation {
    address unknown;
    uint256 nav;
    uint256 weightSum;
    uint256[] weights;
    uint256[] places;
  }

  uint256 internal constant EPOCH_PAUSE = 24 hours;
  uint256 internal constant EPOCH_LASTS = 24 hours;
  uint256 internal constant REWEIGH_LASTS = 72 hours;
  /// @dev {bps} drift up to which an index is in tolerance
  uint256 internal constant TOLERANCE_BPS = 50;
  /// @dev {bps of NAV a UTC day}
  uint256 internal constant LOSS_BPS = 15;
  uint256 internal constant REWEIGH_LOSS_BPS = 30;
  uint256 internal constant BP = 10_000;

  IVault public immutable VAULT;
  IPriceFeed public immutable FEED;
  AssetList public immutable ASSETS;

  mapping(address index => Epoch) public epochs;
  uint256 public openingCount;

  constructor(IVault vault, IPriceFeed feed, AssetList assets) {
    VAULT = vault;
    FEED = feed;
    ASSETS = assets;
  }

  /// @inheritdoc IRebalancer
  function open(address[] calldata indices, address[] calldata assets) external override returns (uint256 opening) {
    opening = ++openingCount;
    uint256 delistings = ASSETS.delistings();
    (uint256[] memory sorted, uint256[] memory anchors) = _anchorsNow(assets, delistings);
    Anchors.store(opening, delistings, sorted, anchors);
    address[] memory entered = new address[](indices.length);
    uint256 count;
    bytes memory reason = abi.encodeWithSelector(NoIndices.selector);
    address previous;
    for (uint256 i; i < indices.length; ++i) {
      address index = indices[i];
      if (index <= previous) revert NotAscending(previous, index);
      previous = index;
      uint256 free = Words.free();
      bytes memory refusal = _enter(index, opening, sorted, anchors);
      if (refusal.length == 0) {
        entered[count++] = index;
        // What was read of one index is not needed for the next: its memory is used again.
        Words.release(free);
      } else {
        reason = refusal;
      }
    }
    assembly ("memory-safe") {
      if iszero(count) { revert(add(reason, 32), mload(reason)) }
      mstore(entered, count)
    }
    emit Opened(opening, entered, assets, anchors);
  }

  /// @notice Where the anchors of an opening lie, when it was {s}, and how often any asset had been taken off the list by then.
  function openings(uint256 opening) external view returns (address blob, uint40 at, uint32 delistings) {
    Anchors.Opening memory opened = Anchors.find(opening);
    return (opened.blob, opened.at, opened.delistings);
  }

  /// @notice The assets of an opening, ascending, and their anchors (see Anchor).
  function anchorsOf(uint256 opening) external view returns (uint256[] memory assets, uint256[] memory anchors) {
    (assets, anchors) = Anchors.load(_openingOf(opening).blob);
    assembly ("memory-safe") {
      mstore(assets, mload(anchors))
    }
  }

  function _openingOf(uint256 opening) internal view returns (Anchors.Opening memory opened) {
    opened = Anchors.find(opening);
    if (opened.blob == address(0)) revert UnknownOpening(opening);
  }

  /// @dev Values an index at the anchors. Both lists ascend, and that of the opening ends above all addresses. The legs of `held`
  /// are cut down to their weights, in place.
  function _valuationOf(IVault.Holdings memory held, uint256[] memory assets, uint256[] memory anchors)
    internal
    pure
    returns (Valuation memory valued)
  {
    uint256[] memory places = Words.make(held.legs.length);
    (uint256 nav, uint256 weightSum, uint256 all) = (0, 0, 0);
    unchecked {
      uint256 place = assets.start();
      uint256 toAnchor = anchors.start() - place;
      (uint256 legs, uint256 amounts, uint256 to) = (held.legs.start(), held.amounts.start(), places.start());
      for ((uint256 at, uint256 end) = (0, places.length << 5); at != end; at += 32) {
        uint256 leg = (legs + at).load();
        uint256 asset = leg >> 96;
        while (place.load() < asset) place += 32;
        if (place.load() != asset) {
          valued.unknown = address(uint160(asset));
          return valued;
        }
        (to + at).store(place + toAnchor);
        Anchor anchor = Anchor.wrap((place + toAnchor).load());
        place += 32;
        uint256 amount = (amounts + at).load();
        all |= amount;
        nav += Orders.valueWithin(amount, anchor.price());
        uint256 weight = anchor.aimed() ? Legs.weightOf(leg) : 0;
        weightSum += weight;
        (legs + at).store(weight);
      }
    }
    // One check for all of `valueWithin` and `targetWithin`, and for the 112 bits that a cell has for a holding.
    if (all >> 112 != 0 || nav >> 84 != 0 || weightSum > ONE) revert Orders.OutOfRange(all, nav);
    (valued.nav, valued.weightSum, valued.weights, valued.places) = (nav, weightSum, held.legs, places);
  }

  /// @dev {tok} what an index should hold of a leg. An asset without a price keeps what it has, a delisted one has target 0, and the
  /// others share the whole in proportion to their weights (docs/rules.md 5 and 6).
  function _targetOf(Valuation memory valued, uint256 weight, uint256 price) internal pure returns (uint256) {
    if (weight == 0) return 0;
    unchecked {
      if (valued.weightSum != ONE) weight = weight * ONE / valued.weightSum;
    }
    return Orders.targetWithin(valued.nav, weight, price);
  }

  /// @dev {base} what an index may still lose today
  function _budgetOf(Epoch memory epoch, uint256 nav) internal view returns (uint256) {
    unchecked {
      bool reweigh = epoch.until - epoch.openedAt > EPOCH_LASTS;
      uint256 most = (reweigh ? REWEIGH_LOSS_BPS : LOSS_BPS) * BASIS_POINT;
      uint256 lost = epoch.day == _today() ? epoch.lost : 0;
      return lost < most ? nav * (most - lost) / ONE : 0; // nav < 2^84
    }
  }

  /// @param loss {base} of this round
  function _addLoss(address index, uint256 loss, uint256 nav) internal {
    Epoch storage epoch = epochs[index];
    (uint256 day, uint256 lost, uint256 today) = (epoch.day, epoch.lost, _today());
    lost = (day == today ? lost : 0) + FixedPoint.ceilDiv(loss * ONE, nav);
    if (lost > type(uint80).max) lost = type(uint80).max;
    // `day` and `lost` are the highest 96 bits of the epoch's only word: written at once.
    assembly ("memory-safe") {
      sstore(epoch.slot, or(shr(96, shl(96, sload(epoch.slot))), shl(160, or(today, shl(16, lost)))))
    }
  }

  function _today() internal view returns (uint16) {
    return uint16(block.timestamp / 1 days);
  }

  /// @dev The assets of an opening, ended as by `Anchors.load`, and their anchors.
  /// @param delistings how many there have ever been: while there was none, no asset has to be asked
  function _anchorsNow(address[] calldata assets, uint256 delistings)
    private
    returns (uint256[] memory sorted, uint256[] memory anchors)
  {
    Quote[] memory quotes = AssetCalls.refreshed(FEED, assets);
    uint256 n = assets.length;
    (sorted, anchors) = (Words.make(n + 1), Words.make(n));
    address previous;
    for (uint256 i; i < n; ++i) {
      address asset = assets[i];
      if (asset <= previous) revert NotAscending(previous, asset);
      previous = asset;
      sorted[i] = uint160(asset);
      uint256 since = delistings == 0 ? 0 : ASSETS.delistedSince(asset);
      anchors[i] = Anchor.unwrap(Anchors.pack(quotes[i], since));
    }
    sorted[n] = type(uint256).max;
  }

  /// @return refusal why the index stays out; empty when it entered. One index that may not enter keeps no other out.
  function _enter(address index, uint256 opening, uint256[] memory assets, uint256[] memory anchors)
    private
    returns (bytes memory refusal)
  {
    IVault.Holdings memory held = RawHoldings.read(VAULT, index);
    Epoch memory epoch = epochs[index];
    Valuation memory valued = _valuationOf(held, assets, anchors);
    if (valued.unknown != address(0)) return abi.encodeWithSelector(UnknownAsset.selector, valued.unknown);
    if (valued.nav < Orders.MIN_NAV) return abi.encodeWithSelector(TooSmall.selector, index, valued.nav);
    // Another leg list than at the last opening: a reweigh (or the first weights), which opens at once.
    bool reweigh = held.recipe != epoch.recipe;
    if (!reweigh && block.timestamp < epoch.openedAt + EPOCH_PAUSE) {
      return abi.encodeWithSelector(TooEarly.selector, index, epoch.openedAt + EPOCH_PAUSE);
    }
    // Without two live assets there is nothing to trade: such an opening would only keep a better one away for a day.
    if (!_twoLive(valued.places)) return abi.encodeWithSelector(NothingTradable.selector, index);
    uint256 drift = _driftBps(held.amounts, valued);
    if (drift <= (reweigh ? 0 : TOLERANCE_BPS)) return abi.encodeWithSelector(InTolerance.selector, index, drift);
    epoch.opening = uint32(opening);
    epoch.recipe = uint48(held.recipe);
    epoch.openedAt = uint40(block.timestamp);
    // New anchors in the 72 h of a reweigh leave it its time.
    uint256 until = block.timestamp + (reweigh ? REWEIGH_LASTS : EPOCH_LASTS);
    if (until > epoch.until) epoch.until = uint40(until);
    epochs[index] = epoch;
  }

  function _twoLive(uint256[] memory places) private pure returns (bool) {
    uint256 live;
    for (uint256 i; i < places.length; ++i) {
      if (Anchor.wrap((places[i]).load()).live() && ++live == 2) return true;
    }
    return false;
  }

  /// @dev {bps} half the sum of |holding - target| over NAV, at the anchors, rounded up
  function _driftBps(uint256[] memory held, Valuation memory valued) private pure returns (uint256) {
    (uint256 amounts, uint256 weights, uint256 places) = (held.start(), valued.weights.start(), valued.places.start());
    uint256 sum;
    unchecked {
      for ((uint256 at, uint256 end) = (0, held.length << 5); at != end; at += 32) {
        uint256 price = Anchor.wrap((places + at).load().load()).price();
        if (price == 0) continue;
        uint256 value = Orders.valueWithin((amounts + at).load(), price);
        uint256 target = Orders.valueOf(_targetOf(valued, (weights + at).load(), price), price);
        sum += value > target ? value - target : target - value;
      }
    }
    return FixedPoint.ceilDiv(sum * BP, 2 * valued.nav);
  }
}
