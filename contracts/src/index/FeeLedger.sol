// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";
import {RAY} from "../math/FixedPoint.sol";
import {AumFee} from "./AumFee.sol";
import {FeePart, Fees, IIndex} from "./IIndex.sol";
import {Shares} from "./Shares.sol";

/// @title FeeLedger: the fees of an index, in its own shares
///
/// ONE SLOT. Everything that a mint or redeem needs lies in one word: shares owed to the recipients, last settlement, mint and redeem
/// fee, management rate, flags.
///
///   bits 0..103 owed {share} | 104..143 settledAt {s} | 144..159 mintBps | 160..175 redeemBps | 176..239 rate - 1e27 {ray/s} | 240..255 flags
///
/// SUPPLY. totalSupply = minted shares + owed shares + management fee since `settledAt`. Owed shares are minted when collected.
/// ROUNDING. The management fee is floored (docs/rules.md 3), mint and redeem fees are ceiled; a split leaves its dust for the next.
abstract contract FeeLedger is IIndex, ERC20 {
  struct Ledger {
    uint104 owed;
    uint40 settledAt;
    uint16 mintBps;
    uint16 redeemBps;
    uint64 rateExcess;
    uint16 flags;
  }

  /// @notice Fees that take effect at `from`.
  struct Schedule {
    uint40 from;
    uint16 mintBps;
    uint16 redeemBps;
    uint64 rateExcess;
  }

  uint256 internal constant MAX_MINT_BPS = 1000;
  uint256 internal constant MAX_REDEEM_BPS = 200;
  uint256 internal constant NOTICE = 14 days;
  uint256 internal constant MAX_RAISE_BPS = 100;
  /// @dev {ray a year} 0.5 %, and one part in a billion for the rounding of a rate to whole rays
  uint256 internal constant MAX_RAISE_YEARLY = 5e24 + 1e18;
  /// @dev A split stays far within the gas of a transaction.
  uint256 internal constant MAX_PARTS = 16;
  uint16 internal constant FLAG_SUNSET = 1;
  uint16 internal constant FLAG_STOPPED = 2;
  uint16 internal constant FLAG_SCHEDULED = 4;

  Ledger private _ledger;
  Schedule private _schedule;
  FeePart[] private _parts;
  /// @notice {share} what a recipient may collect
  mapping(address recipient => uint256) public collectable;
  /// @dev {share} the part of `owed` that is already split
  uint256 private _split;

  /// @notice {share} all shares, with every fee accrued to this second
  function totalSupply() public view override returns (uint256) {
    Ledger memory ledger = _ledger;
    uint256 supply = super.totalSupply() + ledger.owed;
    return supply + _accruedSince(ledger, supply);
  }

  /// @notice {share} fees that are not collected yet, accrued to this second
  function feesOwed() external view returns (uint256) {
    return totalSupply() - super.totalSupply();
  }

  /// @notice The recipients of the fees and their parts; they sum to 10 000.
  function feeParts() external view returns (FeePart[] memory) {
    return _parts;
  }

  /// @notice The fees that are announced, and from when {s}; all 0 when none are.
  function scheduledFees() external view returns (uint256 from, Fees memory next) {
    Schedule memory s = _schedule;
    if (s.from != 0) (from, next) = (s.from, Fees(s.mintBps, s.redeemBps, RAY + s.rateExcess));
  }

  /// @notice Split what is owed among the recipients; anyone. What does not divide stays for the next time.
  function distributeFees() external {
    _settleFees();
    uint256 fresh = _ledger.owed - _split;
    uint256 given;
    for (uint256 i; i < _parts.length; ++i) {
      uint256 part = fresh * _parts[i].bps / Shares.BP;
      collectable[_parts[i].recipient] += part;
      given += part;
    }
    _split += given;
    emit FeesDistributed(given);
  }

  /// @notice Mint the caller's part of the distributed fees to itself.
  function collectFees() external returns (uint256 shares) {
    shares = collectable[msg.sender];
    collectable[msg.sender] = 0;
    _split -= shares;
    _ledger.owed -= uint104(shares);
    _mint(msg.sender, shares);
    emit FeesCollected(msg.sender, shares);
  }

  /// @notice Put announced fees into force once their notice is over; anyone. Mint and redeem do it by themselves.
  function applyScheduledFees() external {
    Schedule memory s = _schedule;
    if (s.from == 0) revert NothingScheduled();
    if (block.timestamp < s.from) revert NotYet(block.timestamp, s.from);
    _settleFees();
  }

  function _initFees(Fees calldata fees_, FeePart[] calldata parts) internal {
    _requireBounds(fees_);
    uint256 sum;
    if (parts.length > MAX_PARTS) revert TooManyParts(parts.length);
    for (uint256 i; i < parts.length; ++i) {
      if (parts[i].recipient == address(0)) revert BadSplit(sum);
      _parts.push(parts[i]);
      sum += parts[i].bps;
    }
    if (sum != Shares.BP) revert BadSplit(sum);
    _ledger = Ledger(0, uint40(block.timestamp), fees_.mintBps, fees_.redeemBps, uint64(fees_.aumRate - RAY), 0);
    emit FeesSet(fees_.mintBps, fees_.redeemBps, fees_.aumRate);
  }

  /// @dev Brings the ledger up to now. The new fees of an elapsed schedule count from its own time, the old ones until then.
  function _settleFees() internal returns (uint256 supply, uint256 mintBps, uint256 redeemBps, uint256 flags) {
    Ledger memory ledger = _ledger;
    supply = super.totalSupply() + ledger.owed;
    uint256 fee = _accruedSince(ledger, supply);
    supply += fee;
    ledger.owed += uint104(fee);
    ledger.settledAt = uint40(block.timestamp);
    if (ledger.flags & FLAG_SCHEDULED != 0) _applyIfDue(ledger);
    _ledger = ledger;
    (mintBps, redeemBps, flags) = (ledger.mintBps, ledger.redeemBps, ledger.flags);
  }

  /// @dev What would not fit into the ledger is not charged: a fee never stands in the way of a redemption.
  function _addFees(uint256 shares) internal {
    uint256 owed = _ledger.owed;
    uint256 room = type(uint104).max - owed;
    unchecked {
      _ledger.owed = uint104(owed + (shares < room ? shares : room));
    }
  }

  function _scheduleFees(Fees calldata next) internal {
    _settleFees();
    Ledger memory ledger = _ledger;
    if (ledger.flags & FLAG_SUNSET != 0) revert InSunset();
    _requireBounds(next);
    _requireStep(ledger.mintBps, next.mintBps, MAX_RAISE_BPS);
    _requireStep(ledger.redeemBps, next.redeemBps, MAX_RAISE_BPS);
    uint256 oldYearly = AumFee.yearlyFraction(RAY + ledger.rateExcess);
    _requireStep(oldYearly, AumFee.yearlyFraction(next.aumRate), MAX_RAISE_YEARLY);
    uint64 nextExcess = uint64(next.aumRate - RAY);
    // What falls acts at once; what rises waits. A new announcement replaces the one before.
    bool raises = next.mintBps > ledger.mintBps || next.redeemBps > ledger.redeemBps || nextExcess > ledger.rateExcess;
    if (next.mintBps < ledger.mintBps) ledger.mintBps = next.mintBps;
    if (next.redeemBps < ledger.redeemBps) ledger.redeemBps = next.redeemBps;
    if (nextExcess < ledger.rateExcess) ledger.rateExcess = nextExcess;
    ledger.flags = raises ? ledger.flags | FLAG_SCHEDULED : ledger.flags & ~FLAG_SCHEDULED;
    _ledger = ledger;
    emit FeesSet(ledger.mintBps, ledger.redeemBps, RAY + ledger.rateExcess);
    if (raises) {
      _schedule = Schedule(uint40(block.timestamp + NOTICE), next.mintBps, next.redeemBps, nextExcess);
      emit FeesScheduled(next.mintBps, next.redeemBps, next.aumRate, block.timestamp + NOTICE);
    } else {
      delete _schedule;
    }
  }

  function _sunset() internal {
    _settleFees();
    Ledger storage ledger = _ledger;
    (ledger.mintBps, ledger.redeemBps, ledger.rateExcess) = (0, 0, 0);
    ledger.flags = (ledger.flags | FLAG_SUNSET) & ~FLAG_SCHEDULED;
    delete _schedule;
    emit FeesSet(0, 0, RAY);
    emit Sunset();
  }

  function _setFlag(uint16 flag) internal {
    _ledger.flags |= flag;
  }

  function _flags() internal view returns (uint256) {
    return _ledger.flags;
  }

  function _minted() internal view returns (uint256) {
    return super.totalSupply();
  }

  function _fees() internal view returns (Fees memory) {
    Ledger memory ledger = _ledger;
    if (ledger.flags & FLAG_SCHEDULED != 0 && block.timestamp >= _schedule.from) {
      return Fees(_schedule.mintBps, _schedule.redeemBps, RAY + _schedule.rateExcess);
    }
    return Fees(ledger.mintBps, ledger.redeemBps, RAY + ledger.rateExcess);
  }

  /// @dev {share} management fee from `settledAt` to now; a schedule that fell due in between splits the time in two.
  function _accruedSince(Ledger memory ledger, uint256 supply) private view returns (uint256 fee) {
    uint256 until = block.timestamp;
    if (until == ledger.settledAt) return 0;
    Schedule memory s;
    if (ledger.flags & FLAG_SCHEDULED != 0) {
      s = _schedule;
      if (s.from < until) until = s.from;
    }
    fee = _feeAt(supply, ledger.rateExcess, until - ledger.settledAt);
    if (until < block.timestamp) fee += _feeAt(supply + fee, s.rateExcess, block.timestamp - until);
    uint256 room = type(uint104).max - ledger.owed;
    if (fee > room) fee = room;
  }

  function _feeAt(uint256 supply, uint256 rateExcess, uint256 elapsed) private pure returns (uint256) {
    return rateExcess == 0 ? 0 : AumFee.fee(supply, RAY + rateExcess, elapsed);
  }

  function _applyIfDue(Ledger memory ledger) private {
    Schedule memory s = _schedule;
    if (block.timestamp < s.from) return;
    (ledger.mintBps, ledger.redeemBps, ledger.rateExcess) = (s.mintBps, s.redeemBps, s.rateExcess);
    ledger.flags &= ~FLAG_SCHEDULED;
    delete _schedule;
    emit FeesSet(s.mintBps, s.redeemBps, RAY + s.rateExcess);
  }

  function _requireBounds(Fees calldata fees_) private pure {
    if (fees_.mintBps > MAX_MINT_BPS) revert FeeTooHigh(fees_.mintBps, MAX_MINT_BPS);
    if (fees_.redeemBps > MAX_REDEEM_BPS) revert FeeTooHigh(fees_.redeemBps, MAX_REDEEM_BPS);
    AumFee.requireRate(fees_.aumRate);
  }

  function _requireStep(uint256 old, uint256 next, uint256 step) private pure {
    if (next > old + step) revert FeeStepTooLarge(old, next, old + step);
  }
}
