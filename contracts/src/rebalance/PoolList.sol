// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IRebalancer} from "./IRebalancer.sol";
import {IUniswapV2Pair} from "./venues/UniswapV2.sol";

/// @title PoolList: the venues that the rebalancer may trade on, and the impact each has had
///
/// A venue is a listed pool, never a factory: anybody can open a pool on a factory. Listing is restricted (whoever lists pools
/// decides where holdings are sold). Impact is cumulative per pool: within 24 h of a pool's first use all trades together get one
/// route limit (docs/rules.md 6), whichever index or epoch they serve, so nothing is gained by cutting a trade in pieces.
abstract contract PoolList is IRebalancer, AccessManaged {
  /// @param used {1e18} impact within the window
  /// @param since {s} its start
  struct Pool {
    uint128 used;
    uint64 since;
    bool listed;
  }

  uint256 private constant WINDOW = 24 hours;

  /// @dev By pool and pair, so that one word answers both whether it is listed and for what. token0 < token1.
  mapping(address pool => mapping(address token0 => mapping(address token1 => Pool))) private _pools;

  /// @notice List a pool of the Uniswap v2 kind, or take it off.
  function setPool(address pool, bool listed) external restricted {
    _setPool(pool, listed);
  }

  /// @notice Whether a pool is listed, and the impact it has had in its present window {1e18}.
  function poolState(address pool) external view returns (bool listed, uint256 used) {
    Pool storage state = _pools[pool][IUniswapV2Pair(pool).token0()][IUniswapV2Pair(pool).token1()];
    (listed, used) = (state.listed, _used(state));
  }

  function _setPool(address pool, bool listed) internal {
    (address token0, address token1) = (IUniswapV2Pair(pool).token0(), IUniswapV2Pair(pool).token1());
    _pools[pool][token0][token1].listed = listed;
    emit PoolSet(pool, token0, token1, listed);
  }

  /// @dev The record of a listed pool that trades `tokenIn` for `tokenOut`.
  function _listed(address pool, address tokenIn, address tokenOut) internal view returns (Pool storage state) {
    state = tokenIn < tokenOut ? _pools[pool][tokenIn][tokenOut] : _pools[pool][tokenOut][tokenIn];
    if (!state.listed) revert PoolNotListed(pool, tokenIn, tokenOut);
  }

  /// @dev {1e18}
  function _used(Pool storage state) internal view returns (uint256) {
    return block.timestamp >= state.since + WINDOW ? 0 : state.used;
  }

  function _use(Pool storage state, uint256 impact) internal {
    uint256 used = _used(state);
    uint64 since = used == 0 ? uint64(block.timestamp) : state.since;
    (state.used, state.since) = (uint128(used + impact), since);
  }
}
