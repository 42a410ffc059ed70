// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {Bound} from "src/price/Bound.sol";

contract BoundTest is Test {
  function testFuzz_roundsInwardsByAtMostOnePart(uint96 value, uint8 shift) public pure {
    value >>= shift % 96;
    uint256 down = Bound.decode(Bound.encodeDown(value));
    uint256 up = Bound.decode(Bound.encodeUp(value));
    assertLe(down, value);
    assertGe(up, value);
    assertLe((value - down) * 2048, value);
    assertLe((up - value) * 2048, value);
    assertEq(Bound.encodeDown(value) >> 20, 0);
    assertEq(Bound.encodeUp(value) >> 20, 0);
    if (value < 4096) assertEq(down, up);
  }

  function test_theNextPowerOfTwo() public pure {
    assertEq(Bound.decode(Bound.encodeUp(8191)), 8192);
    assertEq(Bound.decode(Bound.encodeUp(type(uint96).max)), 1 << 96);
    assertEq(Bound.decode(Bound.encodeDown(type(uint96).max)), uint256(4095) << 84);
  }
}
