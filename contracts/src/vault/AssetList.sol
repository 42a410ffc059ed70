// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {IPriceFeed, Quote, Quotes} from "../price/IPriceFeed.sol";

/// @title AssetList: which tokens an index may hold
///
/// Listing takes two calls at least 24 h apart (docs/rules.md 2). Between them the list holds a probe of the token: a transfer tax shows
/// in the first call, a rebase as a changed balance in the second. That the token does not rebase is also attested by who lists it.
/// TRUST. The lister decides what is listed, not what it is worth, and cannot reach any holding.
/// LIVENESS. A donation to the list spoils one probe: propose again. A delisted asset stays redeemable for ever.
contract AssetList is AccessManaged {
  using Quotes for Quote;

  /// @param balance {tok} of the list after the probe came in
  struct Probe {
    address lister;
    uint40 since;
    uint256 amount;
    uint256 balance;
  }

  uint256 public constant LISTING_DELAY = 24 hours;
  uint256 public constant MAX_DECIMALS = 27;
  /// @dev {tok} 2^112
  uint256 private constant SUPPLY_LIMIT = 1 << 112;
  /// @dev {base/tok} UQ112: a smallest unit is worth at most 0.001 USD, which is 1 000 of USDC's
  uint256 private constant MAX_PRICE = 1000 << 112;
  uint256 private constant MIN_PRICE = 1 << 40;

  IPriceFeed public immutable FEED;

  mapping(address asset => Probe) public probeOf;
  mapping(address asset => bool) private _listed;
  /// @notice {s} when an asset was taken off the list; 0 while it is listed
  mapping(address asset => uint256) public delistedSince;
  /// @notice How often an asset was taken off the list: who keeps the number knows without further reads that none was since.
  uint32 public delistings;

  event ListingProposed(address indexed asset, address indexed lister, uint256 amount);
  event Listed(address indexed asset, string attestation);
  event Delisted(address indexed asset);

  error AlreadyListed(address asset);
  error NotListed(address asset);
  error NoProbe(address asset);
  error TooSoon(uint256 now_, uint256 from);
  error TransferTax(address asset, uint256 sent, uint256 received);
  error BalanceMoved(address asset, uint256 before, uint256 now_);
  error TooManyDecimals(address asset, uint256 decimals);
  error SupplyTooLarge(address asset, uint256 supply);
  error PriceOutOfRange(address asset, uint256 price);
  error AttestationMissing();

  constructor(address authority, IPriceFeed feed) AccessManaged(authority) {
    FEED = feed;
  }

  /// @notice First call: leave a probe of `amount` {tok}.
  function propose(address asset, uint256 amount) external restricted {
    if (isListed(asset)) revert AlreadyListed(asset);
    Probe memory old = probeOf[asset];
    uint256 before = SafeTransferLib.balanceOf(asset, address(this));
    SafeTransferLib.safeTransferFrom(asset, msg.sender, address(this), amount);
    uint256 balance = SafeTransferLib.balanceOf(asset, address(this));
    if (balance != before + amount || amount == 0) revert TransferTax(asset, amount, balance - before);
    probeOf[asset] = Probe(msg.sender, uint40(block.timestamp), amount, balance);
    emit ListingProposed(asset, msg.sender, amount);
    if (old.amount != 0) SafeTransferLib.safeTransfer(asset, old.lister, old.amount);
    if (old.amount != 0) probeOf[asset].balance = SafeTransferLib.balanceOf(asset, address(this));
  }

  /// @notice Second call, a day later or more: list the asset and give the probe back.
  /// @param attestation who vouches, and how, that the token does not rebase
  function confirm(address asset, string calldata attestation) external restricted {
    Probe memory probe = probeOf[asset];
    if (probe.amount == 0) revert NoProbe(asset);
    if (block.timestamp < probe.since + LISTING_DELAY) revert TooSoon(block.timestamp, probe.since + LISTING_DELAY);
    if (bytes(attestation).length == 0) revert AttestationMissing();
    _requireStandard(asset);
    uint256 balance = SafeTransferLib.balanceOf(asset, address(this));
    if (balance != probe.balance) revert BalanceMoved(asset, probe.balance, balance);
    delete probeOf[asset];
    _listed[asset] = true;
    delete delistedSince[asset];
    emit Listed(asset, attestation);
    uint256 before = SafeTransferLib.balanceOf(asset, probe.lister);
    SafeTransferLib.safeTransfer(asset, probe.lister, probe.amount);
    uint256 received = SafeTransferLib.balanceOf(asset, probe.lister) - before;
    if (received != probe.amount) revert TransferTax(asset, probe.amount, received);
  }

  /// @notice Take an asset off the list: indices sell it, on a clock that widens day by day, and it can always be taken in kind.
  function delist(address asset) external restricted {
    if (!isListed(asset)) revert NotListed(asset);
    _listed[asset] = false;
    delistedSince[asset] = block.timestamp;
    ++delistings;
    emit Delisted(asset);
  }

  /// @notice Whether new indices and weights may name the asset.
  function isListed(address asset) public view returns (bool) {
    return _listed[asset];
  }

  function _requireStandard(address asset) private view {
    uint256 decimals = IERC20Metadata(asset).decimals();
    if (decimals > MAX_DECIMALS) revert TooManyDecimals(asset, decimals);
    uint256 supply = IERC20Metadata(asset).totalSupply();
    if (supply >= SUPPLY_LIMIT) revert SupplyTooLarge(asset, supply);
    uint256 price = FEED.last(asset);
    if (price > MAX_PRICE || price < MIN_PRICE) revert PriceOutOfRange(asset, price);
  }
}
