// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {Impact} from "src/rebalance/rules/Impact.sol";
import {FeedMode} from "../price/Feeds.sol";
import {ConstantProductPair} from "../support/ConstantProductPair.sol";
import {Mode, WeirdToken} from "../support/weird/WeirdToken.sol";
import {Ledger} from "./Ledger.sol";

/// @title The world: donors, markets, feeds that die, tokens that break, time
abstract contract Outsiders is Ledger {
  address internal constant DONOR = address(0xD0);

  /// @dev Nobody's books notice a gift.
  function donate(uint256 token, uint256 where, uint256 amount) external act {
    token %= TOKENS;
    amount = _bound(amount, 1, worth(token, 100_000e6));
    address[5] memory places =
      [address(vault), address(router), address(rebalancer), address(indexOf(where / 5)), address(factory)];
    address to = places[where % 5];
    bytes32[INDICES] memory before = booksHashes();
    uint256 claims = vault.claimsOn(address(tokens[token]));
    tokens[token].mint(DONOR, amount);
    vm.prank(DONOR);
    try tokens[token].transfer(to, amount) returns (bool moved) {
      if (!moved) return;
      if (to == address(vault)) donated[token] += amount;
      else strayed[token][to] += amount;
      succeeded();
    } catch {
      return;
    }
    for (uint256 i; i < INDICES; ++i) {
      check(booksHash(indices[i]) == before[i], "NO_CREDIT");
    }
    checkEq(vault.claimsOn(address(tokens[token])), claims, "NO_CREDIT");
  }

  /// @dev {tok} gifts to the other contracts
  mapping(uint256 token => mapping(address place => uint256)) internal strayed;

  /// @dev A price moves by up to a fifth; mostly the pool follows.
  function movePrice(uint256 token, uint256 bps, bool arbitraged) external act {
    token = 1 + token % (TOKENS - 1);
    bytes32[INDICES] memory before = booksHashes();
    shock(token, _bound(bps, 8000, 12_000), arbitraged);
    for (uint256 i; i < INDICES; ++i) {
      check(booksHash(indices[i]) == before[i], "UNTOUCHED");
    }
    succeeded();
  }

  function shock(uint256 token, uint256 bps, bool arbitraged) internal {
    uint256 price = truePrices[token] * bps / BP;
    (uint256 low, uint256 high) = (startPrices[token] * 6 / 10, startPrices[token] * 15 / 10);
    truePrices[token] = price < low ? low : price > high ? high : price;
    if (feeds[token].mode() == FeedMode.Answer && feeds[token].round(1) != 0 && !stale[token]) {
      setPrice(token, truePrices[token]);
    }
    if (arbitraged) arbitrage(token);
  }

  /// @dev The pool stands at the true price.
  function arbitrage(uint256 token) internal {
    uint256 whole = 10 ** decimals[token];
    address pool = address(pools[token]);
    tokens[USDC].setBalance(pool, POOL_DEPTH);
    tokens[token].setBalance(pool, POOL_DEPTH * whole * 100 / truePrices[token]);
    pools[token].sync();
  }

  function swapInPool(uint256 token, bool buy, uint256 bps) external act {
    token = 1 + token % (TOKENS - 1);
    if (swap(DONOR, token, buy, _bound(bps, 1, 300))) succeeded();
  }

  /// @dev Sends `bps` of a reserve into a pool, from nothing.
  function swap(address who, uint256 token, bool buy, uint256 bps) internal returns (bool) {
    ConstantProductPair pool = pools[token];
    WeirdToken tokenIn = tokens[buy ? USDC : token];
    bool zeroIn = address(tokenIn) == pool.token0();
    (uint256 reserveIn, uint256 reserveOut) = _reserves(pool, zeroIn);
    tokenIn.setBalance(address(pool), reserveIn + reserveIn * bps / BP);
    uint256 out = Impact.amountOut(reserveIn * bps / BP, reserveIn, reserveOut);
    try pool.swap(zeroIn ? 0 : out, zeroIn ? out : 0, who, "") {
      return true;
    } catch {
      tokenIn.setBalance(address(pool), reserveIn);
      return false;
    }
  }

  function _reserves(ConstantProductPair pool, bool zeroIn) private view returns (uint256, uint256) {
    (uint112 reserve0, uint112 reserve1,) = pool.getReserves();
    return zeroIn ? (reserve0, reserve1) : (reserve1, reserve0);
  }

  function breakFeed(uint256 token, uint256 how) external act {
    token %= TOKENS;
    // Feeds heal twice as often as they break, and that of USDC, which freezes all others, seldom breaks.
    if (how % 3 != 0 || (token == USDC && how % 4 != 0)) {
      for (uint256 i; i < TOKENS; ++i) {
        stale[i] = false;
        feeds[i].setMode(FeedMode.Answer);
        setPrice(i, truePrices[i]);
      }
    } else {
      how = how / 3 % 5;
      if (how == 0) stale[token] = true;
      if (how == 1) feeds[token].setMode(FeedMode.Revert);
      if (how == 2) feeds[token].setMode(FeedMode.GasBomb);
      if (how == 3) feeds[token].setMode(FeedMode.Short);
      if (how == 4) setPrice(token, 0);
    }
    succeeded();
  }

  function breakToken(uint256 token, uint256 how, uint256 who) external act {
    token %= TOKENS;
    if (how % 3 != 0) {
      for (uint256 i; i < TOKENS; ++i) {
        tokens[i].setMode(Mode.Normal);
        for (uint256 j; j < PEOPLE; ++j) {
          tokens[i].setBlacklisted(people[j], false);
        }
        tokens[i].setBlacklisted(address(vault), false);
      }
    } else {
      how = how / 3 % 11;
      Mode[9] memory modes = [
        Mode.Revert,
        Mode.Paused,
        Mode.ReturnFalse,
        Mode.ReturnNothing,
        Mode.GasBomb,
        Mode.ReturnBomb,
        Mode.RevertBomb,
        Mode.ReturnGarbage,
        Mode.ReturnShort
      ];
      if (how < 9) tokens[token].setMode(modes[how]);
      if (how == 9) tokens[token].setBlacklisted(person(who), true);
      if (how == 10) tokens[token].setBlacklisted(address(vault), true);
    }
    succeeded();
  }

  /// @dev Time alone: supply grows by the management fee and by nothing else; no holding moves.
  function passTime(uint256 dt) external act {
    dt = _bound(dt, 1, 3 days);
    bytes32[INDICES] memory before = unitsHashes();
    uint256[INDICES] memory effectives;
    uint256[INDICES] memory supplies_;
    for (uint256 i; i < INDICES; ++i) {
      (effectives[i], supplies_[i]) = supplies(indices[i]);
    }
    pass(dt);
    for (uint256 i; i < INDICES; ++i) {
      (uint256 effective, uint256 supply) = supplies(indices[i]);
      checkEq(effective, effectives[i], "AUM_MONOTONE");
      check(unitsHash(indices[i]) == before[i], "AUM_MONOTONE");
      check(supply >= supplies_[i], "AUM_MONOTONE", supply, supplies_[i]);
      // 10 % a year is at most 3.34e-9 a second, compounded over 3 days less than 1.0009
      checkLe(supply, supplies_[i] + supplies_[i] * dt * 3342 / 1e12, "AUM_MONOTONE");
    }
    succeeded();
  }
}
