// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {IChangeNotice} from "../access/IChangeNotice.sol";
import {Roles} from "../access/Roles.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IPayer, IVault} from "../vault/IVault.sol";
import {FeeLedger} from "./FeeLedger.sol";
import {FeePart, Fees, IIndex} from "./IIndex.sol";
import {Words} from "../math/Words.sol";
import {Shares} from "./Shares.sol";

/// @title Index: the ERC-20 face of one index fund
///
/// TRUST. The code is immutable; faces are minimal clones of one implementation, which is itself locked. Holders give their allowances
/// to the face, which moves tokens or claims only from a minter to the vault and only in that minter's own call. The manager
/// schedules fees within docs/rules.md 3 and cannot touch shares.
///
/// SUPPLY. `totalSupply` always includes the management fee accrued to this second, so nobody can time an exit.
///
/// ROUNDING. Against the one who comes or goes: amounts paid in and fees are ceiled, amounts paid out floored.
///
/// LIVENESS. `redeem` and `redeemToClaims` depend on the vault alone: no oracle, no role, no switch. Mints can be stopped by the
/// watchman for 7 days.
contract Index is IIndex, IPayer, FeeLedger {
  using Words for uint256[];

  IVault public immutable VAULT;
  address public immutable FACTORY;
  IAccessManager public immutable AUTHORITY;

  address private constant DEAD = 0x000000000000000000000000000000000000dEaD;
  uint256 private constant LOCKED_SHARES = 1e18;
  uint256 private constant STOP_LASTS = 7 days;
  uint256 private constant STOP_PAUSE = 30 days;

  string private _name;
  string private _symbol;
  address public override manager;
  address public pendingManager;
  /// @notice {s} until when minting is stopped
  uint40 public stoppedUntil;

  constructor(IVault vault, IAccessManager authority) {
    VAULT = vault;
    AUTHORITY = authority;
    FACTORY = msg.sender;
    manager = DEAD; // the implementation itself is nobody's index
  }

  modifier onlyManager() {
    if (msg.sender != manager) revert NotManager(msg.sender);
    _;
  }

  /// @notice Set up a fresh clone; once, by the factory that made it.
  function initialize(
    string calldata name_,
    string calldata symbol_,
    address manager_,
    Fees calldata fees_,
    FeePart[] calldata parts
  ) external {
    if (msg.sender != FACTORY) revert NotFactory(msg.sender);
    if (manager != address(0)) revert AlreadyInitialized();
    if (manager_ == address(0)) revert NotManager(manager_);
    _name = name_;
    _symbol = symbol_;
    manager = manager_;
    emit ManagerSet(manager_);
    _initFees(fees_, parts);
  }

  /// @notice The first mint: `shares` {share} to the creator, less one whole token that is locked for ever. Only the factory, once.
  function mintFirst(address creator, uint256 shares) external {
    if (msg.sender != FACTORY) revert NotFactory(msg.sender);
    if (_minted() != 0) revert AlreadyInitialized();
    _mint(DEAD, LOCKED_SHARES);
    _mint(creator, shares - LOCKED_SHARES);
  }

  // ---------------------------------------------------------------- mint and redeem

  /// @inheritdoc IIndex
  function mint(uint256 shares, uint256[] calldata maxAmounts, address to)
    external
    override
    returns (uint256 minted, uint256[] memory amounts)
  {
    (uint256 supply, uint256 mintBps) = _beginMint(shares);
    amounts = VAULT.join(msg.sender, shares, supply);
    minted = _endMint(shares, mintBps, amounts, maxAmounts, to);
  }

  /// @inheritdoc IIndex
  function mintFromClaims(uint256 shares, uint256[] calldata maxAmounts, address to)
    external
    override
    returns (uint256 minted, uint256[] memory amounts)
  {
    (uint256 supply, uint256 mintBps) = _beginMint(shares);
    amounts = VAULT.joinFromClaims(msg.sender, shares, supply);
    minted = _endMint(shares, mintBps, amounts, maxAmounts, to);
    emit MintedFromClaims(msg.sender, shares);
  }

  /// @inheritdoc IIndex
  function redeem(uint256 shares, uint256[] calldata minAmounts, address to)
    external
    override
    returns (uint256[] memory amounts, uint256 setAside)
  {
    (uint256 supply, uint256 fee) = _beginRedeem(shares);
    (amounts, setAside) = VAULT.exit(to, shares - fee, supply);
    _requireMinimums(amounts, minAmounts);
    emit Redeemed(msg.sender, to, shares, fee, amounts, setAside);
  }

  /// @inheritdoc IIndex
  function redeemToClaims(uint256 shares, uint256[] calldata minAmounts, address to)
    external
    override
    returns (uint256[] memory amounts)
  {
    (uint256 supply, uint256 fee) = _beginRedeem(shares);
    amounts = VAULT.exitToClaims(to, shares - fee, supply);
    _requireMinimums(amounts, minAmounts);
    uint256 setAside;
    for (uint256 i; i < amounts.length; ++i) {
      if (amounts.at(i) != 0) setAside |= 1 << i;
    }
    emit Redeemed(msg.sender, to, shares, fee, amounts, setAside);
    emit RedeemedToClaims(msg.sender, shares);
  }

  /// @inheritdoc IPayer
  function pull(address payer, address[] calldata assets, uint256[] calldata amounts) external override {
    if (msg.sender != address(VAULT)) revert NotVault(msg.sender);
    // the vault made both lists, at one length
    for (uint256 i; i < assets.length; ++i) {
      uint256 amount = amounts.given(i);
      if (amount != 0) SafeTransferLib.safeTransferFrom(assets[i], payer, msg.sender, amount);
    }
  }

  // ---------------------------------------------------------------- manager

  /// @notice Offer the role to another manager, who has to accept.
  function proposeManager(address manager_) external onlyManager {
    pendingManager = manager_;
    emit ManagerProposed(manager_);
  }

  function acceptManager() external {
    if (msg.sender != pendingManager) revert NotManager(msg.sender);
    manager = msg.sender;
    pendingManager = address(0);
    emit ManagerSet(msg.sender);
  }

  /// @notice Change the fees: a cut acts at once, a raise 14 days from now (docs/rules.md 3).
  function scheduleFees(Fees calldata next) external onlyManager {
    _scheduleFees(next);
  }

  /// @notice End the index: no more mints, no redeem fee, no management fee, for ever.
  function sunset() external onlyManager {
    _sunset();
  }

  // ---------------------------------------------------------------- watchman

  /// @notice Stop minting for 7 days; not again within 30 days of the last stop. Never stops redeem, claims or transfers.
  function stop() external {
    (bool member,) = AUTHORITY.hasRole(Roles.WATCHMAN, msg.sender);
    if (!member) revert NotWatchman(msg.sender);
    uint256 earliest = stoppedUntil == 0 ? 0 : stoppedUntil - STOP_LASTS + STOP_PAUSE;
    if (block.timestamp < earliest) revert StopTooSoon(earliest);
    stoppedUntil = uint40(block.timestamp + STOP_LASTS);
    _setFlag(FLAG_STOPPED);
    emit Stopped(stoppedUntil);
  }

  // ---------------------------------------------------------------- views

  function name() public view override returns (string memory) {
    return _name;
  }

  function symbol() public view override returns (string memory) {
    return _symbol;
  }

  /// @inheritdoc IIndex
  function previewMint(uint256 shares)
    external
    view
    override
    returns (address[] memory assets, uint256[] memory amounts)
  {
    return VAULT.legAmounts(address(this), shares, totalSupply(), true);
  }

  /// @inheritdoc IIndex
  function previewRedeem(uint256 shares)
    external
    view
    override
    returns (address[] memory assets, uint256[] memory amounts)
  {
    uint256 redeemBps = _redeemsFree(_flags()) ? 0 : _fees().redeemBps;
    return VAULT.legAmounts(address(this), shares - Shares.feeOf(shares, redeemBps), totalSupply(), false);
  }

  /// @notice Whether redeeming is free now: stopped, in sunset, or a dangerous change of the platform is pending.
  function redeemsFree() external view returns (bool) {
    return _redeemsFree(_flags());
  }

  /// @inheritdoc IIndex
  function fees() external view override returns (Fees memory) {
    return _fees();
  }

  // ---------------------------------------------------------------- internal

  function _beginMint(uint256 shares) private returns (uint256 supply, uint256 mintBps) {
    uint256 flags;
    (supply, mintBps,, flags) = _settleFees();
    if (flags != 0) _requireMintable(flags);
    if (supply + shares > type(uint112).max) revert SupplyOverflow(supply + shares);
  }

  function _endMint(
    uint256 shares,
    uint256 mintBps,
    uint256[] memory amounts,
    uint256[] calldata maxAmounts,
    address to
  ) private returns (uint256 minted) {
    uint256 n = amounts.length;
    if (maxAmounts.length != n) revert LengthMismatch(maxAmounts.length, n);
    for (uint256 i; i < n; ++i) {
      (uint256 amount, uint256 most) = (amounts.at(i), maxAmounts.given(i));
      if (amount > most) revert AboveMaximum(i, amount, most);
    }
    uint256 fee = Shares.feeOf(shares, mintBps);
    minted = shares - fee;
    if (minted == 0) revert NothingToMint();
    if (fee != 0) _addFees(fee);
    _mint(to, minted);
    emit Minted(msg.sender, to, shares, fee, amounts);
  }

  /// @dev Burns `shares` of the caller and keeps the fee.
  function _beginRedeem(uint256 shares) private returns (uint256 supply, uint256 fee) {
    uint256 redeemBps;
    uint256 flags;
    (supply,, redeemBps, flags) = _settleFees();
    if (redeemBps != 0 && _redeemsFree(flags)) redeemBps = 0;
    fee = Shares.feeOf(shares, redeemBps);
    if (shares == fee) revert NothingToRedeem();
    _burn(msg.sender, shares);
    if (fee != 0) _addFees(fee);
  }

  function _requireMinimums(uint256[] memory amounts, uint256[] calldata minAmounts) private pure {
    uint256 n = amounts.length;
    if (minAmounts.length != n) revert LengthMismatch(minAmounts.length, n);
    for (uint256 i; i < n; ++i) {
      (uint256 amount, uint256 least) = (amounts.at(i), minAmounts.given(i));
      if (amount < least) revert BelowMinimum(i, amount, least);
    }
  }

  function _requireMintable(uint256 flags) private view {
    if (flags & FLAG_SUNSET != 0) revert InSunset();
    if (flags & FLAG_STOPPED != 0 && block.timestamp < stoppedUntil) revert MintsStopped(stoppedUntil);
  }

  function _redeemsFree(uint256 flags) private view returns (bool) {
    if (flags & FLAG_SUNSET != 0) return true;
    if (flags & FLAG_STOPPED != 0 && block.timestamp < stoppedUntil) return true;
    return IChangeNotice(address(AUTHORITY)).changePendingUntil() > block.timestamp;
  }

  /// @dev No third contract gets an allowance that its owner did not give.
  function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
    return false;
  }
}
