// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title DevToken: a stand-in, on a development chain, for a token of the universe or for USDC.
/// @notice TRUST: none is needed and none is given. Anybody mints any amount; never deploy it where value is at stake.
/// Apart from the open mint it is OpenZeppelin's ERC-20 unchanged, so that gas and failures are those of a common token.
contract DevToken is ERC20 {
  uint8 private immutable _decimals;

  /// @param name_ full name
  /// @param symbol_ ticker
  /// @param decimals_ {1} digits after the point: 18 for most tokens, 6 for USDC
  constructor(string memory name_, string memory symbol_, uint8 decimals_) ERC20(name_, symbol_) {
    _decimals = decimals_;
  }

  /// @notice Creates `amount` {tok} for `to`. Open to everybody.
  function mint(address to, uint256 amount) external {
    _mint(to, amount);
  }

  /// @inheritdoc ERC20
  function decimals() public view override returns (uint8) {
    return _decimals;
  }
}
