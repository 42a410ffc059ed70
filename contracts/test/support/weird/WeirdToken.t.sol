// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {Mode, WeirdToken} from "./WeirdToken.sol";

/// @dev The weird token does what its modes say: otherwise tests with it would prove nothing.
contract WeirdTokenTest is Test {
  address private constant TO = address(0xB0B);
  uint256 private constant AMOUNT = 1e6;
  WeirdToken private token;

  function setUp() public {
    token = new WeirdToken("ODD", 6);
    token.mint(address(this), AMOUNT);
    token.approve(address(this), type(uint256).max);
  }

  function test_decimals() public {
    assertEq(token.decimals(), 6);
    assertEq(new WeirdToken("RAY", 27).decimals(), 27);
  }

  function test_modes() public {
    _expect(Mode.Normal, true, 32, true);
    _expect(Mode.Revert, false, 0, false);
    _expect(Mode.Paused, false, 4, false);
    _expect(Mode.ReturnFalse, true, 32, false);
    _expect(Mode.ReturnNothing, true, 0, true);
    _expect(Mode.ReturnTrueUnmoved, true, 32, false);
    _expect(Mode.ReturnGarbage, true, 32, true);
    _expect(Mode.ReturnShort, true, 1, true);
    _expect(Mode.ReturnBomb, true, token.BOMB_SIZE(), true);
    _expect(Mode.RevertBomb, false, token.BOMB_SIZE(), false);
    _expect(Mode.GasBomb, false, 0, false);
  }

  function test_gasBombBurnsAllItGot() public {
    token.setMode(Mode.GasBomb);
    uint256 before = gasleft();
    (bool ok,) = address(token).call{gas: 300_000}(abi.encodeCall(token.transfer, (TO, 1)));
    assertFalse(ok);
    assertGe(before - gasleft(), 300_000);
  }

  function test_bombsFitInALegsGas() public {
    for (uint256 i; i < 2; ++i) {
      token.setMode(i == 0 ? Mode.ReturnBomb : Mode.RevertBomb);
      (, bytes memory answer) = address(token).call{gas: 300_000}(abi.encodeCall(token.transfer, (TO, 1)));
      assertEq(answer.length, token.BOMB_SIZE());
    }
  }

  function test_blacklist() public {
    token.setBlacklisted(TO, true);
    vm.expectRevert(abi.encodeWithSelector(WeirdToken.Blacklisted.selector, TO));
    token.transfer(TO, 1);
    token.setBlacklisted(TO, false);
    token.transfer(TO, 1);
    assertEq(token.balanceOf(TO), 1);
  }

  function test_tax() public {
    token.setTax(100);
    token.transfer(TO, AMOUNT);
    assertEq(token.balanceOf(TO), AMOUNT * 99 / 100);
    assertEq(token.totalSupply(), AMOUNT * 99 / 100);
  }

  function test_setBalance() public {
    token.setBalance(address(this), AMOUNT / 2);
    assertEq(token.totalSupply(), AMOUNT / 2);
    token.setBalance(TO, 7);
    assertEq(token.balanceOf(TO), 7);
  }

  function test_callbackRunsAfterTheMoveAndItsFailureIsSwallowed() public {
    token.setCallback(address(this), abi.encodeCall(this.seen, ()));
    token.transfer(TO, 1);
    assertTrue(token.callbackSucceeded());
    assertEq(abi.decode(token.callbackAnswer(), (uint256)), 1);

    token.setCallback(address(this), hex"00000000");
    token.transfer(TO, 1);
    assertFalse(token.callbackSucceeded());
    assertEq(token.callbacks(), 2);
  }

  function seen() external view returns (uint256) {
    return token.balanceOf(TO);
  }

  function _expect(Mode mode, bool ok, uint256 size, bool moved) private {
    uint256 state = vm.snapshotState();
    for (uint256 i; i < 2; ++i) {
      token.setMode(mode);
      bytes memory data = i == 0
        ? abi.encodeCall(token.transfer, (TO, AMOUNT))
        : abi.encodeCall(token.transferFrom, (address(this), TO, AMOUNT));
      (bool gotOk, bytes memory answer) = address(token).call{gas: 5_000_000}(data);
      assertEq(gotOk, ok);
      assertEq(answer.length, size);
      assertEq(token.balanceOf(TO), moved ? AMOUNT : 0);
      vm.revertToState(state);
    }
  }
}
