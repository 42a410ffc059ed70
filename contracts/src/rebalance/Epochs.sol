// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BASIS_POINT, FixedPoint, ONE} from "../math/FixedPoint.sol";
import {Words} from "../math/Words.sol";
import {IPriceFeed, Quote, Quotes} from "../price/IPriceFeed.sol";
import {AssetList} from "../vault/AssetList.sol";
import {IVault} from "../vault/IVault.sol";
import {Legs} from "../vault/Legs.sol";
import {RawHoldings} from "../vault/RawHoldings.sol";
import {Anchor, Anchors} from "./Anchors.sol";
import {IRebalancer} from "./IRebalancer.sol";
import {Orders} from "./rules/Orders.sol";

/// @title Epochs: when an index may be traded, at which anchors, and how much it may lose (docs/rules.md 6)
abstract contract Epochs is IRebalancer {
  using Quotes for Quote;
  using Words for uint256[];

  /// @param blob address of the anchors
  /// @param at {s}
  /// @param delistings how many there had ever been
  struct Opening {
    address blob;
    uint40 at;
    uint32 delistings;
  }

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
  /// @param nav {base}
  /// @param weightSum {1e18} of the weights that have a target
  /// @param places of its legs in the opening's list
  /// @param unknown a leg that the opening has no anchor of; 0 when there is none
  struct Valuation {
    address unknown;
    uint256 nav;
    uint256 weightSum;
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

  mapping(uint256 opening => Opening) public openings;
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
    uint256[] memory packed = _anchorsNow(assets);
    address blob = Anchors.store(assets, packed);
    openings[opening] = Opening(blob, uint40(block.timestamp), ASSETS.delistings());
    (uint256[] memory sorted, uint256[] memory anchors) = Anchors.load(blob);
    address[] memory entered = new address[](indices.length);
    uint256 count;
    bytes memory reason = abi.encodeWithSelector(NoIndices.selector);
    address previous;
    for (uint256 i; i < indices.length; ++i) {
      if (indices[i] <= previous) revert NotAscending(previous, indices[i]);
      previous = indices[i];
      bytes memory refusal = _enter(indices[i], opening, sorted, anchors);
      if (refusal.length == 0) entered[count++] = indices[i];
      else reason = refusal;
    }
    assembly ("memory-safe") {
      if iszero(count) { revert(add(reason, 32), mload(reason)) }
      mstore(entered, count)
    }
    emit Opened(opening, entered, assets, packed);
  }

  /// @notice The assets of an opening, ascending, and their anchors (see Anchor).
  function anchorsOf(uint256 opening) external view returns (uint256[] memory assets, uint256[] memory anchors) {
    (assets, anchors) = Anchors.load(_openingOf(opening).blob);
    assembly ("memory-safe") {
      mstore(assets, mload(anchors))
    }
  }

  function _openingOf(uint256 opening) internal view returns (Opening memory opened) {
    opened = openings[opening];
    if (opened.blob == address(0)) revert UnknownOpening(opening);
  }

  /// @dev Values an index at the anchors. Both lists ascend, and that of the opening ends above all addresses.
  function _valuationOf(IVault.Holdings memory held, uint256[] memory assets, uint256[] memory anchors)
    internal
    pure
    returns (Valuation memory valued)
  {
    uint256[] memory legs = held.legs;
    uint256[] memory amounts = held.amounts;
    uint256 n = legs.length;
    uint256[] memory places = Words.make(n);
    uint256 nav;
    uint256 weightSum;
    uint256 a;
    unchecked {
      for (uint256 i; i < n; ++i) {
        uint256 leg = legs.at(i);
        uint256 asset = leg >> 96;
        while (assets.at(a) < asset) ++a;
        if (assets.at(a) != asset) {
          valued.unknown = address(uint160(asset));
          return valued;
        }
        places.put(i, a);
        Anchor anchor = Anchor.wrap(anchors.at(a));
        nav += Orders.valueOf(amounts.at(i), anchor.price());
        if (anchor.aimed()) weightSum += Legs.weightOf(leg);
      }
    }
    (valued.nav, valued.weightSum, valued.places) = (nav, weightSum, places);
  }

  /// @dev {tok} what an index should hold of a leg. An asset without a price keeps what it has, a delisted one has target 0, and the
  /// others share the whole in proportion to their weights (docs/rules.md 5 and 6).
  function _targetOf(uint256 leg, Anchor anchor, uint256 nav, uint256 weightSum) internal pure returns (uint256) {
    if (!anchor.aimed() || weightSum == 0) return 0;
    uint256 weight = Legs.weightOf(leg);
    if (weightSum != ONE) weight = weight * ONE / weightSum;
    return Orders.targetAmount(nav, weight, anchor.price());
  }

  /// @dev {base} what an index may still lose today
  function _budgetOf(Epoch memory epoch, uint256 nav) internal view returns (uint256) {
    bool reweigh = epoch.until - epoch.openedAt > EPOCH_LASTS;
    uint256 most = (reweigh ? REWEIGH_LOSS_BPS : LOSS_BPS) * BASIS_POINT;
    uint256 lost = epoch.day == _today() ? epoch.lost : 0;
    return lost < most ? nav * (most - lost) / ONE : 0;
  }

  function _loadEpoch(address index, Epoch memory epoch) internal view {
    Epoch storage stored = epochs[index];
    (epoch.opening, epoch.recipe, epoch.openedAt) = (stored.opening, stored.recipe, stored.openedAt);
    (epoch.until, epoch.day, epoch.lost) = (stored.until, stored.day, stored.lost);
  }

  function _addLoss(address index, Epoch memory epoch, uint256 loss, uint256 nav) internal {
    uint256 lost = (epoch.day == _today() ? epoch.lost : 0) + FixedPoint.ceilDiv(loss * ONE, nav);
    epoch.day = _today();
    epoch.lost = lost > type(uint80).max ? type(uint80).max : uint80(lost);
    epochs[index] = epoch;
  }

  function _today() internal view returns (uint16) {
    return uint16(block.timestamp / 1 days);
  }

  function _anchorsNow(address[] calldata assets) private returns (uint256[] memory anchors) {
    Quote[] memory quotes = FEED.refreshed(assets);
    anchors = new uint256[](assets.length);
    address previous;
    for (uint256 i; i < assets.length; ++i) {
      if (assets[i] <= previous) revert NotAscending(previous, assets[i]);
      previous = assets[i];
      anchors[i] = Anchor.unwrap(Anchors.pack(quotes[i], ASSETS.delistedSince(assets[i])));
    }
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
    if (!_twoLive(anchors, valued.places)) return abi.encodeWithSelector(NothingTradable.selector, index);
    uint256 drift = _driftBps(held, anchors, valued);
    if (drift <= (reweigh ? 0 : TOLERANCE_BPS)) return abi.encodeWithSelector(InTolerance.selector, index, drift);
    epoch.opening = uint32(opening);
    epoch.recipe = uint48(held.recipe);
    epoch.openedAt = uint40(block.timestamp);
    // New anchors in the 72 h of a reweigh leave it its time.
    uint256 until = block.timestamp + (reweigh ? REWEIGH_LASTS : EPOCH_LASTS);
    if (until > epoch.until) epoch.until = uint40(until);
    epochs[index] = epoch;
  }

  function _twoLive(uint256[] memory anchors, uint256[] memory places) private pure returns (bool) {
    uint256 live;
    for (uint256 i; i < places.length; ++i) {
      if (Anchor.wrap(anchors.at(places.at(i))).live() && ++live == 2) return true;
    }
    return false;
  }

  /// @dev {bps} half the sum of |holding - target| over NAV, at the anchors, rounded up
  function _driftBps(IVault.Holdings memory held, uint256[] memory anchors, Valuation memory valued)
    private
    pure
    returns (uint256)
  {
    uint256 sum;
    for (uint256 i; i < held.legs.length; ++i) {
      Anchor anchor = Anchor.wrap(anchors.at(valued.places.at(i)));
      if (anchor.price() == 0) continue;
      uint256 value = Orders.valueOf(held.amounts[i], anchor.price());
      uint256 target = Orders.valueOf(_targetOf(held.legs[i], anchor, valued.nav, valued.weightSum), anchor.price());
      sum += value > target ? value - target : target - value;
    }
    return FixedPoint.ceilDiv(sum * BP, 2 * valued.nav);
  }
}
