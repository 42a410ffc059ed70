// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {AssetSources, IPriceFeed, Quotes, Source} from "src/price/IPriceFeed.sol";
import {PriceFeed} from "src/price/PriceFeed.sol";
import {WeirdToken} from "../support/weird/WeirdToken.sol";
import {FeedMode, TestAggregator} from "./Feeds.sol";
import {PriceFeedBase} from "./PriceFeedBase.sol";

/// @dev Adding and replacing feeds: docs/rules.md 5 ("replacing a feed") and 15 ("a feed swapped silently").
contract PriceFeedChangingTest is PriceFeedBase {
  // ----------------------------------------------------------------- replacing

  function testFuzz_withinTwoPercentAtOnceElseRefused(uint256 answer) public {
    answer = bound(answer, 5e8, 15e8);
    Source[] memory oldPath = feed.path(address(link));
    Source[] memory newPath = path(source(aggregator(8, int256(answer)), DAY, 50));
    uint256 price = (ONE * answer) / 1e20;
    if (answer < 9.8e8 || answer > 10.2e8) {
      vm.expectRevert(abi.encodeWithSelector(IPriceFeed.TooFarFromOld.selector, address(link), TEN, price));
      feed.replaceFeed(address(link), newPath);
      assertQuote(address(link), TEN, Quotes.LIVE);
      assertEq(feed.path(address(link))[0].feed, oldPath[0].feed);
      return;
    }
    if (answer == 9.8e8 || answer == 10.2e8) return; // flooring decides at the very edge
    vm.expectEmit(address(feed));
    emit IPriceFeed.FeedReplaced(address(link), oldPath, newPath, TEN, price);
    feed.replaceFeed(address(link), newPath);
    assertQuote(address(link), price, Quotes.LIVE);
    assertEq(quote(address(link)).qBps(), 50);
  }

  function test_furtherAwayOnly24HoursAfterAProposal() public {
    Source[] memory newPath = path(source(aggregator(8, 20e8), 3 * DAY, 50));
    vm.expectEmit(address(feed));
    emit IPriceFeed.FeedProposed(address(link), newPath, vm.getBlockTimestamp() + 24 hours);
    feed.proposeFeed(address(link), newPath);

    bytes memory tooFar = abi.encodeWithSelector(IPriceFeed.TooFarFromOld.selector, address(link), TEN, usd6(20e6));
    vm.warp(vm.getBlockTimestamp() + 24 hours - 1);
    linkUsd.push(10e8);
    vm.expectRevert(tooFar);
    feed.replaceFeed(address(link), newPath);

    vm.warp(vm.getBlockTimestamp() + 1);
    Source[] memory otherPath = path(source(aggregator(8, 20e8), 3 * DAY, 50));
    vm.expectRevert(tooFar);
    feed.replaceFeed(address(link), otherPath);
    feed.replaceFeed(address(link), newPath);
    assertQuote(address(link), usd6(20e6), Quotes.LIVE);

    // The proposal is used up.
    feed.replaceFeed(address(link), path(source(aggregator(8, 20e8), HOUR, 50)));
    linkUsd.push(10e8);
    Source[] memory back = path(source(linkUsd, HOUR, 50));
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.TooFarFromOld.selector, address(link), usd6(20e6), TEN));
    feed.replaceFeed(address(link), back);
  }

  function test_aLaterProposalTakesThePlaceOfAnEarlierOne() public {
    Source[] memory first = path(source(aggregator(8, 20e8), 3 * DAY, 50));
    Source[] memory second = path(source(aggregator(8, 30e8), 3 * DAY, 50));
    feed.proposeFeed(address(link), first);
    feed.proposeFeed(address(link), second);
    vm.warp(vm.getBlockTimestamp() + 24 hours);
    linkUsd.push(10e8);
    vm.expectRevert();
    feed.replaceFeed(address(link), first);
    feed.replaceFeed(address(link), second);
  }

  function test_aDeadFeedNeedsAProposal() public {
    linkUsd.setMode(FeedMode.Revert);
    Source[] memory newPath = path(source(aggregator(8, 10e8), 3 * DAY, 50));
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.TooFarFromOld.selector, address(link), 0, TEN));
    feed.replaceFeed(address(link), newPath);
    feed.proposeFeed(address(link), newPath);
    vm.warp(vm.getBlockTimestamp() + 24 hours);
    feed.replaceFeed(address(link), newPath);
    assertQuote(address(link), TEN, Quotes.LIVE);
  }

  function test_theNewFeedHasToBeLive() public {
    TestAggregator next = aggregator(8, 10e8);
    Source[] memory newPath = path(source(next, HOUR, 50));
    vm.warp(vm.getBlockTimestamp() + 2 * HOUR);
    linkUsd.push(10e8);
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.NotLive.selector, address(link), Quotes.FROZEN));
    feed.replaceFeed(address(link), newPath);
  }

  function test_aNewFeedNeverFallsBackOnThePriceOfItsPredecessor() public {
    TestAggregator next = aggregator(8, 10.1e8);
    feed.replaceFeed(address(link), path(source(next, HOUR, 50)));
    next.setMode(FeedMode.Revert);
    assertQuote(address(link), (ONE * 101e6) / 1e19, Quotes.FROZEN);
  }

  function test_theBasesFeedIsReplacedByTheSameRules() public {
    TestAggregator next = aggregator(8, 1.01e8);
    feed.replaceFeed(address(usdc), path(source(next, DAY, 25)));
    assertQuote(address(link), (ONE * 10e6 * 100) / (101 * 1e18), Quotes.LIVE);

    TestAggregator far = aggregator(8, 0.9e8);
    uint256 oldPrice = (ONE * 101) / 100;
    uint256 newPrice = (ONE * 9) / 10;
    Source[] memory farPath = path(source(far, DAY, 25));
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.TooFarFromOld.selector, address(usdc), oldPrice, newPrice));
    feed.replaceFeed(address(usdc), farPath);

    Source[] memory otherDecimals = path(source(aggregator(18, 1e18), DAY, 25));
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.BadDecimals.selector, address(usdc), 6, 18));
    feed.replaceFeed(address(usdc), otherDecimals);

    Source[] memory twoHops = path(source(next, DAY, 25), source(next, DAY, 25));
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.BadPathLength.selector, address(usdc), 2));
    feed.replaceFeed(address(usdc), twoHops);
  }

  function test_aDeadBaseFeedCanBeReplaced() public {
    usdcUsd.setMode(FeedMode.Revert);
    Source[] memory newPath = path(source(aggregator(8, 1e8), 3 * DAY, 25));
    feed.proposeFeed(address(usdc), newPath);
    vm.warp(vm.getBlockTimestamp() + 24 hours);
    linkUsd.push(10e8);
    feed.replaceFeed(address(usdc), newPath);
    assertQuote(address(link), TEN, Quotes.LIVE);
  }

  // ----------------------------------------------------------------- adding

  function test_addingSaysSo() public {
    WeirdToken token = new WeirdToken("NEW", 8);
    Source[] memory path_ = path(source(aggregator(8, 10e8), HOUR, 50));
    vm.expectEmit(address(feed));
    emit IPriceFeed.FeedAdded(address(token), path_, (ONE * 10e6) / 1e8);
    feed.addFeed(address(token), path_);
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.FeedExists.selector, address(token)));
    feed.addFeed(address(token), path_);
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.FeedExists.selector, address(usdc)));
    feed.addFeed(address(usdc), path_);
  }

  function test_strangersChangeNothing() public {
    Source[] memory path_ = path(source(linkUsd, HOUR, 50));
    bytes memory refused = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER);
    vm.startPrank(STRANGER);
    vm.expectRevert(refused);
    feed.addFeed(address(link), path_);
    vm.expectRevert(refused);
    feed.proposeFeed(address(link), path_);
    vm.expectRevert(refused);
    feed.replaceFeed(address(link), path_);
  }

  function test_badInputIsNamed() public {
    address token = address(new WeirdToken("NEW", 18));
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.BadPathLength.selector, token, 0));
    feed.addFeed(token, new Source[](0));
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.BadPathLength.selector, token, 3));
    feed.addFeed(token, new Source[](3));

    _badSource(token, Source(STRANGER, HOUR, 50));
    _badSource(token, Source(address(linkUsd), 0, 50));
    _badSource(token, Source(address(linkUsd), 30 days + 1, 50));
    _badSource(token, Source(address(linkUsd), HOUR, 5001));

    TestAggregator from = new TestAggregator(8, 10e8, 100e8, 1e8);
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.BadBounds.selector, address(from), int256(100e8), int256(1e8)));
    feed.addFeed(token, path(Source(address(from), HOUR, 50)));

    token = address(new WeirdToken("NEW", 28));
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.BadDecimals.selector, token, 28, 8));
    feed.addFeed(token, path(Source(address(linkUsd), HOUR, 50)));
    token = address(new WeirdToken("NEW", 27));
    TestAggregator fine = aggregator(18, 1e18);
    Source[] memory tooFine = path(source(fine, HOUR, 50), source(fine, HOUR, 50));
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.BadDecimals.selector, token, 27, 36));
    feed.addFeed(token, tooFine);
  }

  function test_27DecimalsAreTheMost() public {
    TestAggregator from = aggregator(8, 10_000e8);
    address token = added(27, from);
    assertQuote(token, (ONE * 10_000e6) / 1e27, Quotes.LIVE);
  }

  function test_aFeedWithoutBoundsOrProxyWillDo() public {
    UnboundedFeed unbounded = new UnboundedFeed();
    address token = address(new WeirdToken("NEW", 18));
    feed.addFeed(token, path(Source(address(unbounded), HOUR, 50)));
    assertQuote(token, TEN, Quotes.LIVE);
  }

  function test_deploymentChecksTheSameThings() public {
    AssetSources[] memory initial = new AssetSources[](1);
    initial[0] = AssetSources(address(usdc), path(source(usdcUsd, DAY, 25)));
    Source memory baseSource = source(usdcUsd, DAY, 25);
    address authority = feed.authority();
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.FeedExists.selector, address(usdc)));
    new PriceFeed(authority, address(usdc), baseSource, address(0), initial);
    address tooFine = address(new WeirdToken("FINE", 19));
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.BadDecimals.selector, tooFine, 19, 8));
    new PriceFeed(authority, tooFine, baseSource, address(0), new AssetSources[](0));
    usdcUsd.push(0);
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.NotLive.selector, address(usdc), 0));
    new PriceFeed(authority, address(usdc), baseSource, address(0), new AssetSources[](0));
  }

  function _badSource(address token, Source memory bad) private {
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.BadSource.selector, bad.feed, bad.heartbeat, bad.qBps));
    feed.addFeed(token, path(bad));
  }
}

/// @dev A feed that is no proxy and gives no bounds.
contract UnboundedFeed {
  uint8 public constant decimals = 8;

  function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
    return (1, 10e8, block.timestamp, block.timestamp, 1);
  }
}
