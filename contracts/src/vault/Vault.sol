// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Shares} from "../index/Shares.sol";
import {FixedPoint, ONE} from "../math/FixedPoint.sol";
import {Words} from "../math/Words.sol";
import {Balances} from "./Balances.sol";
import {ClaimBooks} from "./ClaimBooks.sol";
import {IPayer, IVault} from "./IVault.sol";
import {Legs} from "./Legs.sol";
import {RawHoldings} from "./RawHoldings.sol";
import {TradedBooks} from "./TradedBooks.sol";
import {Unit, Units} from "./Units.sol";

/// @title Vault: custody and books of all indices of one chain
///
/// TRUST. An index face is not trusted: it can move only its own effective supply, and what it pays in is measured. The rebalancer is
/// trusted for the fairness of prices, not for solvency: a round of trades ends only when balances back every unit it booked. The
/// authority sets the rebalancer and the factories, after its delay. Nobody can stop `exit`, `redeemClaim` or the transfer of claims.
///
/// BOOKS. holding = E x unit, per index and asset {tok} = {share} * {tok/share}. Mint and redeem write E only, never a leg. For every
/// asset: sum over indices of E x unit, plus claims, is at most the vault's balance. A balance above that belongs to nobody.
///
/// CLAIMS. A face spends claims of its minter only as far as that minter let it by ERC-6909, and only into its own books.
///
/// ROUNDING. Payments in are ceiled, payments out and units are floored: dust stays in the pool.
///
/// LIVENESS. A token that reverts, lies, burns gas or returns garbage makes its own leg a claim; the other legs are paid.
///
/// ONE LOCK. A transient lock covers every entry that moves tokens, claims, units or effective supply, for all indices at once; views
/// that pricing depends on revert while it is held.
contract Vault is TradedBooks, ClaimBooks, AccessManaged {
  using Words for uint256[];

  uint256 internal constant MIN_LEGS = 2;
  /// @notice {gas} what a token may burn in one payout, unless listed with a larger figure
  uint256 internal constant PAYOUT_GAS = 300_000;
  uint256 internal constant MAX_PAYOUT_GAS = 2_000_000;

  mapping(address factory => bool) public isFactory;
  /// @dev {gas} 0 stands for PAYOUT_GAS
  mapping(address asset => uint256) private _payoutGas;

  constructor(address authority, address rebalancer_, address factory) AccessManaged(authority) {
    _setRebalancer(rebalancer_);
    _setFactory(factory, true);
  }

  // ---------------------------------------------------------------- governed

  /// @notice Replace the contract that may trade. Restricted: whoever is named here decides at which price holdings move.
  function setRebalancer(address rebalancer_) external restricted {
    _setRebalancer(rebalancer_);
  }

  /// @notice Allow or forbid a factory to found indices. Founded indices are not touched.
  function setFactory(address factory, bool allowed) external restricted {
    _setFactory(factory, allowed);
  }

  /// @notice Set the gas a payout of `asset` may burn (a listing parameter; docs/rules.md 1), for legs written from now on.
  function setPayoutGas(address asset, uint256 gas_) external restricted {
    if (gas_ < PAYOUT_GAS || gas_ > MAX_PAYOUT_GAS) revert BadPayoutGas(asset, gas_);
    _payoutGas[asset] = gas_;
    emit PayoutGasSet(asset, gas_);
  }

  // ---------------------------------------------------------------- indices

  /// @inheritdoc IVault
  function join(address payer, uint256 shares, uint256 supply)
    external
    override
    lock
    returns (uint256[] memory amounts)
  {
    Book storage book = _known(msg.sender);
    uint256 next;
    uint256[] memory legs;
    (next, legs, amounts) = _entering(book, shares, supply);
    _take(msg.sender, payer, _assetsOf(legs), amounts);
    book.effectiveSupply = uint128(next);
  }

  /// @inheritdoc IVault
  function exit(address to, uint256 shares, uint256 supply)
    external
    override
    lock
    returns (uint256[] memory amounts, uint256 setAside)
  {
    uint256[] memory legs;
    (legs, amounts) = _leave(_known(msg.sender), shares, supply);
    setAside = _payAll(to, legs, amounts);
    if (setAside == 0) return (amounts, 0);
    for (uint256 i; i < legs.length; ++i) {
      if (setAside & (1 << i) == 0) continue;
      address asset = Legs.assetOf(legs[i]);
      _setAside(to, asset, amounts[i]);
      emit LegSetAside(msg.sender, asset, to, amounts[i]);
    }
  }

  /// @inheritdoc IVault
  function found(
    address index,
    address family,
    address payer,
    uint256 supply,
    address[] calldata assets,
    uint256[] calldata weights,
    uint256[] calldata amounts
  ) external override lock {
    if (!isFactory[msg.sender]) revert NotFactory(msg.sender);
    Book storage book = _books[index];
    if (book.recipe != 0) revert IndexExists(index);
    // An address that another factory's next index will have is nobody's yet.
    if (index.code.length == 0) revert UnknownIndex(index);
    if (supply > type(uint112).max) revert EffectiveSupplyOverflow(supply);
    if (assets.length != amounts.length) revert LengthMismatch(assets.length, amounts.length);
    uint256[] memory legs = _targets(assets, weights);
    _take(msg.sender, payer, assets, amounts);
    Unit[] memory units = new Unit[](assets.length);
    for (uint256 i; i < assets.length; ++i) {
      units[i] = Units.fromHolding(amounts[i], supply);
      if (Unit.unwrap(units[i]) == 0) revert UnitIsZero(assets[i]);
      ++holdersOf[assets[i]];
    }
    book.effectiveSupply = uint128(supply);
    book.family = family;
    _writeRecipe(book, legs, units);
    emit Founded(index, family, supply);
    emit Reweighed(index, assets, weights);
  }

  /// @inheritdoc IVault
  function reweigh(address index, address[] calldata assets, uint256[] calldata weights) external override lock {
    Book storage book = _known(index);
    if (msg.sender != book.family) revert NotFamily(index, msg.sender);
    uint256[] memory old = Legs.read(book.recipe);
    uint256[] memory targets = _targets(assets, weights);
    uint256[] memory legs = new uint256[](old.length + targets.length);
    Unit[] memory units = new Unit[](legs.length);
    uint256 n;
    // Both lists ascend by asset, so one walk merges them. A leg without target stays exactly while it holds a token unit.
    for ((uint256 i, uint256 j) = (0, 0); i < old.length || j < targets.length;) {
      address oldAsset = i < old.length ? Legs.assetOf(old[i]) : address(type(uint160).max);
      address newAsset = j < targets.length ? Legs.assetOf(targets[j]) : address(type(uint160).max);
      if (newAsset < oldAsset) {
        legs[n++] = targets[j++];
        ++holdersOf[newAsset];
        continue;
      }
      Unit unit = Units.at(_unitsAt(book, i), i & 1);
      ++i;
      if (newAsset == oldAsset) {
        legs[n] = targets[j++];
      } else if (Units.amountDown(book.effectiveSupply, unit) != 0) {
        legs[n] = Legs.encode(oldAsset, 0, _payoutGasOf(oldAsset));
      } else {
        --holdersOf[oldAsset];
        continue;
      }
      units[n++] = unit;
    }
    if (n > Legs.MAX_LEGS) revert BadLegCount(n);
    assembly ("memory-safe") {
      mstore(legs, n)
      mstore(units, n)
    }
    _writeRecipe(book, legs, units);
    emit Reweighed(index, assets, weights);
  }

  // ---------------------------------------------------------------- losses

  /// @inheritdoc IVault
  function reconcile(address asset, address[] calldata indices) external override lock {
    uint256 balance = Balances.balanceOf(asset, address(this));
    uint256 owed = claimsOn(asset);
    uint256[] memory holdings = new uint256[](indices.length);
    uint256[] memory positions = new uint256[](indices.length);
    uint256 holders;
    address previous;
    for (uint256 i; i < indices.length; ++i) {
      if (indices[i] <= previous) revert LegsNotAscending(previous, indices[i]);
      previous = indices[i];
      Book storage book = _books[indices[i]];
      positions[i] = _positionOf(book, asset);
      if (positions[i] == Legs.MAX_LEGS) continue;
      ++holders;
      Unit unit = Units.at(_unitsAt(book, positions[i]), positions[i] & 1);
      holdings[i] = Units.amountDown(book.effectiveSupply, unit);
      owed += Units.amountUp(book.effectiveSupply, unit);
    }
    if (holders != holdersOf[asset]) revert IncompleteHolders(asset, holders, holdersOf[asset]);
    if (balance >= owed) revert NothingToReconcile(asset, balance, owed);
    for (uint256 i; i < indices.length; ++i) {
      if (positions[i] == Legs.MAX_LEGS) continue;
      Book storage book = _books[indices[i]];
      // A face that left with everything has nothing to cut, and nothing brings its effective supply back above 0.
      if (book.effectiveSupply == 0) continue;
      uint256 holding = FixedPoint.mulDivDown(holdings[i], balance, owed);
      Unit unit = Units.fromHolding(holding, book.effectiveSupply);
      _putUnits(book, positions[i], Units.replace(_unitsAt(book, positions[i]), positions[i] & 1, unit));
    }
    _cutClaims(asset, balance, owed);
    emit Reconciled(asset, owed, balance);
  }

  // ---------------------------------------------------------------- views

  /// @inheritdoc IVault
  function holdingsOf(address index) external view override returns (Holdings memory held) {
    if (_locked) revert Locked();
    Book storage book = _known(index);
    held.effectiveSupply = book.effectiveSupply;
    held.recipe = book.recipe;
    held.reweighedAt = book.reweighedAt;
    (held.legs, held.amounts) = _amounts(book, held.effectiveSupply, false);
  }

  /// @inheritdoc IVault
  function rawHoldingsOf(address index) external view override {
    if (_locked) revert Locked();
    Book storage book = _known(index);
    (uint256 effective, uint256 recipe, uint256 reweighedAt) = (book.effectiveSupply, book.recipe, book.reweighedAt);
    uint256 head = RawHoldings.head();
    uint256[] memory legs = Legs.read(recipe);
    _amountsOf(book, legs, effective, false);
    RawHoldings.answer(head, effective, recipe, reweighedAt);
  }

  /// @inheritdoc IVault
  function legAmounts(address index, uint256 shares, uint256 supply, bool up)
    external
    view
    override
    returns (address[] memory assets, uint256[] memory amounts)
  {
    if (_locked) revert Locked();
    Book storage book = _known(index);
    uint256 held = book.effectiveSupply;
    uint256 effective = up ? Shares.effectiveUp(shares, held, supply) : Shares.effectiveDown(shares, held, supply);
    uint256[] memory legs;
    (legs, amounts) = _amounts(book, effective, up);
    assets = _assetsOf(legs);
  }

  /// @inheritdoc IVault
  function familyOf(address index) external view override returns (address) {
    return _known(index).family;
  }

  // ---------------------------------------------------------------- internal

  /// @dev Lets `source` bring the tokens and measures each: what lay here before is never credited.
  function _take(address source, address payer, address[] memory assets, uint256[] memory amounts) private {
    uint256[] memory needed = Balances.balancesOf(assets);
    uint256 n = assets.length;
    for (uint256 i; i < n; ++i) {
      needed.put(i, needed.at(i) + amounts.at(i));
    }
    IPayer(source).pull(payer, assets, amounts);
    uint256[] memory balances = Balances.balancesOf(assets);
    for (uint256 i; i < n; ++i) {
      if (balances.at(i) >= needed.at(i)) continue;
      uint256 before = needed[i] - amounts[i];
      revert ReceivedTooLittle(assets[i], balances[i] > before ? balances[i] - before : 0, amounts[i]);
    }
  }

  /// @dev Checked target weights as legs: 2 to 50 assets, strictly ascending, each above 0, the sum exactly 1.
  function _targets(address[] calldata assets, uint256[] calldata weights)
    private
    view
    returns (uint256[] memory legs)
  {
    uint256 n = assets.length;
    if (n != weights.length) revert LengthMismatch(n, weights.length);
    if (n < MIN_LEGS || n > Legs.MAX_LEGS) revert BadLegCount(n);
    legs = new uint256[](n);
    uint256 sum;
    address previous;
    for (uint256 i; i < n; ++i) {
      if (assets[i] <= previous) revert LegsNotAscending(previous, assets[i]);
      if (weights[i] == 0 || weights[i] >= ONE) revert BadWeight(assets[i], weights[i]);
      previous = assets[i];
      sum += weights[i];
      legs[i] = Legs.encode(assets[i], weights[i], _payoutGasOf(assets[i]));
    }
    if (sum != ONE) revert BadWeightSum(sum);
  }

  function _payoutGasOf(address asset) private view returns (uint256 gas_) {
    gas_ = _payoutGas[asset];
    if (gas_ == 0) gas_ = PAYOUT_GAS;
  }

  function _setFactory(address factory, bool allowed) private {
    isFactory[factory] = allowed;
    emit FactorySet(factory, allowed);
  }
}
