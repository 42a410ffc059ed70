// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Fees} from "src/index/IIndex.sol";
import {Index} from "src/index/Index.sol";
import {IVault} from "src/vault/IVault.sol";
import {Platform} from "../support/Platform.sol";

/// @title What a campaign of stateful fuzzing remembers: who did what, how often, and which invariants were checked
/// @dev An actor never asserts: a revert would undo the very step that broke a rule. It notes the check, and the campaign fails on the
/// notes. The sentences behind the ids are in docs/invariants.md.
abstract contract Ledger is Platform {
  uint256 internal constant INDICES = 3;
  uint256 internal constant PEOPLE = 4;
  address internal constant CAROL = address(0xCA401);

  struct Note {
    uint256 checks;
    uint256 failures;
    uint256 got;
    uint256 wanted;
  }

  /// @dev Ascending by address.
  Index[INDICES] internal indices;
  address[PEOPLE] internal people = [ALICE, BOB, CAROL, CREATOR];
  /// @dev Feeds that stopped answering.
  bool[TOKENS] internal stale;
  /// @dev {1e-8 USD/whole token} what a token is worth, whatever its feed says
  uint256[TOKENS] internal truePrices;
  /// @dev {tok} sent to the vault by donors
  uint256[TOKENS] internal donated;
  /// @dev {tok} most that roundings may have left in the vault
  uint256[TOKENS] internal roundings;

  string[] internal ids;
  mapping(string id => Note) internal noteOf;
  /// @dev Of the action under way: whether it did what it set out to do, and whether a check failed.
  bool private _done;
  bool private _failed;

  error NothingDone();

  /// @dev An action that did nothing reverts, so that the table at the end of a campaign counts it as such; not when a check failed: a
  /// revert would forget that.
  modifier act() {
    (_done, _failed) = (false, false);
    _;
    if (!_done && !_failed) revert NothingDone();
  }

  constructor() {
    deployPlatform();
    truePrices = startPrices;
    // Three indices that share assets; no fees, common fees, the highest fees.
    indices[0] = createIndex(pick(0x3e), 5_000_000e6, Fees(20, 50, RATE_1));
    indices[1] = createIndex(pick(0x4b), 1_000_000e6, noFees());
    indices[2] = createIndex(pick(0xec), 300_000e6, Fees(1000, 200, RATE_10));
    _sortIndices();
    for (uint256 i; i < INDICES; ++i) {
      rounded(indices[i], 2); // its units, and its holdings when they are read
    }
    for (uint256 i; i < PEOPLE; ++i) {
      for (uint256 j; j < INDICES; ++j) {
        equip(people[i], address(indices[j]));
        vm.prank(people[i]);
        indices[j].approve(address(router), type(uint256).max);
      }
      equip(people[i], address(router));
    }
    equip(KEEPER, address(rebalancer));
    for (uint256 i; i < PEOPLE * INDICES; ++i) {
      mintTo(indices[i % INDICES], people[i / INDICES], 10_000e18);
      rounded(indices[i % INDICES], 1);
    }
  }

  // ----------------------------------------------------------------- notes

  function succeeded() internal {
    _done = true;
  }

  function check(bool holds, string memory id) internal {
    check(holds, id, 0, 0);
  }

  function check(bool holds, string memory id, uint256 got, uint256 wanted) internal {
    Note storage note = noteOf[id];
    if (note.checks++ == 0) ids.push(id);
    if (holds) return;
    _failed = true;
    if (note.failures++ == 0) (note.got, note.wanted) = (got, wanted);
  }

  function checkEq(uint256 got, uint256 wanted, string memory id) internal {
    check(got == wanted, id, got, wanted);
  }

  function checkLe(uint256 got, uint256 wanted, string memory id) internal {
    check(got <= wanted, id, got, wanted);
  }

  // ----------------------------------------------------------------- choices

  function indexOf(uint256 seed) internal view returns (Index) {
    return indices[seed % INDICES];
  }

  function person(uint256 seed) internal view returns (address) {
    return people[seed % PEOPLE];
  }

  function pass(uint256 dt) internal {
    vm.warp(vm.getBlockTimestamp() + dt);
    for (uint256 i; i < TOKENS; ++i) {
      if (!stale[i]) feeds[i].push(int256(feeds[i].round(1)));
    }
  }

  // ----------------------------------------------------------------- readings

  function held(Index index) internal view returns (IVault.Holdings memory) {
    return vault.holdingsOf(address(index));
  }

  /// @dev The units and the leg list of an index as one word.
  function unitsHash(Index index) internal view returns (bytes32) {
    return keccak256(abi.encode(unitsOf(index), held(index).legs));
  }

  function unitsHashes() internal view returns (bytes32[INDICES] memory hashes) {
    for (uint256 i; i < INDICES; ++i) {
      hashes[i] = unitsHash(indices[i]);
    }
  }

  /// @dev E and S of an index {share}
  function supplies(Index index) internal view returns (uint256 effective, uint256 supply) {
    return (held(index).effectiveSupply, index.totalSupply());
  }

  /// @dev Every amount that an index keeps for its holders, as one word.
  function booksHash(Index index) internal view returns (bytes32) {
    (uint256 effective, uint256 supply) = supplies(index);
    return keccak256(abi.encode(effective, supply, unitsHash(index), held(index).amounts));
  }

  function booksHashes() internal view returns (bytes32[INDICES] memory hashes) {
    for (uint256 i; i < INDICES; ++i) {
      hashes[i] = booksHash(indices[i]);
    }
  }

  function balancesOf(address who) internal view returns (uint256[TOKENS] memory balances) {
    for (uint256 i; i < TOKENS; ++i) {
      balances[i] = tokens[i].balanceOf(who);
    }
  }

  /// @dev {tok} what `who` has of each token, paid or claimed
  function wealthOf(address who) internal view returns (uint256[TOKENS] memory wealth) {
    wealth = balancesOf(who);
    for (uint256 i; i < TOKENS; ++i) {
      wealth[i] += claimWorth(who, i);
    }
  }

  /// @dev {tok}
  function claimWorth(address who, uint256 token) internal view returns (uint256) {
    address asset = address(tokens[token]);
    return claimOf(who, asset) * vault.parOf(asset) / 1e27;
  }

  function hasLeg(Index index, uint256 token) internal view returns (bool) {
    address[] memory assets = assetsOf(index);
    for (uint256 i; i < assets.length; ++i) {
      if (assets[i] == address(tokens[token])) return true;
    }
    return false;
  }

  /// @dev A mint, redeem or settlement of `index` rounds each of its legs `times` times.
  function rounded(Index index, uint256 times) internal {
    address[] memory assets = assetsOf(index);
    for (uint256 i; i < assets.length; ++i) {
      roundings[tokenAt(assets[i])] += times;
    }
  }

  function _sortIndices() private {
    for (uint256 i = 1; i < INDICES; ++i) {
      for (uint256 j = i; j > 0 && indices[j - 1] > indices[j]; --j) {
        (indices[j - 1], indices[j]) = (indices[j], indices[j - 1]);
      }
    }
  }
}
