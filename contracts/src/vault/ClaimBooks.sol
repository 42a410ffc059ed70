// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Words} from "../math/Words.sol";
import {Books} from "./Books.sol";
import {Claims} from "./Claims.sol";
import {IVault} from "./IVault.sol";
import {Legs} from "./Legs.sol";

/// @title ClaimBooks: claims become holdings, holdings become claims, claims become tokens
/// @notice What a claim is worth moves between a person and an index; the sum of both stays, so no balance has to be looked at.
///
/// ROUNDING. A claim that pays in is ceiled, one that is made is floored; at par both are exact.
/// LIVENESS. Joining from claims and leaving to claims call no token: a broken one stops neither.
/// LOSSES. A token that lost balance and is not reconciled yet counts at its old par on both sides; the cut to come is the same for
/// both, so nobody gets away from it by changing sides.
abstract contract ClaimBooks is Books, Claims {
  using Words for uint256[];

  /// @inheritdoc IVault
  function joinFromClaims(address payer, uint256 shares, uint256 supply)
    external
    override
    lock
    returns (uint256[] memory amounts)
  {
    Book storage book = _known(msg.sender);
    uint256 next;
    uint256[] memory legs;
    (next, legs, amounts) = _entering(book, shares, supply);
    book.effectiveSupply = uint128(next);
    bool operator = isOperator(payer, msg.sender);
    for (uint256 i; i < legs.length; ++i) {
      uint256 amount = amounts.at(i);
      if (amount != 0) _spendClaim(payer, msg.sender, operator, Legs.assetOf(legs.at(i)), amount);
    }
  }

  /// @inheritdoc IVault
  function exitToClaims(address to, uint256 shares, uint256 supply)
    external
    override
    lock
    returns (uint256[] memory amounts)
  {
    uint256[] memory legs;
    (legs, amounts) = _leave(_known(msg.sender), shares, supply);
    for (uint256 i; i < legs.length; ++i) {
      uint256 amount = amounts.at(i);
      if (amount != 0) _setAside(to, Legs.assetOf(legs.at(i)), amount);
    }
  }

  /// @inheritdoc IVault
  function redeemClaim(address asset, uint256 claim, address to) external override lock returns (uint256 amount) {
    amount = _burnClaim(msg.sender, asset, claim);
    SafeTransferLib.safeTransfer(asset, to, amount);
    emit ClaimRedeemed(asset, msg.sender, to, claim, amount);
  }
}
