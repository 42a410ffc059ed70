// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {ERC6909} from "solady/tokens/ERC6909.sol";
import {FixedPoint} from "../math/FixedPoint.sol";
import {IVault} from "./IVault.sol";
import {Payout} from "./Payout.sol";

/// @title Claims: vTokens (ERC-6909) of plain pools, at par
/// @notice The id of a claim is its asset's address. One claim unit is one token unit {tok}, until the token itself lost balance and
/// `_cutClaims` gave everybody the same cut: from then on a unit is worth `parOf` / 1e27 {tok}. Floored: dust stays with the pool.
abstract contract Claims is IVault, ERC6909, Payout {
  uint256 internal constant PAR = 1e27;

  error ClaimTooSmall(address asset, uint256 claim, uint256 needed);
  error ClaimAllowanceTooSmall(address asset, uint256 allowed, uint256 needed);

  /// @dev {1e27} what was cut from claims so far; 0 stands for 1e27, so that no asset needs an opening.
  mapping(address asset => uint256) private _par;
  /// @dev Whether any asset's par was ever cut: while none was, no leg has to look up its own.
  bool private _everCut;
  /// @dev {claim} all claims on an asset
  mapping(address asset => uint256) private _claimSupply;

  /// @notice {1e27 tok/claim}
  function parOf(address asset) public view returns (uint256 par) {
    par = _everCut ? _par[asset] : 0;
    if (par == 0) par = PAR;
  }

  /// @inheritdoc IVault
  function claimsOn(address asset) public view override returns (uint256) {
    return FixedPoint.mulDivUp(_claimSupply[asset], parOf(asset), PAR);
  }

  function name(uint256) public pure override returns (string memory) {
    return "Wicker claim";
  }

  function symbol(uint256) public pure override returns (string memory) {
    return "vToken";
  }

  /// @dev Those of the asset, so that wallets show amounts as they are.
  function decimals(uint256 id) public view override returns (uint8) {
    return IERC20Metadata(address(uint160(id))).decimals();
  }

  function tokenURI(uint256) public pure override returns (string memory) {
    return "";
  }

  /// @dev Sets `amount` {tok} aside for `owner`, floored.
  function _setAside(address owner, address asset, uint256 amount) internal {
    uint256 par = parOf(asset);
    uint256 claim = par == PAR ? amount : FixedPoint.mulDivDown(amount, PAR, par);
    _claimSupply[asset] += claim;
    _mint(owner, uint160(asset), claim);
  }

  /// @dev Takes `claim` from `owner` and says what it is worth {tok}, floored.
  function _burnClaim(address owner, address asset, uint256 claim) internal returns (uint256 amount) {
    amount = FixedPoint.mulDivDown(claim, parOf(asset), PAR);
    _takeClaim(owner, asset, claim);
  }

  /// @dev Takes claims worth `amount` {tok} from `owner`, ceiled. The owner's consent is that of ERC-6909: `spender` is an operator
  /// or has an allowance, which falls unless it is infinite.
  function _spendClaim(address owner, address spender, bool operator, address asset, uint256 amount) internal {
    uint256 par = parOf(asset);
    uint256 claim = par == PAR ? amount : FixedPoint.mulDivUp(amount, PAR, par);
    if (!operator) {
      uint256 allowed = allowance(owner, spender, uint160(asset));
      if (allowed < claim) revert ClaimAllowanceTooSmall(asset, allowed, claim);
      if (allowed != type(uint256).max) _approve(owner, spender, uint160(asset), allowed - claim);
    }
    _takeClaim(owner, asset, claim);
  }

  function _takeClaim(address owner, address asset, uint256 claim) private {
    uint256 held = balanceOf(owner, uint160(asset));
    if (held < claim) revert ClaimTooSmall(asset, held, claim);
    _claimSupply[asset] -= claim;
    _burn(owner, uint160(asset), claim);
  }

  /// @dev Scales every claim on `asset` by balance / owed. A token that lost everything leaves claims worth one part in 1e27.
  function _cutClaims(address asset, uint256 balance, uint256 owed) internal {
    uint256 par = FixedPoint.mulDivDown(parOf(asset), balance, owed);
    _par[asset] = par == 0 ? 1 : par;
    _everCut = true;
  }
}
