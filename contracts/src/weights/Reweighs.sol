// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceFeed, Quote, Quotes} from "../price/IPriceFeed.sol";
import {Orders} from "../rebalance/rules/Orders.sol";
import {IVault} from "../vault/IVault.sol";
import {Legs} from "../vault/Legs.sol";

/// @title Reweighs: when new weights may be set (docs/rules.md 1)
library Reweighs {
  using Quotes for Quote;

  error PriceNotLive(address asset);
  error TooSmall(address index, uint256 nav);

  /// @notice Reverts unless every aimed asset has a live price and NAV is at least 1 000 USDC. What is held besides counts while it has a
  /// price: a dead feed of an asset on its way out does not block the others.
  function requireReweighable(IVault vault, IPriceFeed feed, address index, address[] calldata aims) internal view {
    Quote[] memory quotes = feed.quotes(aims);
    for (uint256 i; i < aims.length; ++i) {
      if (quotes[i].status() != Quotes.LIVE) revert PriceNotLive(aims[i]);
    }
    IVault.Holdings memory held = vault.holdingsOf(index);
    address[] memory assets = new address[](held.legs.length);
    for (uint256 i; i < assets.length; ++i) {
      assets[i] = Legs.assetOf(held.legs[i]);
    }
    quotes = feed.quotes(assets);
    uint256 nav;
    for (uint256 i; i < assets.length; ++i) {
      nav += Orders.valueOf(held.amounts[i], quotes[i].price());
    }
    if (nav < Orders.MIN_NAV) revert TooSmall(index, nav);
  }
}
