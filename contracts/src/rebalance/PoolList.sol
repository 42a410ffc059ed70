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
  /// @dev What is kept of a pool, one word.
  /// @param used {1e18} impact within the window
  /// @param since {s} its start
  struct Pool {
    uint128 used;
    uint64 since;
    bool listed;
  }

  /// @dev A pool's word, read once a trade.
  /// @param slot where it is kept
  /// @param used {1e18} impact within the window that lasts now; 0 when none does
  /// @param since {s} its start
  struct Use {
    uint256 slot;
    uint256 used;
    uint256 since;
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
    (address token0, address token1) = (IUniswapV2Pair(pool).token0(), IUniswapV2Pair(pool).token1());
    Pool memory state = _pools[pool][token0][token1];
    return (state.listed, _isOver(state.since) ? 0 : state.used);
  }

  function _setPool(address pool, bool listed) internal {
    (address token0, address token1) = (IUniswapV2Pair(pool).token0(), IUniswapV2Pair(pool).token1());
    _pools[pool][token0][token1].listed = listed;
    emit PoolSet(pool, token0, token1, listed);
  }

  /// @dev Reads how a listed pool that trades `tokenIn` for `tokenOut` was used; reverts when it is not listed for them.
  function _readUse(Use memory use, address pool, address tokenIn, address tokenOut) internal view {
    (address token0, address token1) = tokenIn < tokenOut ? (tokenIn, tokenOut) : (tokenOut, tokenIn);
    Pool storage state = _pools[pool][token0][token1];
    if (!state.listed) revert PoolNotListed(pool, tokenIn, tokenOut);
    (use.used, use.since) = (state.used, state.since);
    assembly ("memory-safe") {
      mstore(use, state.slot)
    }
    if (_isOver(use.since)) use.used = 0;
  }

  /// @dev Adds to the impact of a pool since it was read. A window begins with its first use.
  function _addUse(Use memory use, uint256 impact) internal {
    Pool storage state;
    assembly ("memory-safe") {
      state.slot := mload(use)
    }
    uint256 since = use.used == 0 ? block.timestamp : use.since;
    (state.used, state.since) = (uint128(use.used + impact), uint64(since));
  }

  function _isOver(uint256 since) private view returns (bool) {
    return block.timestamp >= since + WINDOW;
  }
}
