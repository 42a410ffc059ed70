// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Fees} from "src/index/IIndex.sol";
import {Index} from "src/index/Index.sol";
import {Ledger} from "./Ledger.sol";

/// @title Managers, fee recipients and the watchman: what roles can do, and cannot
abstract contract Managers is Ledger {
  /// @dev What the fees of an index may be: `present` now, `next` from `from` {s} on.
  struct Announced {
    Fees present;
    Fees next;
    uint256 from;
  }

  uint256 private constant NOTICE = 14 days;
  mapping(Index index => Announced) private _announced;

  constructor() {
    for (uint256 i; i < INDICES; ++i) {
      _announced[indices[i]].present = indices[i].fees();
    }
  }

  function reweigh(uint256 which, uint256 mask, uint256 seed) external act {
    Index index = indexOf(which);
    (address[] memory assets, uint256[] memory weights) = _randomWeights(mask, seed);
    bytes32 before = _holdingsHash(index);
    vm.prank(MANAGER);
    try managed.setWeights(address(index), assets, weights) {
      succeeded();
    } catch {}
    check(_holdingsHash(index) == before, "MANAGER_POWERLESS");
  }

  function cutFees(uint256 which, uint256 mintBps, uint256 redeemBps, uint256 rate) external act {
    Fees memory now_ = indexOf(which).fees();
    Fees memory next = Fees(
      uint16(_bound(mintBps, 0, now_.mintBps)),
      uint16(_bound(redeemBps, 0, now_.redeemBps)),
      _bound(rate, RAY, now_.aumRate)
    );
    if (_schedule(indexOf(which), next)) succeeded();
    // a cut acts at once
    check(keccak256(abi.encode(indexOf(which).fees())) == keccak256(abi.encode(next)), "FEE_NOTICE");
  }

  function raiseFees(uint256 which, uint256 mintBps, uint256 redeemBps, uint256 rate) external act {
    Fees memory now_ = indexOf(which).fees();
    Fees memory next = Fees(
      uint16(_bound(mintBps, now_.mintBps, _least(now_.mintBps + 100, 1000))),
      uint16(_bound(redeemBps, now_.redeemBps, _least(now_.redeemBps + 100, 200))),
      _bound(rate, now_.aumRate, _least(now_.aumRate + 120_000_000_000_000_000, RATE_10))
    );
    if (_schedule(indexOf(which), next)) succeeded();
  }

  function distributeFees(uint256 which) external act {
    Index index = indexOf(which);
    (uint256 supply, uint256 owed) = (index.totalSupply(), index.feesOwed());
    try index.distributeFees() {
      succeeded();
    } catch {}
    checkEq(index.totalSupply(), supply, "SUPPLY_SUM");
    checkEq(index.feesOwed(), owed, "SUPPLY_SUM");
  }

  function collectFees(uint256 which, bool creator) external act {
    Index index = indexOf(which);
    address recipient = creator ? CREATOR : TREASURY;
    (uint256 supply, uint256 due) = (index.totalSupply(), index.collectable(recipient));
    uint256 balance = index.balanceOf(recipient);
    vm.prank(recipient);
    try index.collectFees() returns (uint256 shares) {
      checkEq(shares, due, "FEES_BACKED");
      checkEq(index.balanceOf(recipient) - balance, due, "FEES_BACKED");
      succeeded();
    } catch {}
    checkEq(index.totalSupply(), supply, "SUPPLY_SUM");
  }

  /// @dev The watchman stops minting for a week; redeeming is free meanwhile.
  function stop(uint256 which) external act {
    Index index = indexOf(which);
    uint256 until = index.stoppedUntil();
    if (until != 0 && vm.getBlockTimestamp() < until + 23 days) pass(until + 23 days - vm.getBlockTimestamp());
    bytes32 before = _holdingsHash(index);
    vm.prank(WATCHMAN);
    try index.stop() {
      succeeded();
    } catch {}
    check(_holdingsHash(index) == before, "MANAGER_POWERLESS");
    check(index.redeemsFree(), "FEE_BOUNDS");
    (, uint256[] memory amounts) = index.previewMint(1e18);
    vm.prank(ALICE);
    try index.mint(1e18, amounts, ALICE) {
      check(false, "ROLES_HELD");
    } catch {}
    pass(7 days);
  }

  /// @dev FEE_BOUNDS, FEE_NOTICE: no fee is above its limit, and none rises without fourteen days of notice.
  function checkFees(Index index) internal {
    Fees memory fees = index.fees();
    checkLe(fees.mintBps, 1000, "FEE_BOUNDS");
    checkLe(fees.redeemBps, 200, "FEE_BOUNDS");
    checkLe(fees.aumRate, RATE_10, "FEE_BOUNDS");
    Announced storage a = _announced[index];
    if (a.from != 0 && vm.getBlockTimestamp() >= a.from) (a.present, a.from) = (a.next, 0);
    checkEq(fees.mintBps, a.present.mintBps, "FEE_NOTICE");
    checkEq(fees.redeemBps, a.present.redeemBps, "FEE_NOTICE");
    checkEq(fees.aumRate, a.present.aumRate, "FEE_NOTICE");
  }

  // ----------------------------------------------------------------- inside

  function _schedule(Index index, Fees memory next) private returns (bool done) {
    checkFees(index);
    bytes32 before = _holdingsHash(index);
    vm.prank(MANAGER);
    try index.scheduleFees(next) {
      done = true;
      Announced storage a = _announced[index];
      bool raises =
        next.mintBps > a.present.mintBps || next.redeemBps > a.present.redeemBps || next.aumRate > a.present.aumRate;
      a.present = Fees(
        uint16(_least(next.mintBps, a.present.mintBps)),
        uint16(_least(next.redeemBps, a.present.redeemBps)),
        _least(next.aumRate, a.present.aumRate)
      );
      (a.next, a.from) = (next, raises ? vm.getBlockTimestamp() + NOTICE : 0);
    } catch {}
    check(_holdingsHash(index) == before, "MANAGER_POWERLESS");
    checkFees(index);
  }

  /// @dev What a manager must not move: shares of anybody, effective supply, holdings, balances of the vault.
  function _holdingsHash(Index index) private view returns (bytes32 hash) {
    (uint256 effective, uint256 supply) = supplies(index);
    hash = keccak256(abi.encode(effective, supply, balancesOf(address(vault))));
    for (uint256 i; i < PEOPLE; ++i) {
      hash = keccak256(abi.encode(hash, index.balanceOf(people[i])));
    }
    uint256[TOKENS] memory amounts;
    address[] memory assets = assetsOf(index);
    uint256[] memory holdings = held(index).amounts;
    for (uint256 i; i < assets.length; ++i) {
      amounts[tokenAt(assets[i])] = holdings[i];
    }
    hash = keccak256(abi.encode(hash, amounts));
  }

  /// @dev Two to five listed assets with weights that sum to one.
  function _randomWeights(uint256 mask, uint256 seed)
    private
    view
    returns (address[] memory assets, uint256[] memory weights)
  {
    uint256 n = 2 + seed % 4;
    uint256 bits;
    for (uint256 got; got < n; ++mask) {
      uint256 bit = 1 << uint256(keccak256(abi.encode(mask))) % TOKENS;
      if (bits & bit != 0) continue;
      bits |= bit;
      ++got;
    }
    uint256[] memory which = sortedByAddress(pick(bits));
    (assets, weights) = (new address[](n), new uint256[](n));
    uint256 left = ONE;
    for (uint256 i; i < n; ++i) {
      assets[i] = address(tokens[which[i]]);
      uint256 part = ONE / n / 2 + uint256(keccak256(abi.encode(seed, i))) % (ONE / n / 2);
      weights[i] = i + 1 == n ? left : part;
      left -= weights[i];
    }
  }

  function _least(uint256 a, uint256 b) private pure returns (uint256) {
    return a < b ? a : b;
  }
}
