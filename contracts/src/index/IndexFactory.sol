// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {LibClone} from "solady/utils/LibClone.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {IPriceFeed, Quote, Quotes} from "../price/IPriceFeed.sol";
import {Orders} from "../rebalance/rules/Orders.sol";
import {AssetList} from "../vault/AssetList.sol";
import {IPayer, IVault} from "../vault/IVault.sol";
import {IProposals} from "../weights/IProposals.sol";
import {FeePart, Fees} from "./IIndex.sol";
import {Index} from "./Index.sol";
import {Shares} from "./Shares.sol";

/// @title IndexFactory: makes an index together with its first mint
///
/// TRUST. The creator's allowances go to the factory, which moves tokens only from the creator to the vault and only in `create`.
/// PRICES. The first mint is the only one that reads prices (docs/rules.md 1): one share per USDC of deposit. Every price must be live.
/// ROUNDING. The deposit's value is floored, per asset.
contract IndexFactory is IPayer, IProposals, AccessManaged {
  using Quotes for Quote;

  /// @notice What an index starts with.
  /// @param parts recipients of the fees besides the platform; with the platform's part they sum to 10 000
  /// @param assets ascending
  /// @param weights {1e18} targets
  /// @param amounts {tok} the first deposit, one per asset
  struct Creation {
    string name;
    string symbol;
    address manager;
    address family;
    Fees fees;
    FeePart[] parts;
    address[] assets;
    uint256[] weights;
    uint256[] amounts;
  }

  /// @notice {base} the least value of a first deposit: 100 USDC
  uint256 public constant MIN_DEPOSIT = 100e6;
  /// @dev {share/base} one whole share (18 decimals) per whole USDC (6 decimals)
  uint256 private constant SHARES_PER_BASE = 1e12;

  IVault public immutable VAULT;
  IPriceFeed public immutable FEED;
  AssetList public immutable ASSETS;
  Index public immutable IMPLEMENTATION;

  FeePart public platform;
  mapping(address family => bool) public isFamily;
  bool private transient _creating;

  event IndexCreated(
    address indexed index, address indexed creator, address indexed family, uint256 value, uint256 shares
  );
  event PlatformSet(address indexed recipient, uint256 bps);
  event FamilySet(address indexed family, bool allowed);

  error NotVault(address caller);
  error NotCreating();
  error UnknownFamily(address family);
  error NotListed(address asset);
  error PriceNotLive(address asset, uint256 status);
  error DepositTooSmall(uint256 value, uint256 minimum);
  error BadPlatformPart(uint256 bps);

  constructor(
    address authority,
    IVault vault,
    IPriceFeed feed,
    AssetList assets,
    FeePart memory platform_,
    address[] memory families
  ) AccessManaged(authority) {
    VAULT = vault;
    FEED = feed;
    ASSETS = assets;
    IMPLEMENTATION = new Index(vault, IAccessManager(authority));
    _setPlatform(platform_);
    for (uint256 i; i < families.length; ++i) {
      _setFamily(families[i], true);
    }
  }

  /// @notice Who gets the platform's part of the fees of indices made from now on.
  function setPlatform(FeePart calldata platform_) external restricted {
    _setPlatform(platform_);
  }

  /// @notice Allow or forbid a family of weights for new indices.
  function setFamily(address family, bool allowed) external restricted {
    _setFamily(family, allowed);
  }

  /// @notice Make an index and its first mint. One whole share is locked for ever, the rest is the creator's.
  function create(Creation calldata creation) public returns (address index) {
    if (!isFamily[creation.family]) revert UnknownFamily(creation.family);
    for (uint256 i; i < creation.assets.length; ++i) {
      if (!ASSETS.isListed(creation.assets[i])) revert NotListed(creation.assets[i]);
    }
    uint256 value = _valueOf(creation.assets, creation.amounts);
    if (value < MIN_DEPOSIT) revert DepositTooSmall(value, MIN_DEPOSIT);
    uint256 shares = value * SHARES_PER_BASE;
    index = LibClone.clone(address(IMPLEMENTATION));
    Index(index)
      .initialize(creation.name, creation.symbol, creation.manager, creation.fees, _withPlatform(creation.parts));
    _creating = true;
    VAULT.found(index, creation.family, msg.sender, shares, creation.assets, creation.weights, creation.amounts);
    _creating = false;
    Index(index).mintFirst(msg.sender, shares);
    emit IndexCreated(index, msg.sender, creation.family, value, shares);
  }

  /// @notice The same with weights of a proposal: the event lets anyone run its methodology again and compare.
  /// @param proposal {1} SHA-256 of its inputs (docs/rules.md 4.1)
  function createProposed(Creation calldata creation, bytes32 proposal) external returns (address index) {
    index = create(creation);
    emit WeightsProposed(index, proposal);
  }

  /// @inheritdoc IPayer
  /// @dev The vault is locked while it asks, and asks only inside `create`, for its caller.
  function pull(address payer, address[] calldata assets, uint256[] calldata amounts) external override {
    if (msg.sender != address(VAULT)) revert NotVault(msg.sender);
    if (!_creating) revert NotCreating();
    for (uint256 i; i < assets.length; ++i) {
      SafeTransferLib.safeTransferFrom(assets[i], payer, msg.sender, amounts[i]);
    }
  }

  /// @dev {base} at live prices, floored per asset
  function _valueOf(address[] calldata assets, uint256[] calldata amounts) private view returns (uint256 value) {
    Quote[] memory quotes = FEED.quotes(assets);
    for (uint256 i; i < assets.length; ++i) {
      if (quotes[i].status() != Quotes.LIVE) revert PriceNotLive(assets[i], quotes[i].status());
      value += Orders.valueOf(amounts[i], quotes[i].price());
    }
  }

  function _withPlatform(FeePart[] calldata parts) private view returns (FeePart[] memory all) {
    FeePart memory own = platform;
    uint256 first = own.bps == 0 ? 0 : 1;
    all = new FeePart[](parts.length + first);
    if (first == 1) all[0] = own;
    for (uint256 i; i < parts.length; ++i) {
      all[i + first] = parts[i];
    }
  }

  function _setPlatform(FeePart memory platform_) private {
    if (platform_.bps > Shares.BP / 2) revert BadPlatformPart(platform_.bps);
    platform = platform_;
    emit PlatformSet(platform_.recipient, platform_.bps);
  }

  function _setFamily(address family, bool allowed) private {
    isFamily[family] = allowed;
    emit FamilySet(family, allowed);
  }
}
