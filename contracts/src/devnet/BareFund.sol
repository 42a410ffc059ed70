// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title BareFund: the least that a fund in kind can do, as the lower bound of gas benchmarks
/// @notice N transferFrom and one mint; N transfers and one burn. No accounting, no checks, no safety: never a product.
contract BareFund is ERC20("Bare fund", "BARE") {
  function mint(uint256 shares, address[] calldata assets, uint256[] calldata amounts) external {
    for (uint256 i; i < assets.length; ++i) {
      ERC20(assets[i]).transferFrom(msg.sender, address(this), amounts[i]);
    }
    _mint(msg.sender, shares);
  }

  function redeem(uint256 shares, address[] calldata assets, uint256[] calldata amounts) external {
    _burn(msg.sender, shares);
    for (uint256 i; i < assets.length; ++i) {
      ERC20(assets[i]).transfer(msg.sender, amounts[i]);
    }
  }
}
