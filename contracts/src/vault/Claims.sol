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
///
/// SERIES. A par cannot fall for ever: at 0 nothing could be set aside, and one kept above 0 would bear no further loss, at the cost of
/// all who stay. So a loss that leaves next to nothing voids the claims, and those made later are a new series, at par. Series are told
/// apart by the bits above the address: events show them, and the plain address always means the series of now.
abstract contract Claims is IVault, ERC6909, Payout {
  /// @param par {1e27} what is left of a claim after all cuts; 0 stands for 1e27, so that no asset needs an opening
  /// @param number how often claims were voided
  struct Series {
    uint128 par;
    uint96 number;
  }

  uint256 internal constant PAR = 1e27;
  /// @dev {1e27} Claims are void below it: what they would still be worth is less than one part in 1e18, and no cut is off by more
  /// than one part in 1e9.
  uint256 private constant LEAST_PAR = 1e9;

  error ClaimTooSmall(address asset, uint256 claim, uint256 needed);
  error ClaimAllowanceTooSmall(address asset, uint256 allowed, uint256 needed);

  mapping(address asset => Series) private _series;
  /// @dev Whether any asset's par was ever cut: while none was, no leg has to look up its own.
  bool private _everCut;
  /// @dev {claim} all claims on an asset
  mapping(address asset => uint256) private _claimSupply;

  /// @notice {1e27 tok/claim}
  function parOf(address asset) public view returns (uint256 par) {
    (par,) = _seriesOf(asset);
  }

  /// @inheritdoc IVault
  function claimsOn(address asset) public view override returns (uint256) {
    return FixedPoint.mulDivUp(_claimSupply[asset], parOf(asset), PAR);
  }

  /// @notice {claim} An id that is an address means the present series of that asset's claims.
  function balanceOf(address owner, uint256 id) public view override returns (uint256) {
    return super.balanceOf(owner, _idOf(id));
  }

  /// @notice {claim} As `balanceOf`.
  function allowance(address owner, address spender, uint256 id) public view override returns (uint256) {
    return super.allowance(owner, spender, _idOf(id));
  }

  /// @notice Transfers `amount` {claim}; `id` as for `balanceOf`.
  function transfer(address to, uint256 id, uint256 amount) public payable override returns (bool) {
    return super.transfer(to, _idOf(id), amount);
  }

  /// @notice Transfers `amount` {claim} of `from`; `id` as for `balanceOf`.
  function transferFrom(address from, address to, uint256 id, uint256 amount) public payable override returns (bool) {
    return super.transferFrom(from, to, _idOf(id), amount);
  }

  /// @notice Allows `amount` {claim}; `id` as for `balanceOf`.
  function approve(address spender, uint256 id, uint256 amount) public payable override returns (bool) {
    return super.approve(spender, _idOf(id), amount);
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
    (uint256 par, uint256 id) = _seriesOf(asset);
    uint256 claim = par == PAR ? amount : FixedPoint.mulDivDown(amount, PAR, par);
    _claimSupply[asset] += claim;
    _mint(owner, id, claim);
  }

  /// @dev Takes `claim` from `owner` and says what it is worth {tok}, floored.
  function _burnClaim(address owner, address asset, uint256 claim) internal returns (uint256 amount) {
    (uint256 par, uint256 id) = _seriesOf(asset);
    amount = FixedPoint.mulDivDown(claim, par, PAR);
    _takeClaim(owner, asset, id, claim);
  }

  /// @dev Takes claims worth `amount` {tok} from `owner`, ceiled. The owner's consent is that of ERC-6909: `spender` is an operator
  /// or has an allowance, which falls unless it is infinite.
  function _spendClaim(address owner, address spender, bool operator, address asset, uint256 amount) internal {
    (uint256 par, uint256 id) = _seriesOf(asset);
    uint256 claim = par == PAR ? amount : FixedPoint.mulDivUp(amount, PAR, par);
    if (!operator) {
      uint256 allowed = super.allowance(owner, spender, id);
      if (allowed < claim) revert ClaimAllowanceTooSmall(asset, allowed, claim);
      if (allowed != type(uint256).max) _approve(owner, spender, id, allowed - claim);
    }
    _takeClaim(owner, asset, id, claim);
  }

  function _takeClaim(address owner, address asset, uint256 id, uint256 claim) private {
    uint256 held = super.balanceOf(owner, id);
    if (held < claim) revert ClaimTooSmall(asset, held, claim);
    _claimSupply[asset] -= claim;
    _burn(owner, id, claim);
  }

  /// @dev Scales every claim on `asset` by balance / owed, floored; voids them all when that leaves next to nothing.
  function _cutClaims(address asset, uint256 balance, uint256 owed) internal {
    (uint256 par,) = _seriesOf(asset);
    par = FixedPoint.mulDivDown(par, balance, owed);
    Series storage series = _series[asset];
    if (par < LEAST_PAR) {
      emit ClaimsVoided(asset, _claimSupply[asset]);
      _claimSupply[asset] = 0;
      ++series.number;
      par = 0;
    }
    series.par = uint128(par);
    _everCut = true;
  }

  /// @return par {1e27}
  /// @return id of the claims that are made now
  function _seriesOf(address asset) private view returns (uint256 par, uint256 id) {
    (par, id) = (PAR, uint160(asset));
    if (!_everCut) return (par, id);
    Series storage series = _series[asset];
    if (series.par != 0) par = series.par;
    id |= uint256(series.number) << 160;
  }

  /// @dev The id that balances are kept under.
  function _idOf(uint256 id) private view returns (uint256) {
    if (id >> 160 == 0) (, id) = _seriesOf(address(uint160(id)));
    return id;
  }
}
