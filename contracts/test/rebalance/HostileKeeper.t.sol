// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/console.sol";
import {Vm} from "forge-std/Vm.sol";
import {Index} from "src/index/Index.sol";
import {IRebalancer, Pair, Trade} from "src/rebalance/IRebalancer.sol";
import {Impact} from "src/rebalance/rules/Impact.sol";
import {ConstantProductPair} from "../support/ConstantProductPair.sol";
import {Platform} from "../support/Platform.sol";

/// @title What a keeper can take who is alone and wants all (docs/rules.md 6)
/// @notice A month of openings. The keeper waits until the limit is at its floor and fills from its own stock, or pushes the pool before a
/// trade and back after it. The bound: 100 bp of what it trades and 15 bp of NAV a UTC day. Keepers who compete fill as soon as
/// it pays, so hardly anything is left.
contract HostileKeeperTest is Platform {
  enum Way {
    OwnStock,
    Sandwich,
    Competing
  }

  /// @param traded {base} given by the index, at the prices of the opening
  /// @param lost {base} by the index at the prices of now
  /// @param taken {base} by the keeper, at the prices of now
  /// @param worstDay {1e-2 bp of NAV} lost on one UTC day, at the anchors
  struct Sum {
    uint256 traded;
    int256 lost;
    int256 taken;
    uint256 worstDay;
    uint256 fills;
  }

  uint256 private constant OPENINGS = 30;
  uint256 private constant LOSS_BPS = 15;
  /// @dev {base} roundings: at most 0.001 USD a smallest unit
  uint256 private constant SLACK = 10_000;

  Index private index;
  address[] private assets;
  uint256[] private which;
  Sum private sum;
  /// @dev {1e-8 USD/whole token} at the opening
  uint256[TOKENS] private opened;
  /// @dev {base} lost on a UTC day, at the anchors
  mapping(uint256 day => uint256) private lostOn;
  /// @dev {base} the highest NAV on a UTC day, at the anchors
  mapping(uint256 day => uint256) private navOn;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(0x47), 1_000_000e6, noFees());
    assets = assetsOf(index);
    which = sortedByAddress(pick(0x47));
    equip(KEEPER, address(rebalancer));
    // the first epoch of an index is that of a reweigh, with a larger budget: let it pass
    _open(800, 1);
    advance(3 days);
  }

  function test_aLoneKeeperFillsFromItsOwnStock() public {
    _simulate(Way.OwnStock, 800);
    _report("own stock, calm market");
    // it gets the whole floor, and no more
    assertGt(sum.lost * int256(BP), int256(sum.traded) * 95);
  }

  /// @dev The market moves so much that the daily budget, not the limit, is what binds.
  function test_aLoneKeeperIsBoundByTheDailyBudget() public {
    _simulate(Way.OwnStock, 15_000);
    _report("own stock, wild market");
    assertGt(sum.worstDay, (LOSS_BPS - 1) * 100, "it reaches the budget");
  }

  function test_aLoneKeeperSandwichesEachTrade() public {
    _simulate(Way.Sandwich, 800);
    _report("sandwich");
    assertLt(sum.taken, 0, "the impact limit keeps its trades so small that its own pool fees cost more");
  }

  /// @dev docs/rules.md 6: on average at most 10 bp of what is traded
  function test_competingKeepersLeaveLittle() public {
    _simulate(Way.Competing, 800);
    _report("competing");
    assertLe(sum.lost * int256(BP), int256(sum.traded) * 10);
  }

  /// forge-config: default.fuzz.runs = 64
  /// forge-config: deep.fuzz.runs = 2000
  /// @dev LIMIT_HELD, BUDGET_HELD: whatever the market does between the rounds, however long the keeper waits and pushes.
  function testFuzz_limitAndBudgetBound(uint256 shock, uint256 wait, int256[3] memory moves, uint256 push) public {
    _open(bound(shock, 500, 20_000), 2);
    advance(bound(wait, 1 minutes, 8 hours));
    for (uint256 round; round < 3; ++round) {
      for (uint256 i; i < 3; ++i) {
        uint256 token = which[i];
        if (token == USDC) continue;
        int256 bps = bound(moves[(i + round) % 3], -200, 200);
        setPrice(token, feeds[token].round(1) * uint256(10_000 + bps) / BP);
        fillPool(token, POOL_DEPTH);
      }
      _rounds((push >> round) & 1 == 0 ? Way.OwnStock : Way.Sandwich, 1 + (push >> 8 + round * 8) % 60);
      advance(2 hours);
    }
  }

  // ----------------------------------------------------------------- simulation

  function _simulate(Way way, uint256 shock) private {
    for (uint256 i; i < OPENINGS; ++i) {
      uint256 until = vm.getBlockTimestamp() + 24 hours;
      _open(shock, i);
      if (way == Way.Competing) {
        // q of a pair with USDC is 75 bp, of the others 100 bp: the limits reach the anchor after 19 and 24 minutes
        advance(20 minutes);
        _rounds(way, 0);
        advance(5 minutes);
        _rounds(way, 0);
      } else {
        for (uint256 round; round < 3; ++round) {
          advance(90 minutes);
          _rounds(way, 20);
        }
      }
      advance(until - vm.getBlockTimestamp());
    }
  }

  /// @dev Prices move by `shock` {bps}, one up, the next down, and back at the next opening.
  function _open(uint256 shock, uint256 nth) private {
    for (uint256 i; i < which.length; ++i) {
      uint256 token = which[i];
      if (token == USDC) continue;
      uint256 price = startPrices[token];
      if ((nth + token) % 2 == 0) price = price * (BP + shock) / BP;
      setPrice(token, price);
      fillPool(token, POOL_DEPTH);
    }
    for (uint256 i; i < TOKENS; ++i) {
      opened[i] = feeds[i].round(1);
    }
    // after a day on which the budget was spent the index may happen to stand at its targets
    try rebalancer.open(one(address(index)), assets) {} catch {}
  }

  /// @dev Tries every pair, each in a round of its own. `push` {bps} of the pool's reserve goes in before a sandwiched trade.
  function _rounds(Way way, uint256 push) private {
    for (uint256 o; o < which.length; ++o) {
      for (uint256 u; u < which.length; ++u) {
        if (o == u) continue;
        // with less time gone a competitor would lose
        bool early = vm.getBlockTimestamp() < _openedAt() + 24 minutes;
        if (way == Way.Competing && early && which[o] != USDC && which[u] != USDC) continue;
        if (way == Way.Sandwich) _sandwich(o, u, push);
        else _round(Trade(uint8(o), uint8(u), 0, new address[](0)));
      }
    }
  }

  function _sandwich(uint256 o, uint256 u, uint256 push) private {
    Trade memory trade = Trade(uint8(o), uint8(u), 0, _route(which[o], which[u]));
    bool sale = which[o] != USDC;
    uint256 token = sale ? which[o] : which[u];
    int256 wealth = int256(_wealth());
    (uint256 reserveIn,) = _reserves(token, sale);
    uint256 out = _swap(token, sale, reserveIn * push / BP);
    _round(trade);
    _swap(token, !sale, out);
    sum.taken += int256(_wealth()) - wealth;
  }

  function _round(Trade memory trade) private {
    uint256 navAtAnchors = _value(true);
    uint256 navNow = _value(false);
    int256 wealth = int256(_wealth());
    Trade[] memory trades = new Trade[](1);
    trades[0] = trade;
    uint256 opening = rebalancer.openingCount();
    vm.recordLogs();
    vm.prank(KEEPER);
    try rebalancer.rebalance(opening, one(address(index)), assets, new Pair[](0), trades) {}
    catch {
      return;
    }
    (uint256 traded, uint256 tradedNow) = _traded(vm.getRecordedLogs());
    (sum.traded, sum.fills) = (sum.traded + traded, sum.fills + 1);
    int256 lost = int256(navNow) - int256(_value(false));
    sum.lost += lost;
    if (trade.route.length == 0) sum.taken += int256(_wealth()) - wealth;
    assertLe(lost, int256(tradedNow / 100 + SLACK), "LIMIT_HELD: 100 bp of what is traded, at the prices of now");
    _charge(navAtAnchors);
  }

  function _charge(uint256 navBefore) private {
    uint256 navAfter = _value(true);
    uint256 day = vm.getBlockTimestamp() / 1 days;
    if (navAfter < navBefore) lostOn[day] += navBefore - navAfter;
    if (navBefore > navOn[day]) navOn[day] = navBefore;
    assertLe(lostOn[day], navOn[day] * LOSS_BPS / BP + SLACK, "BUDGET_HELD");
    uint256 part = lostOn[day] * BP * 100 / navOn[day];
    if (part > sum.worstDay) sum.worstDay = part;
  }

  function _report(string memory name) private view {
    int256 traded = int256(sum.traded);
    console.log(name, "- fills, USDC traded:", sum.fills, sum.traded / 1e6);
    console.log("  bp of what was traded, lost by the index:", _bp(sum.lost * 1e6 / traded));
    console.log("  bp of what was traded, gained by the keeper:", _bp(sum.taken * 1e6 / traded));
    console.log("  bp of NAV, lost on the worst UTC day:", _bp(int256(sum.worstDay)));
  }

  /// @dev {1e-2 bp} as a decimal number
  function _bp(int256 hundredths) private pure returns (string memory) {
    uint256 size = hundredths < 0 ? uint256(-hundredths) : uint256(hundredths);
    string memory cents = string.concat(size % 100 < 10 ? ".0" : ".", vm.toString(size % 100));
    return string.concat(hundredths < 0 ? "-" : "", vm.toString(size / 100), cents);
  }

  // ----------------------------------------------------------------- reading

  function _openedAt() private view returns (uint256) {
    (,, uint40 at,,,) = rebalancer.epochs(address(index));
    return at;
  }

  /// @dev {base} given in the fills, at the prices of the opening and of now
  function _traded(Vm.Log[] memory logs) private view returns (uint256 then, uint256 now_) {
    for (uint256 i; i < logs.length; ++i) {
      if (logs[i].topics[0] != IRebalancer.Traded.selector) continue;
      uint256 token = tokenAt(address(uint160(uint256(logs[i].topics[2]))));
      (uint256 given,,) = abi.decode(logs[i].data, (uint256, uint256, address[]));
      then += given * opened[token] / 10 ** decimals[token] / 100;
      now_ += given * feeds[token].round(1) / 10 ** decimals[token] / 100;
    }
  }

  /// @dev {base}
  function _value(bool atOpening) private view returns (uint256 value) {
    uint256[] memory amounts = vault.holdingsOf(address(index)).amounts;
    for (uint256 i; i < which.length; ++i) {
      uint256 price = atOpening ? opened[which[i]] : feeds[which[i]].round(1);
      value += amounts[i] * price / 10 ** decimals[which[i]] / 100;
    }
  }

  /// @dev {base} of the keeper
  function _wealth() private view returns (uint256 value) {
    for (uint256 i; i < which.length; ++i) {
      uint256 token = which[i];
      value += tokens[token].balanceOf(KEEPER) * feeds[token].round(1) / 10 ** decimals[token] / 100;
    }
  }

  // ----------------------------------------------------------------- pools

  function _route(uint256 o, uint256 u) private view returns (address[] memory route) {
    if (o == USDC || u == USDC) return one(address(pools[o == USDC ? u : o]));
    route = new address[](2);
    (route[0], route[1]) = (address(pools[o]), address(pools[u]));
  }

  function _reserves(uint256 token, bool sale) private view returns (uint256 reserveIn, uint256 reserveOut) {
    (uint112 reserve0, uint112 reserve1,) = pools[token].getReserves();
    (reserveIn, reserveOut) = _zeroIn(token, sale) ? (reserve0, reserve1) : (reserve1, reserve0);
  }

  function _zeroIn(uint256 token, bool sale) private view returns (bool) {
    return pools[token].token0() == address(tokens[sale ? token : USDC]);
  }

  function _swap(uint256 token, bool sale, uint256 amount) private returns (uint256 out) {
    ConstantProductPair pool = pools[token];
    (uint256 reserveIn, uint256 reserveOut) = _reserves(token, sale);
    out = Impact.amountOut(amount, reserveIn, reserveOut);
    bool zeroIn = _zeroIn(token, sale);
    vm.startPrank(KEEPER);
    tokens[sale ? token : USDC].transfer(address(pool), amount);
    pool.swap(zeroIn ? 0 : out, zeroIn ? out : 0, KEEPER, "");
    vm.stopPrank();
  }
}
