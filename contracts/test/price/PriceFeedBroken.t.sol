// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceFeed, Quote, Quotes, Source} from "src/price/IPriceFeed.sol";
import {FeedMode, TestAggregator, TestProxy} from "./Feeds.sol";
import {PriceFeedBase} from "./PriceFeedBase.sol";

/// @dev Feeds that are stale, wrong or hostile: docs/rules.md 5 and 15.
contract PriceFeedBrokenTest is PriceFeedBase {
  /// @dev {gas} the most that reading one broken feed may cost besides its cap
  uint256 private constant READ_CAP = 130_000;

  // ----------------------------------------------------------------- stale

  function testFuzz_liveUntilHeartbeatAndGraceThenFrozenForADay(uint32 heartbeat) public {
    heartbeat = uint32(bound(heartbeat, 1, 3 days));
    usdcUsd.push(1e8);
    address asset = address(0);
    {
      TestAggregator from = aggregator(8, 10e8);
      asset = added(18, from);
      feed.replaceFeed(asset, path(source(from, heartbeat, 100)));
    }
    feed.replaceFeed(address(usdc), path(source(usdcUsd, 30 days, 25)));
    uint256 grace = heartbeat / 10 > 300 ? heartbeat / 10 : 300;
    uint256 limit = vm.getBlockTimestamp() + heartbeat + grace;

    vm.warp(limit);
    assertQuote(asset, TEN, Quotes.LIVE);
    assertEq(feed.last(asset), TEN);
    vm.warp(limit + 1);
    assertQuote(asset, TEN, Quotes.FROZEN);
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.NotLive.selector, asset, Quotes.FROZEN));
    feed.last(asset);
    vm.warp(limit + 24 hours);
    assertQuote(asset, TEN, Quotes.FROZEN);
    vm.warp(limit + 24 hours + 1);
    assertQuote(asset, 0, Quotes.DEAD);
    vm.expectRevert(abi.encodeWithSelector(IPriceFeed.NotLive.selector, asset, Quotes.DEAD));
    feed.last(asset);
  }

  function test_aDeadFeedHurtsItsOwnAssetAlone() public {
    address other = added(18, aggregator(8, 3e8));
    linkUsd.setMode(FeedMode.Revert);
    address[] memory assets = new address[](3);
    (assets[0], assets[1], assets[2]) = (address(usdc), address(link), other);
    Quote[] memory got = feed.quotes(assets);
    assertEq(got[0].status(), Quotes.LIVE);
    assertEq(got[1].status(), Quotes.FROZEN);
    assertEq(got[2].status(), Quotes.LIVE);
  }

  function test_theBasesFeedFreezesEveryOtherAsset() public {
    usdcUsd.setMode(FeedMode.Revert);
    assertQuote(address(link), TEN, Quotes.FROZEN);
    assertQuote(address(usdc), ONE, Quotes.LIVE);
    vm.warp(vm.getBlockTimestamp() + 24 hours + 1);
    assertQuote(address(link), 0, Quotes.DEAD);
  }

  function test_aStaleBaseFreezes() public {
    vm.warp(vm.getBlockTimestamp() + DAY + DAY / 10 + 1);
    linkUsd.push(11e8);
    assertQuote(address(link), usd6(11e6), Quotes.FROZEN);
  }

  function test_oneStaleHopFreezesThePath() public {
    address asset = address(new DecimalsOnly());
    TestAggregator ethUsd = aggregator(8, 2000e8);
    TestAggregator tokenEth = aggregator(18, 0.005e18);
    feed.addFeed(asset, path(source(tokenEth, DAY, 200), source(ethUsd, HOUR, 50)));
    vm.warp(vm.getBlockTimestamp() + 2 * HOUR);
    assertQuote(asset, TEN, Quotes.FROZEN);
    ethUsd.push(2200e8);
    assertEq(quote(asset).status(), Quotes.LIVE);
    tokenEth.setMode(FeedMode.Revert);
    assertQuote(asset, TEN, Quotes.FROZEN);
    tokenEth.setMode(FeedMode.Answer);
    ethUsd.setMode(FeedMode.Revert);
    assertQuote(asset, TEN, Quotes.FROZEN);

    ethUsd.setMode(FeedMode.Answer);
    ethUsd.setBounds(1, 2200e8);
    feed.syncBounds(list(asset));
    assertQuote(asset, TEN, Quotes.FROZEN);
  }

  // ----------------------------------------------------------------- wrong

  function test_wrongRoundsCountAtTheLastGoodPriceOnly() public {
    uint256 now_ = vm.getBlockTimestamp();
    _wrong([uint256(1), 0, now_, now_, 1]); // zero
    _wrong([uint256(1), uint256(int256(-10e8)), now_, now_, 1]); // negative
    _wrong([uint256(1), 10e8, now_, 0, 1]); // never updated
    _wrong([uint256(1), 10e8, now_, now_ + 1, 1]); // from the future
    _wrong([uint256(7), 10e8, now_, now_, 6]); // carried over from the previous round
    _wrong([uint256(0), 10e8, now_, now_, 0]); // no round at all
    _wrong([uint256(1), type(uint256).max, type(uint256).max, type(uint256).max, type(uint256).max]);
  }

  function testFuzz_anyRoundIsLiveOnlyWhenComplete(uint256[5] memory round) public {
    linkUsd.setRound(round);
    Quote got = quote(address(link));
    if (got.status() != Quotes.LIVE) return;
    assertGt(int256(round[1]), 0);
    assertLt(round[1], uint256(uint192(MAX_ANSWER)));
    assertGt(round[0], 0);
    assertGe(round[4], round[0]);
    assertLe(round[3], vm.getBlockTimestamp());
    assertLe(vm.getBlockTimestamp() - round[3], HOUR + HOUR / 10);
  }

  function testFuzz_plausibleRoundsAreJudgedField(uint8 id, uint8 answeredIn, uint32 age, int64 answer) public {
    age = uint32(bound(age, 0, 4 * DAY));
    linkUsd.setRound([uint256(id), uint256(int256(answer)), 0, vm.getBlockTimestamp() - age, answeredIn]);
    bool valid = id != 0 && answeredIn >= id && answer > MIN_ANSWER;
    uint256 limit = HOUR + HOUR / 10;
    uint256 expected = !valid
      ? Quotes.FROZEN  // at the price stored when the asset was added
      : age <= limit ? Quotes.LIVE : Quotes.FROZEN;
    assertEq(quote(address(link)).status(), expected);
    if (!valid || age > limit + DAY) assertEq(quote(address(link)).price(), TEN);
  }

  function test_anAnswerAtTheAggregatorsBoundIsNone() public {
    TestAggregator from = new TestAggregator(8, 10e8, 1e8, 100e8);
    address asset = added(18, from);
    from.push(1e8);
    assertQuote(asset, TEN, Quotes.FROZEN);
    from.push(1.001e8);
    assertQuote(asset, usd6(1.001e6), Quotes.LIVE);
    from.push(100e8);
    assertQuote(asset, TEN, Quotes.FROZEN);
    from.push(99.9e8);
    assertQuote(asset, usd6(99.9e6), Quotes.LIVE);
  }

  function test_boundsFollowAReplacedAggregatorOnceSynced() public {
    TestAggregator from = new TestAggregator(8, 10e8, 1e8, 100e8);
    address asset = added(18, from);
    TestProxy proxy = TestProxy(feed.path(asset)[0].feed);
    TestAggregator next = new TestAggregator(8, 10e8, 1e8, 10e8);
    proxy.setAggregator(next);
    assertEq(quote(asset).status(), Quotes.LIVE);
    vm.expectEmit(address(feed));
    emit IPriceFeed.BoundsSynced(asset);
    vm.prank(STRANGER);
    feed.syncBounds(list(asset));
    assertQuote(asset, TEN, Quotes.FROZEN);
    next.setBounds(1e8, 20e8);
    feed.syncBounds(list(asset));
    assertQuote(asset, TEN, Quotes.LIVE);
    assertEq(feed.path(asset)[0].heartbeat, HOUR);
    assertEq(feed.path(asset)[0].qBps, 100);
  }

  // ----------------------------------------------------------------- hostile

  function test_brokenFeedsCostTheirCapAndCountForADay() public {
    _broken(FeedMode.Revert);
    _broken(FeedMode.GasBomb);
    _broken(FeedMode.Short);
    _broken(FeedMode.Empty);
  }

  function test_aLongAnswerIsCopiedNoFurtherThanARound() public {
    feed.replaceFeed(address(link), path(Source(address(linkUsd), HOUR, 100)));
    linkUsd.setMode(FeedMode.ReturnBomb);
    uint256 before = gasleft();
    assertQuote(address(link), TEN, Quotes.LIVE);
    assertLt(before - gasleft(), READ_CAP);
  }

  function test_aFeedWithoutCodeIsDead() public {
    vm.etch(feed.path(address(link))[0].feed, "");
    assertQuote(address(link), TEN, Quotes.FROZEN);
    vm.warp(vm.getBlockTimestamp() + 24 hours + 1);
    assertQuote(address(link), 0, Quotes.DEAD);
  }

  /// @dev Whatever gas a caller gives: the call fails, or it answers what it answers with plenty.
  function testFuzz_tooLittleGasNeverMakesAFeedLookDead(uint256 gas_) public {
    address other = added(18, aggregator(8, 3e8));
    address[] memory assets = new address[](3);
    (assets[0], assets[1], assets[2]) = (address(link), address(usdc), other);
    bytes memory call_ = abi.encodeCall(feed.quotes, (assets));
    bytes memory expected = abi.encode(feed.quotes(assets));
    vm.cool(address(feed));
    (bool ok, bytes memory answer) = address(feed).staticcall{gas: bound(gas_, 0, 250_000)}(call_);
    if (ok) assertEq(answer, expected);
  }

  function test_tooLittleGasIsNamed() public {
    (bool ok, bytes memory answer) =
      address(feed).staticcall{gas: 100_000}(abi.encodeCall(feed.quotes, (list(address(link)))));
    assertFalse(ok);
    assertEq(bytes4(answer), IPriceFeed.NotEnoughGas.selector);
  }

  // ----------------------------------------------------------------- L2

  function test_nothingIsLiveUntilTheSequencerIsUpForAnHour() public {
    TestAggregator sequencer = aggregator(0, 0);
    uint256 start = vm.getBlockTimestamp();
    vm.warp(start + HOUR);
    linkUsd.push(10e8);
    feed = deploy(address(sequencer));
    assertQuote(address(link), TEN, Quotes.LIVE);
    assertQuote(address(usdc), ONE, Quotes.LIVE);

    sequencer.push(1); // down
    assertQuote(address(link), TEN, Quotes.FROZEN);
    vm.warp(vm.getBlockTimestamp() + 10);
    sequencer.push(0); // up again
    vm.warp(vm.getBlockTimestamp() + HOUR - 1);
    linkUsd.push(10e8);
    assertQuote(address(link), TEN, Quotes.FROZEN);
    vm.warp(vm.getBlockTimestamp() + 1);
    assertQuote(address(link), TEN, Quotes.LIVE);

    sequencer.setMode(FeedMode.Revert);
    assertQuote(address(link), TEN, Quotes.FROZEN);
    sequencer.setMode(FeedMode.Answer);
    sequencer.setRound([uint256(1), 0, 0, 0, 1]); // never started
    assertQuote(address(link), TEN, Quotes.FROZEN);
  }

  // ----------------------------------------------------------------- inside

  function _wrong(uint256[5] memory round) private {
    linkUsd.setRound(round);
    assertQuote(address(link), TEN, Quotes.FROZEN);
    linkUsd.push(10e8);
    assertQuote(address(link), TEN, Quotes.LIVE);
  }

  function _broken(FeedMode mode) private {
    uint256 state = vm.snapshotState();
    linkUsd.push(11e8);
    feed.refreshed(list(address(link)));
    linkUsd.setMode(mode);
    uint256 before = gasleft();
    assertQuote(address(link), usd6(11e6), Quotes.FROZEN);
    assertLt(before - gasleft(), READ_CAP);
    vm.warp(vm.getBlockTimestamp() + 24 hours);
    assertEq(quote(address(link)).status(), Quotes.FROZEN);
    vm.warp(vm.getBlockTimestamp() + 1);
    assertEq(Quote.unwrap(quote(address(link))), 0);
    vm.revertToState(state);
  }
}

/// @dev An asset of which only the decimals are asked.
contract DecimalsOnly {
  uint8 public constant decimals = 18;
}
