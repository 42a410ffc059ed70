// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {Authority} from "src/access/Authority.sol";
import {Roles} from "src/access/Roles.sol";
import {AssetSources, IPriceFeed, Quote, Quotes, Source} from "src/price/IPriceFeed.sol";
import {PriceFeed} from "src/price/PriceFeed.sol";
import {WeirdToken} from "../support/weird/WeirdToken.sol";
import {TestAggregator, TestProxy} from "./Feeds.sol";

/// @dev A registry with USDC as base and LINK behind a proxy; this contract may change feeds without delay. Tests ask
/// `vm.getBlockTimestamp()`: the optimiser takes `block.timestamp` for constant within one test, whatever is warped.
abstract contract PriceFeedBase is Test {
  uint256 internal constant ONE = 1 << 112;
  /// @dev UQ112 {base wei / asset wei}: 10 USD for an asset with 18 decimals
  uint256 internal constant TEN = (ONE * 10e6) / 1e18;
  uint32 internal constant HOUR = 3600;
  uint32 internal constant DAY = 86_400;
  int192 internal constant MIN_ANSWER = 1;
  int192 internal constant MAX_ANSWER = int192(int256(1) << 90);
  address internal constant STRANGER = address(0x57A6E);

  WeirdToken internal usdc;
  WeirdToken internal link;
  TestAggregator internal usdcUsd;
  TestAggregator internal linkUsd;
  PriceFeed internal feed;

  function setUp() public virtual {
    vm.warp(1_700_000_000);
    usdc = new WeirdToken("USDC", 6);
    link = new WeirdToken("LINK", 18);
    usdcUsd = aggregator(8, 1e8);
    linkUsd = aggregator(8, 10e8);
    feed = deploy(address(0));
  }

  function deploy(address sequencer) internal returns (PriceFeed) {
    AssetSources[] memory initial = new AssetSources[](1);
    initial[0] = AssetSources(address(link), path(source(linkUsd, HOUR, 100)));

    Authority.Grant[] memory grants = new Authority.Grant[](1);
    grants[0] = Authority.Grant(Roles.LISTER, address(this), 0);
    bytes4[] memory selectors = new bytes4[](3);
    selectors[0] = IPriceFeed.addFeed.selector;
    selectors[1] = IPriceFeed.proposeFeed.selector;
    selectors[2] = IPriceFeed.replaceFeed.selector;
    Authority.FunctionRole[] memory functionRoles = new Authority.FunctionRole[](1);
    Source memory baseSource = source(usdcUsd, DAY, 25);
    address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
    functionRoles[0] = Authority.FunctionRole(next, selectors, Roles.LISTER);
    Authority authority = new Authority(address(this), grants, functionRoles);
    return new PriceFeed(address(authority), address(usdc), baseSource, sequencer, initial);
  }

  function aggregator(uint8 decimals, int256 answer) internal returns (TestAggregator) {
    return new TestAggregator(decimals, answer, MIN_ANSWER, MAX_ANSWER);
  }

  /// @dev A source behind a proxy of its own.
  function source(TestAggregator from, uint32 heartbeat, uint16 qBps) internal returns (Source memory) {
    return Source(address(new TestProxy(from)), heartbeat, qBps);
  }

  function path(Source memory only) internal pure returns (Source[] memory path_) {
    path_ = new Source[](1);
    path_[0] = only;
  }

  function path(Source memory first, Source memory second) internal pure returns (Source[] memory path_) {
    path_ = new Source[](2);
    (path_[0], path_[1]) = (first, second);
  }

  /// @dev UQ112 {base wei / asset wei} of an asset with 18 decimals, from its price {1e-6 USD}, with USDC at 1.
  function usd6(uint256 price) internal pure returns (uint256) {
    return (ONE * price) / 1e18;
  }

  function list(address asset) internal pure returns (address[] memory assets) {
    assets = new address[](1);
    assets[0] = asset;
  }

  function quote(address asset) internal view returns (Quote) {
    return feed.quotes(list(asset))[0];
  }

  /// @dev A new asset with one feed of its own.
  function added(uint8 decimals, TestAggregator from) internal returns (address asset) {
    asset = address(new WeirdToken("NEW", decimals));
    feed.addFeed(asset, path(source(from, HOUR, 100)));
  }

  function assertQuote(address asset, uint256 price, uint256 status) internal view {
    Quote got = quote(asset);
    assertEq(got.status(), status, "status");
    assertEq(got.price(), price, "price");
  }
}
