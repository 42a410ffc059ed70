// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {Holders} from "./Holders.sol";

/// @title Investors who take claims instead of tokens, and pay with them: for the same index or another
abstract contract Claimants is Holders {
  function redeemToClaims(uint256 who, uint256 which, uint256 amount) external act {
    (address owner, Index index) = (person(who), indexOf(which));
    uint256 balance = index.balanceOf(owner);
    if (balance >= 2 && _redeemToClaims(owner, index, _bound(amount, 2, balance))) succeeded();
  }

  function mintFromClaims(uint256 who, uint256 which, uint256 amount) external act {
    (address owner, Index index) = (person(who), indexOf(which));
    uint256 shares = _paidByClaims(owner, index, _shares(index, amount));
    if (shares >= 1e6 && _mintFromClaims(owner, index, shares)) succeeded();
  }

  /// @dev Nobody spends the claims of somebody who did not let it.
  function stealClaims(uint256 who, uint256 from, uint256 which) external act {
    (address thief, address owner) = (person(who), person(from));
    Index index = indexOf(which);
    (, uint256 supply) = supplies(index);
    bytes32 before = keccak256(abi.encode(_claimsOf(owner), booksHashes()));
    vm.prank(thief);
    try vault.joinFromClaims(owner, 1e18, supply) {
      check(false, "CLAIMS_MOVED");
    } catch {}
    check(keccak256(abi.encode(_claimsOf(owner), booksHashes())) == before, "CLAIMS_MOVED");
    succeeded();
  }

  /// @dev Whoever turns claims into shares and those into claims again, as often as it likes, never has more than before.
  function roundTripClaims(uint256 who, uint256 which, uint256 amount, uint256 times) external act {
    (address owner, Index index) = (person(who), indexOf(which));
    uint256 shares = _paidByClaims(owner, index, _shares(index, amount));
    if (shares < 1e6) return;
    uint256 owned = index.balanceOf(owner);
    uint256[TOKENS] memory before = wealthOf(owner);
    for (uint256 i; i <= times % 3; ++i) {
      // every turn pays the fees again, and may leave less of a claim than the next one needs
      uint256 turn = _atMost(owner, index, shares / (i + 1));
      if (turn < 1e6 || !_mintFromClaims(owner, index, turn)) break;
      if (!_redeemToClaims(owner, index, index.balanceOf(owner) - owned)) break;
    }
    uint256[TOKENS] memory after_ = wealthOf(owner);
    for (uint256 i; i < TOKENS; ++i) {
      checkLe(after_[i], before[i], "ROUND_TRIP_CLAIMS");
    }
    succeeded();
  }

  // ----------------------------------------------------------------- inside

  function _redeemToClaims(address owner, Index index, uint256 shares) private returns (bool done) {
    (address[] memory assets, uint256[] memory expected) = index.previewRedeem(shares);
    Before memory b = _before(index);
    uint256[TOKENS][3] memory before = [_claimsOf(owner), balancesOf(owner), balancesOf(address(vault))];
    vm.prank(owner);
    try index.redeemToClaims(shares, expected, owner) returns (uint256[] memory amounts) {
      done = true;
      check(keccak256(abi.encode(amounts)) == keccak256(abi.encode(expected)), "EXIT_PARTS");
      for (uint256 leg; leg < assets.length; ++leg) {
        uint256 made = claimOf(owner, assets[leg]) - before[0][tokenAt(assets[leg])];
        checkEq(made, amounts[leg] * 1e27 / vault.parOf(assets[leg]), "CLAIMS_MOVED");
      }
    } catch {}
    check(done, "EXIT_OPEN", shares, index.balanceOf(owner));
    if (done) rounded(index, 1);
    _noTokenMoved(owner, before);
    _unmoved(index, b);
  }

  /// @dev Odd amounts are paid out of an allowance, even ones by an operator. No token can stop it, only the watchman.
  function _mintFromClaims(address owner, Index index, uint256 shares) private returns (bool done) {
    (address[] memory assets, uint256[] memory expected) = index.previewMint(shares);
    bool operator = shares & 1 == 0;
    _consent(owner, index, assets, expected, operator);
    Before memory b = _before(index);
    uint256[TOKENS][3] memory before = [_claimsOf(owner), balancesOf(owner), balancesOf(address(vault))];
    vm.prank(owner);
    try index.mintFromClaims(shares, expected, owner) returns (uint256 minted, uint256[] memory amounts) {
      done = true;
      checkEq(minted, shares - (shares * index.fees().mintBps + BP - 1) / BP, "MINT_PAID");
      check(keccak256(abi.encode(amounts)) == keccak256(abi.encode(expected)), "MINT_PAID");
      for (uint256 leg; leg < assets.length; ++leg) {
        uint256 spent = before[0][tokenAt(assets[leg])] - claimOf(owner, assets[leg]);
        checkEq(spent, _claimFor(assets[leg], amounts[leg]), "CLAIMS_MOVED");
        checkEq(vault.allowance(owner, address(index), uint160(assets[leg])), 0, "CLAIMS_MOVED");
      }
    } catch {}
    check(done || index.stoppedUntil() > vm.getBlockTimestamp(), "CLAIMS_MOVED", shares, 0);
    if (done) rounded(index, 1);
    _noTokenMoved(owner, before);
    _unmoved(index, b);
  }

  function _consent(address owner, Index index, address[] memory assets, uint256[] memory amounts, bool operator)
    private
  {
    vm.startPrank(owner);
    vault.setOperator(address(index), operator);
    for (uint256 leg; leg < assets.length; ++leg) {
      uint256 allowed = operator ? 0 : _claimFor(assets[leg], amounts[leg]);
      vault.approve(address(index), uint160(assets[leg]), allowed);
    }
    vm.stopPrank();
  }

  /// @param before {tok} claims, balances of the owner and balances of the vault
  function _noTokenMoved(address owner, uint256[TOKENS][3] memory before) private {
    for (uint256 i; i < TOKENS; ++i) {
      checkEq(tokens[i].balanceOf(owner), before[1][i], "CLAIMS_MOVED");
      checkEq(tokens[i].balanceOf(address(vault)), before[2][i], "CLAIMS_MOVED");
    }
  }

  /// @dev {claim} that are worth `amount` {tok}, ceiled
  function _claimFor(address asset, uint256 amount) private view returns (uint256) {
    uint256 par = vault.parOf(asset);
    return (amount * 1e27 + par - 1) / par;
  }

  /// @dev {share} as many of `shares` as the owner's claims pay for. Who has none takes claims for some of its shares of every index.
  function _paidByClaims(address owner, Index index, uint256 shares) private returns (uint256) {
    uint256 most = _atMost(owner, index, shares);
    if (most >= 1e6) return most;
    for (uint256 i; i < INDICES; ++i) {
      uint256 balance = indices[i].balanceOf(owner);
      if (balance >= 1e6) _redeemToClaims(owner, indices[i], balance / 10);
    }
    return _atMost(owner, index, shares);
  }

  function _atMost(address owner, Index index, uint256 shares) private view returns (uint256 most) {
    (address[] memory assets, uint256[] memory cost) = index.previewMint(shares);
    most = shares;
    for (uint256 leg; leg < assets.length; ++leg) {
      uint256 worth_ = claimWorth(owner, tokenAt(assets[leg]));
      if (cost[leg] <= worth_) continue;
      // less one smallest unit for its rounding, and one part in a million for those of the shares
      uint256 part = worth_ == 0 ? 0 : shares * (worth_ - 1) / cost[leg];
      part -= part / 1e6;
      if (part < most) most = part;
    }
  }
}
