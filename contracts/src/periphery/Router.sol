// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Index} from "../index/Index.sol";
import {FixedPoint} from "../math/FixedPoint.sol";
import {Impact} from "../rebalance/rules/Impact.sol";
import {UniswapV2} from "../rebalance/venues/UniswapV2.sol";
import {IVault} from "../vault/IVault.sol";

interface IClaims {
  function balanceOf(address owner, uint256 id) external view returns (uint256);
  function transfer(address to, uint256 id, uint256 amount) external returns (bool);
}

/// @title Router: mint and redeem with USDC only, through pools of the caller's choice, in one transaction
///
/// TRUST. The router holds nothing between calls and gives no standing allowance; what a call moves is exactly what that call's owner
/// pays or gets. Index and pools are named by the caller and can harm only the caller, within the minimum it states.
/// ROUNDING. Amounts to buy are the index's own, ceiled; pools round against the router, so against the caller.
/// LIVENESS. Needs pools that work. Without them there is `Index.mint` and `Index.redeem`, which need none.
contract Router is ReentrancyGuardTransient {
  IVault public immutable VAULT;
  address public immutable BASE;

  error Expired(uint256 deadline, uint256 now_);
  error LengthMismatch(uint256 given, uint256 expected);
  error NotEnough(uint256 shares, uint256 minShares);
  error TooLittle(uint256 received, uint256 minBase);
  error PaysTooLittle(uint256 pay, uint256 least);
  error PoolTooSmall(address pool, uint256 reserve, uint256 wanted);

  constructor(IVault vault, address base) {
    VAULT = vault;
    BASE = base;
  }

  modifier before(uint256 deadline) {
    if (block.timestamp > deadline) revert Expired(deadline, block.timestamp);
    _;
  }

  /// @notice Mint as many shares as `pay` {base} buys, and at least `minShares` (both after the mint fee of the index).
  /// @param pools one Uniswap v2 pool with the base per leg; ignored for a leg that is the base itself
  /// @return minted {share} what `to` got
  /// @return paid {base} what the caller paid, at most `pay`; the rest was never taken
  function mintWithBase(
    Index index,
    uint256 pay,
    uint256 minShares,
    address[] calldata pools,
    address to,
    uint256 deadline
  ) external nonReentrant before(deadline) returns (uint256 minted, uint256 paid) {
    // Reverts for a face that the vault does not know: nothing invented gets an allowance of this contract.
    VAULT.familyOf(address(index));
    uint256 shares = _affordable(index, pay, pools);
    (address[] memory assets, uint256[] memory amounts) = index.previewMint(shares);
    for (uint256 i; i < assets.length; ++i) {
      if (amounts[i] == 0) continue;
      paid += _buy(assets[i], amounts[i], pools[i]);
      SafeTransferLib.safeApproveWithRetry(assets[i], address(index), amounts[i]);
    }
    (minted,) = index.mint(shares, amounts, to);
    if (minted < minShares || paid > pay) revert NotEnough(minted, minShares);
  }

  /// @notice Redeem `shares` of the caller and sell every leg for the base. A leg that the vault had to set aside comes as a claim.
  /// @param minBase {base} the least that `to` gets, claims not counted
  function redeemToBase(
    Index index,
    uint256 shares,
    uint256 minBase,
    address[] calldata pools,
    address to,
    uint256 deadline
  ) external nonReentrant before(deadline) returns (uint256 received) {
    SafeTransferLib.safeTransferFrom(address(index), msg.sender, address(this), shares);
    (address[] memory assets,) = index.previewRedeem(shares);
    if (pools.length != assets.length) revert LengthMismatch(pools.length, assets.length);
    uint256[] memory claims = _claims(assets);
    (uint256[] memory amounts, uint256 setAside) = index.redeem(shares, new uint256[](assets.length), address(this));
    for (uint256 i; i < assets.length; ++i) {
      uint256 id = uint160(assets[i]);
      if (setAside & (1 << i) != 0) {
        IClaims(address(VAULT)).transfer(to, id, IClaims(address(VAULT)).balanceOf(address(this), id) - claims[i]);
      } else if (amounts[i] != 0) {
        received += _sell(assets[i], amounts[i], pools[i], to);
      }
    }
    if (received < minBase) revert TooLittle(received, minBase);
  }

  /// @notice {base} what the legs of `shares` cost on these pools now.
  function costOf(Index index, uint256 shares, address[] calldata pools) external view returns (uint256 cost) {
    (cost,) = _costOf(index, shares, pools);
  }

  /// @return cost {base}
  /// @return steps {base} more than the roundings in it: each leg's amount is ceiled by less than one unit of its token, which costs a
  /// step on its pool, of which both ends are floored, and the pool ceils once more
  function _costOf(Index index, uint256 shares, address[] calldata pools)
    private
    view
    returns (uint256 cost, uint256 steps)
  {
    (address[] memory assets, uint256[] memory amounts) = index.previewMint(shares);
    if (pools.length != assets.length) revert LengthMismatch(pools.length, assets.length);
    for (uint256 i; i < assets.length; ++i) {
      uint256 amount = amounts[i];
      if (amount == 0) continue;
      if (assets[i] == BASE) {
        cost += amount;
        ++steps;
        continue;
      }
      UniswapV2.Hop memory hop = UniswapV2.hop(pools[i], BASE, assets[i]);
      if (amount + 1 >= hop.reserveOut) revert PoolTooSmall(pools[i], hop.reserveOut, amount);
      uint256 paid = _amountIn(hop, amount);
      cost += paid;
      steps += _amountIn(hop, amount + 1) - paid + 2;
    }
  }

  /// @dev {share} what `pay` buys. Without roundings the cost of a mint on constant-product pools is convex in its size and 0 for none, so
  /// the chord between two sizes lies above it: the size where the chord meets `pay` less the roundings never costs more than `pay`.
  function _affordable(Index index, uint256 pay, address[] calldata pools) private view returns (uint256) {
    uint256 low = index.totalSupply() / 1e6;
    (uint256 costLow, uint256 steps) = _costOf(index, low, pools);
    uint256 high = FixedPoint.mulDivDown(low, pay, costLow);
    // Less than a millionth of the supply: the chord begins at 0.
    if (high <= low) return FixedPoint.mulDivDown(low, _less(pay, steps), costLow);
    uint256 costHigh;
    (costHigh, steps) = _costOf(index, high, pools);
    if (costHigh <= pay) {
      // In a millionth of a small index the roundings weigh so much that the line through it ends far too low: once more from there.
      (low, costLow) = (high, costHigh);
      high = FixedPoint.mulDivDown(low, pay, costLow);
      (costHigh, steps) = _costOf(index, high, pools);
      if (costHigh <= pay) return high;
    }
    uint256 left = _less(pay, steps);
    if (left <= costLow) return FixedPoint.mulDivDown(low, left, costLow);
    return low + FixedPoint.mulDivDown(high - low, left - costLow, costHigh - costLow);
  }

  function _less(uint256 pay, uint256 steps) private pure returns (uint256) {
    if (pay <= steps) revert PaysTooLittle(pay, steps);
    return pay - steps;
  }

  /// @dev Pays the caller's base straight into the pool; the tokens come here.
  function _buy(address asset, uint256 amount, address pool) private returns (uint256 paid) {
    if (asset == BASE) {
      SafeTransferLib.safeTransferFrom(BASE, msg.sender, address(this), amount);
      return amount;
    }
    UniswapV2.Hop memory hop = UniswapV2.hop(pool, BASE, asset);
    if (amount >= hop.reserveOut) revert PoolTooSmall(pool, hop.reserveOut, amount);
    paid = _amountIn(hop, amount);
    SafeTransferLib.safeTransferFrom(BASE, msg.sender, pool, paid);
    UniswapV2.swap(hop, amount, address(this));
  }

  function _sell(address asset, uint256 amount, address pool, address to) private returns (uint256 received) {
    if (asset == BASE) {
      SafeTransferLib.safeTransfer(BASE, to, amount);
      return amount;
    }
    UniswapV2.Hop memory hop = UniswapV2.hop(pool, asset, BASE);
    SafeTransferLib.safeTransfer(asset, pool, amount);
    received = Impact.amountOut(amount, hop.reserveIn, hop.reserveOut);
    UniswapV2.swap(hop, received, to);
  }

  /// @dev {base} the least input that brings `amount` < hop.reserveOut, as the pool itself counts
  function _amountIn(UniswapV2.Hop memory hop, uint256 amount) private pure returns (uint256) {
    return
      FixedPoint.mulDivDown(hop.reserveIn * Impact.FEE_SCALE, amount, (hop.reserveOut - amount) * Impact.FEE_KEEP) + 1;
  }

  function _claims(address[] memory assets) private view returns (uint256[] memory claims) {
    claims = new uint256[](assets.length);
    for (uint256 i; i < assets.length; ++i) {
      claims[i] = IClaims(address(VAULT)).balanceOf(address(this), uint160(assets[i]));
    }
  }
}
