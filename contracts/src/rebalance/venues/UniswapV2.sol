// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedPoint} from "../../math/FixedPoint.sol";
import {Impact} from "../rules/Impact.sol";

interface IUniswapV2Pair {
  function token0() external view returns (address);
  function token1() external view returns (address);
  function getReserves() external view returns (uint112 reserve0, uint112 reserve1, uint32 timestamp);
  function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes calldata data) external;
}

/// @title UniswapV2: pools of Uniswap v2 and its forks, 30 bp fee
/// @notice Reserves are read for sizing only; no spot price ever values anything (the limit comes from the anchors and feeds).
library UniswapV2 {
  /// @param reserveIn {in}
  /// @param reserveOut {out}
  struct Hop {
    address pool;
    bool zeroForOne;
    uint256 reserveIn;
    uint256 reserveOut;
  }

  function hop(address pool, address tokenIn, address tokenOut) internal view returns (Hop memory) {
    (uint256 reserveIn, uint256 reserveOut) = reserves(pool, tokenIn, tokenOut);
    return Hop(pool, tokenIn < tokenOut, reserveIn, reserveOut);
  }

  /// @return reserveIn {in}
  /// @return reserveOut {out}
  function reserves(address pool, address tokenIn, address tokenOut)
    internal
    view
    returns (uint256 reserveIn, uint256 reserveOut)
  {
    (uint256 reserve0, uint256 reserve1,) = IUniswapV2Pair(pool).getReserves();
    return tokenIn < tokenOut ? (reserve0, reserve1) : (reserve1, reserve0);
  }

  /// @notice The price of the next small input after the fee, UQ112 {out/in}, rounded up: no input gets more.
  /// @param reserveIn {in} > 0
  /// @param reserveOut {out}
  function spotUp(uint256 reserveIn, uint256 reserveOut) internal pure returns (uint256) {
    return FixedPoint.mulDivUp(reserveOut << 112, Impact.FEE_KEEP, reserveIn * Impact.FEE_SCALE);
  }

  /// @notice Swap what lies in the pool already for exactly `amountOut`, straight to `to`.
  function swap(address pool, bool zeroForOne, uint256 amountOut, address to) internal {
    (uint256 out0, uint256 out1) = zeroForOne ? (uint256(0), amountOut) : (amountOut, uint256(0));
    IUniswapV2Pair(pool).swap(out0, out1, to, "");
  }

  function swap(Hop memory h, uint256 amountOut, address to) internal {
    swap(h.pool, h.zeroForOne, amountOut, to);
  }
}
