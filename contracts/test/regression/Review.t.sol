// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {Pair, Trade} from "src/rebalance/IRebalancer.sol";
import {IVault} from "src/vault/IVault.sol";
import {Legs} from "src/vault/Legs.sol";
import {Platform} from "../support/Platform.sol";

/// @title What somebody who wants to harm may try against indices, the vault and the router, and what it comes to
contract ReviewTest is Platform {
  uint256 private constant LINK = 1;
  uint256 private constant WBTC = 2;
  uint256 private constant WETH = 6;
  uint256 private constant REWEIGH_LOSS_BPS = 30;

  /// @dev LINK and WETH, ascending by address
  address[] private pair;
  Index private index;

  function setUp() public {
    deployPlatform();
    index = createIndex(pick(1 << LINK | 1 << WETH), 1_000_000e6, noFees());
    pair = assetsOf(index);
    equip(KEEPER, address(rebalancer));
  }

  // ----------------------------------------------------------------- loss budget

  /// @dev BUDGET_HELD. Its manager turns an index around after every move of the market and fills the orders itself, 100 bp below the
  /// price of now and yet above the anchor.
  function test_turningAnIndexAroundTakesNoMoreThanTheBudgetOfTheDay() public {
    uint256 today;
    uint256 lost;
    uint256 worst;
    for (uint256 i; i < 20; ++i) {
      (uint256 o, uint256 u) = i & 1 == 0 ? (LINK, WETH) : (WETH, LINK);
      _aim(index, u, 0.98e18);
      uint256 opening = rebalancer.open(one(address(index)), pair);
      advance(24 minutes);
      setPrice(o, feeds[o].round(1) * 10_102 / BP);
      if (vm.getBlockTimestamp() / 1 days != today) (today, lost) = (vm.getBlockTimestamp() / 1 days, 0);
      uint256 before = _navNow();
      _fill(opening, o, u);
      // {1e-2 bp of NAV}
      lost += (before - _navNow()) * BP * 100 / before;
      if (lost > worst) worst = lost;
    }
    // NAV now is up to 2 % off NAV at the anchors
    assertApproxEqRel(worst, REWEIGH_LOSS_BPS * 100, 0.02e18);
  }

  /// @dev An index of the attacker's own takes the other side at an anchor that the market left behind.
  function test_crossingAtAStaleAnchorIsALossThatCounts() public {
    Index other = createIndex(pick(1 << LINK | 1 << WETH), 1_000_000e6, noFees());
    _aim(index, WETH, 0.98e18);
    _aim(other, LINK, 0.98e18);
    uint256 opening = rebalancer.open(_both(index, other), pair);
    advance(24 minutes);
    setPrice(LINK, startPrices[LINK] * 101 / 100);
    uint256 before = _navNow();
    for (uint256 i; i < 3; ++i) {
      _cross(opening, _both(index, other));
    }
    uint256 lost = before - _navNow();
    assertApproxEqRel(lost, 3000e6, 0.02e18, "30 bp of NAV");
    assertLe(_lostPart(index), REWEIGH_LOSS_BPS * 1e14 + 1e10);
    assertGe(_lostPart(index), REWEIGH_LOSS_BPS * 1e14 - 1e10);
    assertLt(_lostPart(other), 1e10, "who gains loses roundings at most");
  }

  // ----------------------------------------------------------------- far moves

  /// @dev An asset that is sold for it lies far above its anchor then: the trades of the others go on.
  function test_aCrashOfWhatIsBoughtStopsNoRound() public {
    Index crashed = createIndex(pick(1 << WBTC | 1 << WETH), 1_000_000e6, noFees());
    _aim(crashed, WETH, 0.98e18);
    _aim(index, LINK, 0.98e18);
    address[] memory three = new address[](3);
    uint256[] memory which = sortedByAddress(pick(1 << WBTC | 1 << WETH | 1 << LINK));
    uint8[8] memory at;
    for (uint256 i; i < 3; ++i) {
      three[i] = address(tokens[which[i]]);
      at[which[i]] = uint8(i);
    }
    uint256 opening = rebalancer.open(_both(index, crashed), three);
    advance(1 hours);
    setPrice(WETH, startPrices[WETH] / 125);
    Trade[] memory trades = new Trade[](2);
    trades[0] = Trade(at[WBTC], at[WETH], 0, new address[](0));
    trades[1] = Trade(at[WETH], at[LINK], 0, new address[](0));
    vm.prank(KEEPER);
    rebalancer.rebalance(opening, _both(index, crashed), three, new Pair[](0), trades);
  }

  /// @dev 31 days after its delisting the floor is 30 % below the price: a day's budget affords 0.5 % of NAV, less than 1 % of the holding.
  function test_aSmallIndexGetsRidOfADelistedAsset() public {
    Index small = createIndex(pick(1 << LINK | 1 << WETH), 2000e6, noFees());
    setPrice(LINK, startPrices[LINK] * 4);
    vm.prank(LISTER);
    assetList.delist(address(tokens[LINK]));
    advance(31 days);
    uint256 opening = rebalancer.open(one(address(small)), pair);
    advance(23 hours);
    uint256 before = tokens[LINK].balanceOf(address(vault));
    Trade[] memory trades = new Trade[](1);
    trades[0] = pair[0] == address(tokens[LINK]) ? Trade(0, 1, 0, new address[](0)) : Trade(1, 0, 0, new address[](0));
    vm.prank(KEEPER);
    rebalancer.rebalance(opening, one(address(small)), pair, new Pair[](0), trades);
    assertLt(tokens[LINK].balanceOf(address(vault)), before);
  }

  // ----------------------------------------------------------------- reconcile

  /// @dev A manager who wants to be out first writes and removes an empty leg in front of each attempt.
  function test_anEmptyLegDoesNotHinderReconcile() public {
    Index toggling = createIndex(pick(0x21), 10_000e6, noFees());
    address token = address(tokens[LINK]);
    tokens[LINK].setBalance(address(vault), tokens[LINK].balanceOf(address(vault)) * 9 / 10);
    address[] memory all = _both(index, toggling);
    uint256 id = vm.snapshotState();
    vault.reconcile(token, all); // it holds none
    vm.revertToState(id);
    _aimAtAll(toggling, pick(0x23));
    assertEq(vault.holdersOf(token), 2);
    id = vm.snapshotState();
    vault.reconcile(token, all); // an empty leg
    vm.revertToState(id);
    _aimAtAll(toggling, pick(0x21));
    assertEq(vault.holdersOf(token), 1);
    vault.reconcile(token, all); // none again
    assertLe(_held(LINK), tokens[LINK].balanceOf(address(vault)));
  }

  /// @dev So the next addresses of the factory can be named before there is an index.
  function test_addressesWithoutAnIndexDoNotHinderReconcile() public {
    tokens[LINK].setBalance(address(vault), tokens[LINK].balanceOf(address(vault)) * 9 / 10);
    address[] memory list = new address[](3);
    (list[0], list[1], list[2]) = (address(1), address(index), address(type(uint160).max));
    vault.reconcile(address(tokens[LINK]), list);
    assertLe(_held(LINK), tokens[LINK].balanceOf(address(vault)));
  }

  // ----------------------------------------------------------------- founding and writing

  /// @dev A factory that took the address of another one's next index would stop that one for ever.
  function test_noFactoryFoundsAnIndexAtAnAddressThatIsNobodysYet() public {
    address next = vm.computeCreateAddress(address(factory), vm.getNonce(address(factory)));
    bytes memory allow = abi.encodeCall(vault.setFactory, (address(this), true));
    vm.prank(ADMIN);
    authority.schedule(address(vault), allow, 0);
    advance(7 days);
    vm.prank(ADMIN);
    vault.setFactory(address(this), true);
    vm.expectRevert(abi.encodeWithSelector(IVault.UnknownIndex.selector, next));
    vault.found(next, address(managed), address(this), 100e18, pair, new uint256[](2), new uint256[](2));
    assertEq(address(createIndex(pick(0x03), 1000e6, noFees())), next);
  }

  /// @dev On a chain that numbers creations otherwise nothing is written that could not be read again.
  function test_aLegListThatCouldNotBeFoundAgainIsRefused() public {
    vm.setNonce(address(vault), vm.getNonce(address(vault)) + 1);
    vm.expectRevert(Legs.BlobFailed.selector);
    _aim(index, LINK, 0.98e18);
    redeemFrom(index, CREATOR, 1e18);
  }

  // ----------------------------------------------------------------- router

  /// @dev This contract answers as an index would, and takes nothing: an allowance would stay.
  function test_theRouterGivesAnInventedIndexNoAllowance() public {
    equip(ALICE, address(router));
    uint256 deadline = vm.getBlockTimestamp();
    vm.prank(ALICE);
    vm.expectRevert(abi.encodeWithSelector(IVault.UnknownIndex.selector, address(this)));
    router.mintWithBase(Index(address(this)), 1e6, 0, new address[](1), ALICE, deadline);
    assertEq(tokens[USDC].allowance(address(router), address(this)), 0);
  }

  function totalSupply() external pure returns (uint256) {
    return 1e24;
  }

  function previewMint(uint256) external view returns (address[] memory assets, uint256[] memory amounts) {
    (assets, amounts) = (one(address(tokens[USDC])), one(uint256(1)));
  }

  function mint(uint256, uint256[] calldata, address) external pure returns (uint256, uint256[] memory) {
    return (type(uint128).max, new uint256[](1));
  }

  // ----------------------------------------------------------------- inside

  function _both(Index a, Index b) private pure returns (address[] memory list) {
    list = new address[](2);
    (list[0], list[1]) = a < b ? (address(a), address(b)) : (address(b), address(a));
  }

  /// @dev `part` {1e18} of `heavy`, the rest of the other of the two.
  function _aim(Index fund, uint256 heavy, uint256 part) private {
    uint256[] memory weights = new uint256[](2);
    (weights[0], weights[1]) = pair[0] == address(tokens[heavy]) ? (part, ONE - part) : (ONE - part, part);
    vm.prank(MANAGER);
    managed.setWeights(address(fund), pair, weights);
  }

  /// @dev Equal weights.
  function _aimAtAll(Index fund, uint256[] memory which) private {
    uint256[] memory ascending = sortedByAddress(which);
    uint256 n = ascending.length;
    (address[] memory assets, uint256[] memory weights) = (new address[](n), new uint256[](n));
    for (uint256 i; i < n; ++i) {
      assets[i] = address(tokens[ascending[i]]);
      weights[i] = i == 0 ? ONE - (n - 1) * (ONE / n) : ONE / n;
    }
    vm.prank(MANAGER);
    managed.setWeights(address(fund), assets, weights);
  }

  /// @dev From the keeper's own stock; nothing when the budget is spent.
  function _fill(uint256 opening, uint256 o, uint256 u) private {
    bool first = pair[0] == address(tokens[o]);
    assertTrue(first || pair[0] == address(tokens[u]));
    Trade[] memory trades = new Trade[](1);
    trades[0] = Trade(first ? 0 : 1, first ? 1 : 0, 0, new address[](0));
    vm.prank(KEEPER);
    try rebalancer.rebalance(opening, one(address(index)), pair, new Pair[](0), trades) {} catch {}
  }

  function _cross(uint256 opening, address[] memory rows) private {
    Pair[] memory crosses = new Pair[](1);
    crosses[0] = Pair(0, 1);
    try rebalancer.rebalance(opening, rows, pair, crosses, new Trade[](0)) {} catch {}
  }

  /// @dev {1e18 of NAV} booked as lost on the day of the last loss
  function _lostPart(Index fund) private view returns (uint256 lost) {
    (,,,,, lost) = rebalancer.epochs(address(fund));
  }

  /// @dev {tok} of the index
  function _held(uint256 token) private view returns (uint256) {
    return vault.holdingsOf(address(index)).amounts[pair[0] == address(tokens[token]) ? 0 : 1];
  }

  /// @dev {base}
  function _navNow() private view returns (uint256 value) {
    uint256[] memory amounts = vault.holdingsOf(address(index)).amounts;
    for (uint256 i; i < amounts.length; ++i) {
      uint256 token = tokenAt(pair[i]);
      value += amounts[i] * feeds[token].round(1) / 10 ** decimals[token] / 100;
    }
  }
}
