// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {Mode} from "../support/weird/WeirdToken.sol";
import {Ledger} from "./Ledger.sol";

/// @title Investors: mint, redeem, send shares and claims around, go in circles
abstract contract Holders is Ledger {
  /// @dev What an index looks like before a mint or redeem.
  struct Before {
    uint256 effective;
    uint256 supply;
    bytes32[INDICES] units;
    bytes32[INDICES] books;
  }

  function mint(uint256 who, uint256 which, uint256 amount) external act {
    if (_mint(person(who), indexOf(which), _shares(indexOf(which), amount))) succeeded();
  }

  function redeem(uint256 who, uint256 which, uint256 amount) external act {
    if (_redeem(person(who), indexOf(which), amount)) succeeded();
  }

  function transferShares(uint256 from, uint256 to, uint256 which, uint256 amount) external act {
    Index index = indexOf(which);
    amount = _bound(amount, 0, index.balanceOf(person(from)));
    uint256 supply = index.totalSupply();
    vm.prank(person(from));
    try index.transfer(person(to), amount) {
      succeeded();
    } catch {}
    checkEq(index.totalSupply(), supply, "SUPPLY_SUM");
  }

  /// @dev Whoever mints and redeems at once never gets more of any asset than was paid.
  function roundTripMint(uint256 who, uint256 which, uint256 amount) external act {
    (address owner, Index index) = (person(who), indexOf(which));
    uint256[TOKENS] memory before = wealthOf(owner);
    uint256 shares = index.balanceOf(owner);
    if (!_mint(owner, index, _shares(index, amount))) return;
    if (!_redeemExactly(owner, index, index.balanceOf(owner) - shares)) return;
    uint256[TOKENS] memory after_ = wealthOf(owner);
    for (uint256 i; i < TOKENS; ++i) {
      checkLe(after_[i], before[i], "ROUND_TRIP_MINT");
    }
    succeeded();
  }

  /// @dev Whoever redeems and mints the same shares again pays at least what was got.
  function roundTripRedeem(uint256 who, uint256 which, uint256 amount) external act {
    (address owner, Index index) = (person(who), indexOf(which));
    uint256 balance = index.balanceOf(owner);
    if (balance < 2e12) return;
    uint256[TOKENS] memory before = wealthOf(owner);
    uint256 shares = _bound(amount, 1e12, balance / 2);
    if (!_redeemExactly(owner, index, shares)) return;
    uint256 mintBps = index.fees().mintBps;
    // the smallest mint whose shares after the fee are at least what was burnt
    uint256 again = (shares * BP + BP - mintBps - 1) / (BP - mintBps) + 1;
    if (!_mint(owner, index, again)) return;
    check(index.balanceOf(owner) >= balance, "ROUND_TRIP_REDEEM");
    uint256[TOKENS] memory after_ = wealthOf(owner);
    for (uint256 i; i < TOKENS; ++i) {
      checkLe(after_[i], before[i], "ROUND_TRIP_REDEEM");
    }
    succeeded();
  }

  function redeemClaim(uint256 who, uint256 which, uint256 amount) external act {
    (address owner, uint256 token) = _someClaim(who, which);
    address asset = address(tokens[token]);
    uint256 balance = claimOf(owner, asset);
    if (balance == 0) return;
    uint256 claim = _bound(amount, 1, balance);
    uint256 before = tokens[token].balanceOf(owner);
    vm.prank(owner);
    try vault.redeemClaim(asset, claim, owner) returns (uint256 paid) {
      checkEq(paid, claim * vault.parOf(asset) / 1e27, "CLAIM_PAR");
      checkEq(tokens[token].balanceOf(owner) - before, paid, "CLAIM_PAR");
      ++roundings[token];
      succeeded();
    } catch {
      checkEq(claimOf(owner, asset), balance, "CLAIM_PAR");
    }
  }

  function transferClaim(uint256 who, uint256 to, uint256 which, uint256 amount) external act {
    (address owner, uint256 token) = _someClaim(who, which);
    uint256 id = uint160(address(tokens[token]));
    amount = _bound(amount, 0, vault.balanceOf(owner, id));
    vm.prank(owner);
    try vault.transfer(person(to), id, amount) {
      succeeded();
    } catch {}
  }

  /// @dev Only USDC in, only USDC out, through the pools.
  function routerMint(uint256 who, uint256 which, uint256 pay) external act {
    (address owner, Index index) = (person(who), indexOf(which));
    pay = _bound(pay, 1e6, 50_000e6);
    Before memory b = _before(index);
    uint256 before = tokens[USDC].balanceOf(owner);
    address[] memory venues = _poolsOf(index);
    vm.prank(owner);
    try router.mintWithBase(index, pay, 0, venues, owner, vm.getBlockTimestamp()) returns (uint256, uint256 paid) {
      checkEq(before - tokens[USDC].balanceOf(owner), paid, "MINT_PAID");
      checkLe(paid, pay, "MINT_PAID");
      rounded(index, 1);
      _unmoved(index, b);
      succeeded();
    } catch {}
  }

  function routerRedeem(uint256 who, uint256 which, uint256 amount) external act {
    (address owner, Index index) = (person(who), indexOf(which));
    uint256 balance = index.balanceOf(owner);
    if (balance < 1e12) return;
    uint256 shares = _bound(amount, 1e12, balance < 50_000e18 ? balance : 50_000e18);
    Before memory b = _before(index);
    address[] memory venues = _poolsOf(index);
    vm.prank(owner);
    try router.redeemToBase(index, shares, 0, venues, owner, vm.getBlockTimestamp()) {
      rounded(index, 1);
      _unmoved(index, b);
      succeeded();
    } catch {}
  }

  // ----------------------------------------------------------------- inside

  function _mint(address owner, Index index, uint256 shares) internal returns (bool done) {
    (, uint256[] memory expected) = index.previewMint(shares);
    Before memory b = _before(index);
    uint256[TOKENS][2] memory before = [balancesOf(owner), balancesOf(address(vault))];
    uint256 balance = index.balanceOf(owner);
    uint256 due = shares - (shares * index.fees().mintBps + BP - 1) / BP;
    vm.prank(owner);
    try index.mint(shares, expected, owner) returns (uint256 minted, uint256[] memory amounts) {
      done = true;
      checkEq(minted, due, "MINT_PAID");
      checkEq(index.balanceOf(owner) - balance, minted, "MINT_PAID");
      _checkPaidIn(owner, assetsOf(index), amounts, before);
    } catch {}
    if (done) rounded(index, 1);
    _unmoved(index, b);
  }

  /// @param before {tok} balances of the owner and of the vault
  function _checkPaidIn(
    address owner,
    address[] memory assets,
    uint256[] memory amounts,
    uint256[TOKENS][2] memory before
  ) private {
    for (uint256 leg; leg < assets.length; ++leg) {
      uint256 token = tokenAt(assets[leg]);
      checkEq(before[0][token] - tokens[token].balanceOf(owner), amounts[leg], "MINT_PAID");
      checkEq(tokens[token].balanceOf(address(vault)) - before[1][token], amounts[leg], "MINT_PAID");
    }
  }

  function _redeem(address owner, Index index, uint256 amount) internal returns (bool) {
    uint256 balance = index.balanceOf(owner);
    if (balance < 2) return false;
    return _redeemExactly(owner, index, _bound(amount, 2, balance));
  }

  function _redeemExactly(address owner, Index index, uint256 shares) internal returns (bool done) {
    (, uint256[] memory expected) = index.previewRedeem(shares);
    Before memory b = _before(index);
    uint256[TOKENS][2] memory before = [balancesOf(owner), _claimsOf(owner)];
    vm.prank(owner);
    try index.redeem(shares, expected, owner) returns (uint256[] memory amounts, uint256 setAside) {
      done = true;
      check(keccak256(abi.encode(amounts)) == keccak256(abi.encode(expected)), "EXIT_PARTS");
      _checkPaidOut(owner, assetsOf(index), amounts, setAside, before);
    } catch {}
    check(done, "EXIT_OPEN", shares, index.balanceOf(owner));
    if (done) rounded(index, 1);
    _unmoved(index, b);
  }

  /// @param before {tok} balances and claims of the owner
  function _checkPaidOut(
    address owner,
    address[] memory assets,
    uint256[] memory amounts,
    uint256 setAside,
    uint256[TOKENS][2] memory before
  ) private {
    for (uint256 leg; leg < assets.length; ++leg) {
      uint256 token = tokenAt(assets[leg]);
      uint256 paid = tokens[token].balanceOf(owner) - before[0][token];
      uint256 claimed = claimOf(owner, assets[leg]) - before[1][token];
      bool aside = setAside >> leg & 1 == 1;
      checkEq(aside ? claimed * vault.parOf(assets[leg]) / 1e27 : paid, amounts[leg], "EXIT_PARTS");
      checkEq(aside ? paid : claimed, 0, "EXIT_PARTS");
      if (_healthy(owner, token)) check(!aside, "EXIT_PARTS");
    }
  }

  function _claimsOf(address owner) internal view returns (uint256[TOKENS] memory claims) {
    for (uint256 i; i < TOKENS; ++i) {
      claims[i] = claimOf(owner, address(tokens[i]));
    }
  }

  function _before(Index index) internal view returns (Before memory b) {
    (b.effective, b.supply) = supplies(index);
    (b.units, b.books) = (unitsHashes(), booksHashes());
  }

  /// @dev No unit moved, no other index was touched, and the assets behind a share did not become fewer.
  function _unmoved(Index index, Before memory b) internal {
    for (uint256 i; i < INDICES; ++i) {
      check(unitsHash(indices[i]) == b.units[i], "UNITS_STEADY");
      if (indices[i] != index) check(booksHash(indices[i]) == b.books[i], "UNTOUCHED");
    }
    (uint256 effective, uint256 supply) = supplies(index);
    check(effective * b.supply >= b.effective * supply, "BACKING", effective, supply);
  }

  /// @dev Mints of a whole share down to a trillionth, and up to a fifth of all there is.
  function _shares(Index index, uint256 amount) internal view returns (uint256) {
    return _bound(amount, 1e12, index.totalSupply() / 20);
  }

  function _healthy(address owner, uint256 token) private view returns (bool) {
    Mode mode = tokens[token].mode();
    bool listed = tokens[token].blacklisted(owner) || tokens[token].blacklisted(address(vault));
    return !listed && (mode == Mode.Normal || mode == Mode.ReturnNothing);
  }

  /// @dev Somebody's claim; when there is none on this token, a blacklist makes one.
  function _someClaim(uint256 who, uint256 which) private returns (address owner, uint256 token) {
    for (uint256 i; i < PEOPLE * TOKENS; ++i) {
      (owner, token) = (person(who % PEOPLE + i / TOKENS), (which % TOKENS + i) % TOKENS);
      if (claimOf(owner, address(tokens[token])) != 0) return (owner, token);
    }
    owner = person(who);
    for (uint256 i; i < INDICES; ++i) {
      if (indices[i].balanceOf(owner) < 1e6) continue;
      token = tokenAt(assetsOf(indices[i])[0]);
      tokens[token].setBlacklisted(owner, true);
      _redeemExactly(owner, indices[i], indices[i].balanceOf(owner) / 100);
      tokens[token].setBlacklisted(owner, false);
      return (owner, token);
    }
  }

  function _poolsOf(Index index) private view returns (address[] memory list) {
    list = assetsOf(index);
    for (uint256 i; i < list.length; ++i) {
      list[i] = address(pools[tokenAt(list[i])]);
    }
  }
}
