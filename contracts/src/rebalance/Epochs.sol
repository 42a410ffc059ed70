// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SSTORE2} from "solady/utils/SSTORE2.sol";
import {IPriceFeed, Quote, Quotes} from "../price/IPriceFeed.sol";
import {AssetList} from "../vault/AssetList.sol";
import {IVault} from "../vault/IVault.sol";
import {Legs} from "../vault/Legs.sol";
import {Anchor, Anchors} from "./Anchors.sol";
import {IRebalancer} from "./IRebalancer.sol";
import {Orders} from "./rules/Orders.sol";

/// @title Epochs: when an index may be traded, at which anchors, and how much it may lose (docs/rules.md 6)
abstract contract Epochs is IRebalancer {
  using Quotes for Quote;

  /// @param blob address of the anchors
  /// @param at {s}
  struct Opening {
    address blob;
    uint40 at;
  }

  /// @param recipe the index's leg list at the opening; a reweigh makes another and ends the epoch
  /// @param until {s}
  /// @param day UTC day of `lost`
  /// @param lost {base} value given and not received on that day, at the anchors
  struct Epoch {
    uint32 opening;
    uint48 recipe;
    uint40 openedAt;
    uint40 until;
    uint16 day;
    uint80 lost;
  }

  /// @dev {base} 1 000 USDC: a smaller index is neither traded nor reweighed
  uint256 internal constant MIN_NAV = 1000e6;
  uint256 internal constant EPOCH_PAUSE = 24 hours;
  uint256 internal constant EPOCH_LASTS = 24 hours;
  uint256 internal constant REWEIGH_LASTS = 72 hours;
  /// @dev {bps} drift up to which an index is in tolerance
  uint256 internal constant TOLERANCE_BPS = 50;
  /// @dev {bps of NAV a UTC day}
  uint256 internal constant LOSS_BPS = 15;
  uint256 internal constant REWEIGH_LOSS_BPS = 30;
  uint256 internal constant BP = 10_000;
  /// @dev {1e18}
  uint256 internal constant ONE = 1e18;

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
    uint256[] memory anchors = _anchorsNow(assets);
    bytes memory data = Anchors.encode(assets, anchors);
    openings[opening] = Opening(SSTORE2.write(data), uint40(block.timestamp));
    address previous;
    for (uint256 i; i < indices.length; ++i) {
      if (indices[i] <= previous) revert NotAscending(previous, indices[i]);
      previous = indices[i];
      _enter(indices[i], opening, data);
    }
    emit Opened(opening, indices, assets, anchors);
  }

  /// @inheritdoc IRebalancer
  function requireTradable(address index) external view override {
    IVault.Holdings memory held = VAULT.holdingsOf(index);
    address[] memory assets = new address[](held.legs.length);
    for (uint256 i; i < assets.length; ++i) {
      assets[i] = Legs.assetOf(held.legs[i]);
    }
    Quote[] memory quotes = FEED.quotes(assets);
    uint256 nav;
    for (uint256 i; i < assets.length; ++i) {
      if (quotes[i].status() != Quotes.LIVE) revert PriceNotLive(assets[i]);
      nav += Orders.valueOf(held.amounts[i], quotes[i].price());
    }
    if (nav < MIN_NAV) revert TooSmall(index, nav);
  }

  /// @notice The assets and anchors of an opening.
  function anchorsOf(uint256 opening) external view returns (address[] memory assets, uint256[] memory anchors) {
    bytes memory data = SSTORE2.read(openings[opening].blob);
    assets = new address[](Anchors.count(data));
    anchors = new uint256[](assets.length);
    for (uint256 i; i < assets.length; ++i) {
      (assets[i], anchors[i]) = (Anchors.assetAt(data, i), Anchor.unwrap(Anchors.at(data, i)));
    }
  }

  /// @dev NAV {base} at the anchors, the sum {1e18} of the weights that count, and the position in the opening of each leg.
  function _navOf(IVault.Holdings memory held, bytes memory data)
    internal
    pure
    returns (uint256 nav, uint256 weightSum, uint256[] memory positions)
  {
    uint256 n = held.legs.length;
    uint256 count = Anchors.count(data);
    positions = new uint256[](n);
    uint256 a;
    unchecked {
      for (uint256 i; i < n; ++i) {
        uint256 leg = held.legs[i];
        address asset = Legs.assetOf(leg);
        while (a < count && Anchors.assetAt(data, a) < asset) ++a;
        if (a == count || Anchors.assetAt(data, a) != asset) revert UnknownAsset(asset);
        positions[i] = a;
        Anchor anchor = Anchors.at(data, a);
        if (!anchor.counts()) continue;
        nav += Orders.valueOf(held.amounts[i], anchor.price());
        if (anchor.delistedSince() == 0) weightSum += Legs.weightOf(leg);
      }
    }
  }

  /// @dev {tok} what an index should hold of a leg. An asset without a price keeps what it has, a delisted one has target 0,
  /// and the others share the whole in proportion to their weights (docs/rules.md 5 and 6).
  function _targetOf(uint256 leg, Anchor anchor, uint256 nav, uint256 weightSum) internal pure returns (uint256) {
    if (anchor.delistedSince() != 0 || weightSum == 0) return 0;
    uint256 weight = Legs.weightOf(leg);
    if (weightSum != ONE) weight = weight * ONE / weightSum;
    return Orders.targetAmount(nav, weight, anchor.price());
  }

  /// @dev {base} what an index may still lose today
  function _budgetOf(Epoch memory epoch, uint256 nav) internal view returns (uint256) {
    bool reweigh = epoch.until - epoch.openedAt > EPOCH_LASTS;
    uint256 budget = nav * (reweigh ? REWEIGH_LOSS_BPS : LOSS_BPS) / BP;
    uint256 lost = epoch.day == _today() ? epoch.lost : 0;
    return lost < budget ? budget - lost : 0;
  }

  function _addLoss(address index, Epoch memory epoch, uint256 loss) internal {
    uint256 lost = (epoch.day == _today() ? epoch.lost : 0) + loss;
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

  function _enter(address index, uint256 opening, bytes memory data) private {
    IVault.Holdings memory held = VAULT.holdingsOf(index);
    Epoch memory epoch = epochs[index];
    (uint256 nav, uint256 weightSum, uint256[] memory positions) = _navOf(held, data);
    if (nav < MIN_NAV) revert TooSmall(index, nav);
    // Another leg list than at the last opening: a reweigh (or the first weights), which opens at once.
    bool reweigh = held.recipe != epoch.recipe;
    if (!reweigh && block.timestamp < epoch.openedAt + EPOCH_PAUSE) {
      revert TooEarly(index, epoch.openedAt + EPOCH_PAUSE);
    }
    uint256 drift = _driftBps(held, data, positions, nav, weightSum);
    if (drift <= TOLERANCE_BPS) revert InTolerance(index, drift);
    epoch.opening = uint32(opening);
    epoch.recipe = uint48(held.recipe);
    epoch.openedAt = uint40(block.timestamp);
    epoch.until = uint40(block.timestamp + (reweigh ? REWEIGH_LASTS : EPOCH_LASTS));
    epochs[index] = epoch;
  }

  /// @dev {bps} half the sum of |holding - target| over NAV, at the anchors
  function _driftBps(
    IVault.Holdings memory held,
    bytes memory data,
    uint256[] memory positions,
    uint256 nav,
    uint256 weightSum
  ) private pure returns (uint256) {
    uint256 sum;
    for (uint256 i; i < held.legs.length; ++i) {
      Anchor anchor = Anchors.at(data, positions[i]);
      if (!anchor.counts()) continue;
      uint256 value = Orders.valueOf(held.amounts[i], anchor.price());
      uint256 target = Orders.valueOf(_targetOf(held.legs[i], anchor, nav, weightSum), anchor.price());
      sum += value > target ? value - target : target - value;
    }
    return sum * BP / (2 * nav);
  }
}
