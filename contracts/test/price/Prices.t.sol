// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Test} from "forge-std/Test.sol";
import {Prices} from "src/price/Prices.sol";

contract PricesTest is Test {
  /// @dev price <= answer * 2^112 * 10^exponent / baseAnswer < price + 1 in 512 bits, or the quotient is out of range.
  function testFuzz_flooredOnceOverTheWholeDomain(uint192 answer, uint96 baseAnswer, int256 exponent, uint8 shift)
    public
    pure
  {
    answer >>= shift % 192;
    baseAnswer = uint96(bound(baseAnswer, 1, type(uint96).max));
    exponent = bound(exponent, -48, 36);
    uint256 factor = exponent > 0 ? (1 << 112) * 10 ** uint256(exponent) : 1 << 112;
    uint256 divisor = exponent < 0 ? baseAnswer * 10 ** uint256(-exponent) : baseAnswer;

    uint256 price = Prices.toPrice(answer, baseAnswer, exponent);
    if (price != 0) {
      assertGe(price, Prices.MIN_PRICE);
      assertLt(price, Prices.PRICE_LIMIT);
      assertFalse(_less(answer, factor, price, divisor));
      assertTrue(_less(answer, factor, price + 1, divisor));
    } else if (!_less(answer, factor, Prices.MIN_PRICE, divisor)) {
      assertFalse(_less(answer, factor, Prices.PRICE_LIMIT, divisor));
    }
  }

  function test_edges() public pure {
    assertEq(Prices.toPrice(1, 1, 0), 1 << 112);
    assertEq(Prices.toPrice(1, 1 << 72, 0), Prices.MIN_PRICE);
    assertEq(Prices.toPrice(1, (1 << 72) + 1, 0), 0);
    assertEq(Prices.toPrice((1 << 16) - 1, 1, 0), Prices.PRICE_LIMIT - (1 << 112));
    assertEq(Prices.toPrice(1 << 16, 1, 0), 0);
    assertEq(Prices.toPrice(type(uint192).max, 1, 36), 0);
    assertEq(Prices.toPrice(0, 1, 0), 0);
  }

  /// @dev a * b < c * d in 512 bits.
  function _less(uint256 a, uint256 b, uint256 c, uint256 d) private pure returns (bool) {
    (uint256 high, uint256 low) = Math.mul512(a, b);
    (uint256 otherHigh, uint256 otherLow) = Math.mul512(c, d);
    return high < otherHigh || (high == otherHigh && low < otherLow);
  }
}
