// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {IVault} from "src/vault/IVault.sol";
import {Platform} from "../support/Platform.sol";

/// @dev Gifts belong to nobody and change no price (docs/rules.md 2): no inflation of a fresh index, no stolen deposits.
contract DonationsTest is Platform {
  Index private index;

  function setUp() public {
    deployPlatform();
    // as small as an index may be, owned by an attacker
    index = createIndex(pick(0x07), 101e6, noFees());
  }

  /// @dev The classic attack: own a fresh index, give it a fortune, let the victim's mint round to nothing.
  function testFuzz_noInflationOfAFreshIndex(uint256 gift, uint256 shares) public {
    // the attacker keeps as little as it can: all but the locked share and one smallest unit
    uint256 own = index.balanceOf(CREATOR);
    redeemFrom(index, CREATOR, own - 1);
    gift = bound(gift, 1, 1_000_000_000e6);
    for (uint256 i; i < 3; ++i) {
      tokens[i].mint(address(vault), worth(i, gift));
    }
    shares = bound(shares, 1e12, 1_000_000e18);
    (uint256 minted, uint256[] memory paid) = mintTo(index, ALICE, shares);
    assertEq(minted, shares, "the victim gets what it asked for");
    (uint256[] memory got,) = redeemFrom(index, ALICE, minted);
    for (uint256 i; i < paid.length; ++i) {
      assertLe(paid[i] - got[i], 1, "and loses at most a rounding");
    }
    (uint256[] memory loot,) = redeemFrom(index, CREATOR, 1);
    for (uint256 i; i < loot.length; ++i) {
      assertLe(loot[i], 1, "the attacker gains nothing");
    }
  }

  /// @dev NO_CREDIT
  function testFuzz_aGiftChangesNoHoldingAndNoPrice(uint256 gift, uint256 token) public {
    token %= 3;
    bytes32 before = _books();
    tokens[token].mint(address(vault), bound(gift, 1, worth(token, 1_000_000_000e6)));
    tokens[token].mint(address(index), 1e6);
    assertEq(_books(), before);
  }

  /// @dev Nobody owns a gift: not the next minter, not the next redeemer, not who reconciles.
  function test_aGiftIsNobodys() public {
    tokens[0].mint(address(vault), 1_000_000e6);
    (, uint256[] memory paid) = mintTo(index, ALICE, 10e18);
    (uint256[] memory got,) = redeemFrom(index, ALICE, 10e18);
    for (uint256 i; i < paid.length; ++i) {
      assertLe(got[i], paid[i]);
    }
    uint256 balance = tokens[0].balanceOf(address(vault));
    address[] memory rows = one(address(index));
    vm.expectPartialRevert(IVault.NothingToReconcile.selector);
    vault.reconcile(address(tokens[0]), rows);
    assertEq(tokens[0].balanceOf(address(vault)), balance);
  }

  function _books() private view returns (bytes32) {
    (, uint256[] memory cost) = index.previewMint(1e18);
    (, uint256[] memory yield_) = index.previewRedeem(1e18);
    return keccak256(abi.encode(unitsOf(index), index.totalSupply(), cost, yield_));
  }
}
