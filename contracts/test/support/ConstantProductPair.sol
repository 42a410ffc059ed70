// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title A constant-product pool with 30 bp fee, as far as the platform and the tests use one
/// @dev For tests only: nobody owns its liquidity. As in Uniswap v2 what lies in the pool above its reserves pays for a swap, and
/// x * y, the fee taken off what came in, never falls.
contract ConstantProductPair {
  error TooMuchOut();
  error ProductFell();
  error NotPaid(address token);

  /// @dev {1/1000}
  uint256 private constant FEE = 3;
  uint256 private constant SCALE = 1000;

  address public immutable token0;
  address public immutable token1;
  uint112 private _reserve0;
  uint112 private _reserve1;

  constructor(address a, address b) {
    (token0, token1) = a < b ? (a, b) : (b, a);
  }

  function getReserves() external view returns (uint112, uint112, uint32) {
    return (_reserve0, _reserve1, uint32(block.timestamp));
  }

  /// @notice Takes both balances as reserves: how a test gives liquidity.
  function sync() public {
    _reserve0 = uint112(IERC20(token0).balanceOf(address(this)));
    _reserve1 = uint112(IERC20(token1).balanceOf(address(this)));
  }

  function swap(uint256 out0, uint256 out1, address to, bytes calldata) external {
    if (out0 >= _reserve0 || out1 >= _reserve1) revert TooMuchOut();
    if (out0 != 0) _send(token0, to, out0);
    if (out1 != 0) _send(token1, to, out1);
    uint256 kept0 = _kept(token0, _reserve0, out0);
    uint256 kept1 = _kept(token1, _reserve1, out1);
    if (kept0 * kept1 < uint256(_reserve0) * _reserve1 * SCALE ** 2) revert ProductFell();
    sync();
  }

  /// @dev {1/1000 tok} what the pool holds now, less the fee on what came in
  function _kept(address token, uint256 reserve, uint256 out) private view returns (uint256) {
    uint256 balance = IERC20(token).balanceOf(address(this));
    uint256 left = reserve - out;
    return balance * SCALE - (balance > left ? balance - left : 0) * FEE;
  }

  function _send(address token, address to, uint256 amount) private {
    (bool ok, bytes memory answer) = token.call(abi.encodeCall(IERC20.transfer, (to, amount)));
    if (!ok || (answer.length != 0 && !abi.decode(answer, (bool)))) revert NotPaid(token);
  }
}
