// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Vm} from "forge-std/Vm.sol";
import {Index} from "src/index/Index.sol";
import {Quote, Quotes} from "src/price/IPriceFeed.sol";
import {IRebalancer} from "src/rebalance/IRebalancer.sol";
import {IVault} from "src/vault/IVault.sol";
import {Ledger} from "./Ledger.sol";

/// @title docs/rules.md 6 told again in plain arithmetic, to judge what the rebalancer did
abstract contract Reference is Ledger {
  /// @dev {base} 0.01 USDC
  uint256 private constant DUST = 10_000;

  /// @dev What an opening remembers of an asset: price UQ112 {base/tok}, deviation thresholds {bps}, delisted since {s}.
  struct Remembered {
    uint256 price;
    uint256 qBps;
    bool live;
    uint256 delistedSince;
  }

  struct Opening {
    uint256 id;
    uint256 at;
    address[] assets;
    Remembered[] anchors;
  }

  /// @dev An index against its targets.
  /// @param gaps {tok} holding - target per asset of the opening; 0 when it is no order
  struct View {
    uint256 nav;
    uint256[] amounts;
    int256[] gaps;
  }

  mapping(uint256 id => uint256) private _openedAt;
  mapping(uint256 id => address[]) private _openedAssets;
  mapping(uint256 id => uint256[]) private _openedAnchors;

  /// @dev Keeps what the event of an opening said.
  function remember(uint256 id, Vm.Log[] memory logs) internal {
    for (uint256 i; i < logs.length; ++i) {
      if (logs[i].topics[0] != IRebalancer.Opened.selector) continue;
      (, address[] memory assets, uint256[] memory anchors) =
        abi.decode(logs[i].data, (address[], address[], uint256[]));
      (_openedAt[id], _openedAssets[id], _openedAnchors[id]) = (vm.getBlockTimestamp(), assets, anchors);
    }
  }

  function openingOf(uint256 id) internal view returns (Opening memory opening) {
    (opening.id, opening.at, opening.assets) = (id, _openedAt[id], _openedAssets[id]);
    uint256[] memory words = _openedAnchors[id];
    opening.anchors = new Remembered[](words.length);
    for (uint256 i; i < words.length; ++i) {
      bool live = uint8(words[i] >> 104) == Quotes.LIVE;
      opening.anchors[i] = Remembered(words[i] >> 128, uint16(words[i] >> 112), live, uint40(words[i] >> 64));
    }
  }

  function viewOf(Index index, Opening memory opening) internal view returns (View memory v) {
    IVault.Holdings memory h = held(index);
    v.amounts = new uint256[](opening.assets.length);
    v.gaps = new int256[](opening.assets.length);
    uint256[] memory weights = new uint256[](opening.assets.length);
    uint256 whole;
    for (uint256 leg; leg < h.legs.length; ++leg) {
      uint256 i = positionOf(opening, address(uint160(h.legs[leg] >> 96)));
      v.amounts[i] = h.amounts[leg];
      if (opening.anchors[i].price == 0) continue;
      v.nav += v.amounts[i] * opening.anchors[i].price >> 112;
      weights[i] = opening.anchors[i].delistedSince == 0 ? uint64(h.legs[leg] >> 32) : 0;
      whole += weights[i];
    }
    for (uint256 i; i < v.gaps.length; ++i) {
      uint256 price = opening.anchors[i].price;
      if (!opening.anchors[i].live) continue;
      uint256 weight = whole == 0 ? 0 : whole == ONE ? weights[i] : weights[i] * ONE / whole;
      uint256 target = (v.nav * weight / ONE << 112) / price;
      v.gaps[i] = int256(v.amounts[i]) - int256(target);
      uint256 size = v.gaps[i] < 0 ? uint256(-v.gaps[i]) : uint256(v.gaps[i]);
      if (target != 0 && size * price >> 112 <= DUST) v.gaps[i] = 0;
    }
  }

  /// @dev {u} the least that `given` of o has to bring now
  function leastFor(Opening memory opening, uint256 o, uint256 u, uint256 given) internal view returns (uint256) {
    (Remembered memory ao, Remembered memory au) = (opening.anchors[o], opening.anchors[u]);
    uint256 elapsed = vm.getBlockTimestamp() - opening.at;
    uint256 start = 1e18 + (ao.qBps + au.qBps + 20) * 1e14;
    uint256 fall = 5e14 * elapsed / 60;
    uint256 byClock = Math.mulDiv(given * ao.price, fall < start ? start - fall : 0, 1e18 * au.price);
    (uint256 nowO, uint256 nowU) = (_priceNow(opening.assets[o]), _priceNow(opening.assets[u]));
    uint256 byPrice = Math.mulDiv(given * nowO, 99, 100 * nowU);
    return byClock > byPrice ? byClock : byPrice;
  }

  function positionOf(Opening memory opening, address asset) internal pure returns (uint256 i) {
    while (opening.assets[i] != asset) ++i;
  }

  function _priceNow(address asset) private view returns (uint256) {
    return priceFeed.quotes(one(asset))[0].price();
  }

  /// @dev {bps} half the sum of |weight - target| at the prices of now; 0 when a price is dead
  function driftOf(Index index) internal view returns (uint256) {
    IVault.Holdings memory h = held(index);
    address[] memory assets = assetsOf(index);
    Quote[] memory quotes = priceFeed.quotes(assets);
    uint256 nav;
    for (uint256 i; i < assets.length; ++i) {
      if (quotes[i].status() == Quotes.DEAD) return 0;
      nav += h.amounts[i] * quotes[i].price() >> 112;
    }
    uint256 sum;
    for (uint256 i; i < assets.length; ++i) {
      uint256 value = h.amounts[i] * quotes[i].price() >> 112;
      uint256 target = nav * uint64(h.legs[i] >> 32) / ONE;
      sum += value > target ? value - target : target - value;
    }
    return nav == 0 ? 0 : sum * BP / (2 * nav);
  }
}
