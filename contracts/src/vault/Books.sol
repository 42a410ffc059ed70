// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Shares} from "../index/Shares.sol";
import {Words} from "../math/Words.sol";
import {IVault} from "./IVault.sol";
import {Legs} from "./Legs.sol";
import {Unit, Units} from "./Units.sol";

/// @title Books: what each index holds
/// @notice holding = E x unit, per index and asset {tok} = {share} * {tok/share}.
/// ONE LOCK. A transient lock covers every entry that moves tokens, claims, units or effective supply, for all indices at once.
abstract contract Books is IVault {
  using Words for uint256[];

  /// @param effectiveSupply {share} E
  /// @param recipe number of the leg blob (see Legs); 0 is an unknown index
  /// @param reweighedAt {s}
  /// @param family who may reweigh
  /// @param units two a word, in the order of the legs
  struct Book {
    uint128 effectiveSupply;
    uint48 recipe;
    uint40 reweighedAt;
    address family;
    uint256[25] units;
  }

  mapping(address asset => uint256) public override holdersOf;
  mapping(address index => Book) internal _books;
  /// @dev The next blob's number: the contract's creation nonce, which starts at 1 (EIP-161).
  uint48 private _nextRecipe = 1;
  bool internal transient _locked;

  modifier lock() {
    if (_locked) revert Locked();
    _locked = true;
    _;
    _locked = false;
  }

  function _known(address index) internal view returns (Book storage book) {
    book = _books[index];
    if (book.recipe == 0) revert UnknownIndex(index);
  }

  /// @dev What a mint of `shares` brings in: `amounts` {tok} are ceil(e u) of each leg, e = ceil(s E / S); `next` {share} is E
  /// after it.
  function _entering(Book storage book, uint256 shares, uint256 supply)
    internal
    view
    returns (uint256 next, uint256[] memory legs, uint256[] memory amounts)
  {
    uint256 held = book.effectiveSupply;
    uint256 effective = Shares.effectiveUp(shares, held, supply);
    if (effective == 0) revert NothingPaid(effective);
    next = held + effective;
    if (next > type(uint112).max) revert EffectiveSupplyOverflow(next);
    (legs, amounts) = _amounts(book, effective, true);
  }

  /// @dev Books the redemption of `shares`: `amounts` {tok} are floor(e u) of each leg, e = floor(s E / S).
  function _leave(Book storage book, uint256 shares, uint256 supply)
    internal
    returns (uint256[] memory legs, uint256[] memory amounts)
  {
    uint256 held = book.effectiveSupply;
    uint256 effective = Shares.effectiveDown(shares, held, supply);
    book.effectiveSupply = uint128(held - effective);
    (legs, amounts) = _amounts(book, effective, false);
  }

  /// @dev {tok} = {share} * {tok/share} for every leg: ceiled when `up` (the holder pays), floored otherwise.
  function _amounts(Book storage book, uint256 effective, bool up)
    internal
    view
    returns (uint256[] memory legs, uint256[] memory amounts)
  {
    legs = Legs.read(book.recipe);
    amounts = _amountsOf(book, legs, effective, up);
  }

  function _amountsOf(Book storage book, uint256[] memory legs, uint256 effective, bool up)
    internal
    view
    returns (uint256[] memory amounts)
  {
    uint256 n = legs.length;
    amounts = Words.make(n);
    unchecked {
      for (uint256 i; i < n; i += 2) {
        uint256 word = _unitsAt(book, i);
        amounts.put(i, _amount(effective, Units.at(word, 0), up));
        if (i + 1 != n) amounts.put(i + 1, _amount(effective, Units.at(word, 1), up));
      }
    }
  }

  /// @dev The word that holds the units of legs `position` and its neighbour; `position` < MAX_LEGS.
  function _unitsAt(Book storage book, uint256 position) internal view returns (uint256 word) {
    uint256[25] storage units = book.units;
    assembly ("memory-safe") {
      word := sload(add(units.slot, shr(1, position)))
    }
  }

  function _putUnits(Book storage book, uint256 position, uint256 word) internal {
    uint256[25] storage units = book.units;
    assembly ("memory-safe") {
      sstore(add(units.slot, shr(1, position)), word)
    }
  }

  /// @dev Cuts the leg words down to their assets, in place.
  function _assetsOf(uint256[] memory legs) internal pure returns (address[] memory assets) {
    uint256 n = legs.length;
    for (uint256 i; i < n; ++i) {
      legs.put(i, uint160(Legs.assetOf(legs.at(i))));
    }
    assembly ("memory-safe") {
      assets := legs
    }
  }

  function _amount(uint256 effective, Unit unit, bool up) internal pure returns (uint256) {
    return up ? Units.amountUp(effective, unit) : Units.amountDown(effective, unit);
  }

  function _writeRecipe(Book storage book, uint256[] memory legs, Unit[] memory units) internal {
    book.recipe = _nextRecipe++;
    book.reweighedAt = uint40(block.timestamp);
    Legs.write(legs, book.recipe);
    for (uint256 i; i < Legs.MAX_LEGS; i += 2) {
      Unit lo = i < units.length ? units[i] : Unit.wrap(0);
      Unit hi = i + 1 < units.length ? units[i + 1] : Unit.wrap(0);
      uint256 word = Units.pack(lo, hi);
      if (book.units[i >> 1] != word) book.units[i >> 1] = word;
    }
  }

  /// @dev The place of an asset among the legs of an index; MAX_LEGS when it is none of them, or there is no such index.
  function _positionOf(Book storage book, address asset) internal view returns (uint256) {
    if (book.recipe == 0) return Legs.MAX_LEGS;
    uint256[] memory legs = Legs.read(book.recipe);
    for (uint256 i; i < legs.length; ++i) {
      if (Legs.assetOf(legs[i]) == asset) return i;
    }
    return Legs.MAX_LEGS;
  }
}
