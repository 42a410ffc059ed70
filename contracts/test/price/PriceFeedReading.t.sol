// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceFeed, Quote, Quotes, Source} from "src/price/IPriceFeed.sol";
import {WeirdToken} from "../support/weird/WeirdToken.sol";
import {TestAggregator} from "./Feeds.sol";
import {PriceFeedBase} from "./PriceFeedBase.sol";

/// @dev Prices of feeds that work: docs/rules.md 5.
contract PriceFeedReadingTest is PriceFeedBase {
  function test_theBaseIsWorthOneExactlyWhateverItsFeedSays() public {
    usdcUsd.push(0.5e8);
    assertQuote(address(usdc), ONE, Quotes.LIVE);
    usdcUsd.push(0);
    vm.warp(vm.getBlockTimestamp() + 30 days);
    assertQuote(address(usdc), ONE, Quotes.LIVE);
    assertEq(quote(address(usdc)).qBps(), 25);
    assertEq(feed.last(address(usdc)), ONE);
  }

  function test_usdcAt1_0002Buys0_10002Link() public {
    usdcUsd.push(1.0002e8);
    assertEq(1e6 * ONE / feed.last(address(link)), 0.10002e18);
    assertEq(feed.last(address(link)), (ONE * 10 * 10_000 * 1e6) / (10_002 * 1e18));
  }

  function test_twoHopsMultiplyBeforeTheyDivide() public {
    WeirdToken token = new WeirdToken("HOP", 18);
    TestAggregator tokenEth = aggregator(18, 0.005e18);
    TestAggregator ethUsd = aggregator(8, 2000e8);
    feed.addFeed(address(token), path(source(tokenEth, DAY, 200), source(ethUsd, HOUR, 50)));
    assertQuote(address(token), TEN, Quotes.LIVE);
    assertEq(quote(address(token)).qBps(), 250);
    Source[] memory hops = feed.path(address(token));
    assertEq(hops.length, 2);
    assertEq(hops[1].heartbeat, HOUR);
    assertEq(hops[1].qBps, 50);
  }

  function test_quotesKeepTheOrderAndAllowRepeats() public view {
    address[] memory assets = new address[](3);
    (assets[0], assets[1], assets[2]) = (address(link), address(usdc), address(link));
    Quote[] memory got = feed.quotes(assets);
    assertEq(got[0].price(), TEN);
    assertEq(got[1].price(), ONE);
    assertEq(got[2].price(), TEN);
    assertEq(got[0].qBps(), 100);
    assertEq(feed.quotes(new address[](0)).length, 0);
  }

  function testFuzz_priceIsFloored(uint256 answer, uint256 baseAnswer, uint8 feedDecimals, uint8 assetDecimals) public {
    feedDecimals = uint8(bound(feedDecimals, 6, 18));
    assetDecimals = uint8(bound(assetDecimals, 0, 27));
    answer = bound(answer, 2, 1e20);
    baseAnswer = bound(baseAnswer, 0.5e8, 2e8);
    usdcUsd.push(int256(baseAnswer));
    WeirdToken token = new WeirdToken("ANY", assetDecimals);
    // price = answer / 10^feed / (baseAnswer / 10^8) * 10^6 / 10^asset
    uint256 num = answer * 1e14;
    uint256 den = baseAnswer * 10 ** (uint256(feedDecimals) + assetDecimals);
    Source[] memory path_ = path(source(aggregator(feedDecimals, int256(answer)), HOUR, 100));
    bool inRange = num >> 16 < den && num >= (den >> 72) + 1; // price < 2^128 and, nearly, price >= 2^40
    if (!inRange) {
      if (num >> 16 >= den) vm.expectRevert(abi.encodeWithSelector(IPriceFeed.NotLive.selector, address(token), 0));
      else if (num < den >> 72) vm.expectRevert(abi.encodeWithSelector(IPriceFeed.NotLive.selector, address(token), 0));
      else return;
      feed.addFeed(address(token), path_);
      return;
    }
    feed.addFeed(address(token), path_);
    // price = floor(num * 2^112 / den), digit by digit so that nothing overflows
    uint256 expected = num / den;
    uint256 rest = num % den;
    for (uint256 i; i < 112; ++i) {
      rest *= 2;
      expected *= 2;
      if (rest >= den) (expected, rest) = (expected + 1, rest - den);
    }
    assertQuote(address(token), expected, Quotes.LIVE);
  }

  function test_aPriceOutsideTheFormatsRangeIsDead() public {
    linkUsd.push(2); // 2e-8 USD: 1.04e14 > 2^40
    assertEq(quote(address(link)).status(), Quotes.LIVE);
    TestAggregator tiny = aggregator(18, 1e18);
    address asset = added(18, tiny);
    // 2^112 * 1e-12 / 2^40 = 4.72e9: one 4.7 billionth of a dollar is the least
    tiny.push(211_758_236);
    assertEq(quote(asset).status(), Quotes.DEAD);
    tiny.push(211_758_237);
    assertEq(quote(asset).status(), Quotes.LIVE);

    TestAggregator huge = aggregator(8, 1e6);
    asset = added(0, huge); // 2^16 {base wei / asset wei} = 0.065536 USD
    huge.push(6_553_599);
    assertEq(quote(asset).status(), Quotes.LIVE);
    huge.push(6_553_600);
    assertEq(Quote.unwrap(quote(asset)), 0);
  }

  function test_unknownAssetReverts() public {
    Source[] memory path_ = path(source(linkUsd, HOUR, 1));
    bytes memory expected = abi.encodeWithSelector(IPriceFeed.UnknownAsset.selector, STRANGER);
    vm.expectRevert(expected);
    feed.quotes(list(STRANGER));
    vm.expectRevert(expected);
    feed.refreshed(list(STRANGER));
    vm.expectRevert(expected);
    feed.last(STRANGER);
    vm.expectRevert(expected);
    feed.syncBounds(list(STRANGER));
    vm.expectRevert(expected);
    feed.proposeFeed(STRANGER, path_);
    vm.expectRevert(expected);
    feed.replaceFeed(STRANGER, path_);
    assertEq(feed.path(STRANGER).length, 0);
  }

  function testFuzz_quotePacksAndUnpacks(uint128 price, uint16 qBps, uint256 status) public pure {
    status = bound(status, 0, 2);
    Quote packed = Quotes.pack(price, qBps, status);
    assertEq(packed.price(), price);
    assertEq(packed.qBps(), qBps);
    assertEq(packed.status(), status);
  }

  function test_refreshedAnswersAsQuotesAndStoresLivePricesOnly() public {
    linkUsd.push(11e8);
    vm.warp(vm.getBlockTimestamp() + 60);
    Quote got = feed.refreshed(list(address(link)))[0];
    assertEq(Quote.unwrap(got), Quote.unwrap(quote(address(link))));
    (uint256 price, uint256 at) = feed.lastGood(address(link));
    assertEq(price, got.price());
    assertEq(at, vm.getBlockTimestamp());

    vm.warp(vm.getBlockTimestamp() + 2 * HOUR);
    assertEq(feed.refreshed(list(address(link)))[0].status(), Quotes.FROZEN);
    (, uint256 later) = feed.lastGood(address(link));
    assertEq(later, at);
  }
}
