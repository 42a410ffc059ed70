// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {Authority} from "src/access/Authority.sol";
import {Roles} from "src/access/Roles.sol";
import {FeePart, Fees} from "src/index/IIndex.sol";
import {Index} from "src/index/Index.sol";
import {IndexFactory} from "src/index/IndexFactory.sol";
import {Router} from "src/periphery/Router.sol";
import {AssetSources, Source} from "src/price/IPriceFeed.sol";
import {PriceFeed} from "src/price/PriceFeed.sol";
import {Rebalancer} from "src/rebalance/Rebalancer.sol";
import {AssetList} from "src/vault/AssetList.sol";
import {Vault} from "src/vault/Vault.sol";
import {Managed} from "src/weights/Managed.sol";
import {TestAggregator} from "../price/Feeds.sol";
import {ConstantProductPair} from "./ConstantProductPair.sol";
import {WeirdToken} from "./weird/WeirdToken.sol";

/// @title The whole platform with eight tokens, their feeds and their pools
/// @dev Every contract names the others from its first block: addresses follow from the deployer's nonce. Tests ask
/// `vm.getBlockTimestamp()`: the optimiser takes `block.timestamp` for constant within one call, whatever is warped.
/// `deployCode` and not `new`: what is deployed is compiled once, not into every test.
abstract contract Platform is Test {
  uint256 internal constant TOKENS = 8;
  uint256 internal constant USDC = 0;
  uint256 internal constant BP = 10_000;
  uint256 internal constant ONE = 1e18;
  uint256 internal constant RAY = 1e27;
  /// @dev {ray/s} 1 % and 10 % a year (docs/rules.md 3)
  uint256 internal constant RATE_1 = 1_000_000_000_318_482_464_817_954_188;
  uint256 internal constant RATE_10 = 1_000_000_003_338_741_835_197_267_525;
  /// @dev {base} on each side of a pool
  uint256 internal constant POOL_DEPTH = 20_000_000e6;
  /// @dev {tok}
  uint256 internal constant PROBE = 1e6;

  address internal constant LOCKED = 0x000000000000000000000000000000000000dEaD;
  address internal constant ADMIN = address(0xAD);
  address internal constant LISTER = address(0x115);
  address internal constant WATCHMAN = address(0x3A7C4);
  address internal constant TREASURY = address(0x7EA);
  address internal constant CREATOR = address(0xC4EA);
  address internal constant MANAGER = address(0x3A4A);
  address internal constant ALICE = address(0xA11CE);
  address internal constant BOB = address(0xB0B);
  address internal constant KEEPER = address(0x4EE9E4);

  /// @dev Ascending by address; tokens[USDC] is the base wherever its address falls.
  WeirdToken[TOKENS] internal tokens;
  TestAggregator[TOKENS] internal feeds;
  /// @dev pools[USDC] does not exist
  ConstantProductPair[TOKENS] internal pools;
  /// @dev {1e-8 USD/whole token}
  uint256[TOKENS] internal startPrices = [uint256(1e8), 10e8, 60_000e8, 1.1e8, 0.00001e8, 1000e8, 2000e8, 0.5e8];
  uint8[TOKENS] internal decimals = [6, 18, 8, 6, 18, 27, 18, 18];
  string[TOKENS] internal symbols = ["USDC", "LINK", "WBTC", "EURC", "SHIB", "RAY", "WETH", "CRV"];

  Authority internal authority;
  PriceFeed internal priceFeed;
  AssetList internal assetList;
  Vault internal vault;
  Rebalancer internal rebalancer;
  Managed internal managed;
  IndexFactory internal factory;
  Router internal router;

  // ----------------------------------------------------------------- deployment

  function deployPlatform() internal {
    vm.warp(1_700_000_000);
    AssetSources[] memory sources = new AssetSources[](TOKENS - 1);
    address[] memory listedPools = new address[](TOKENS - 1);
    Source memory baseSource;
    for (uint256 i; i < TOKENS; ++i) {
      tokens[i] = WeirdToken(deployCode("WeirdToken.sol:WeirdToken", abi.encode(symbols[i], decimals[i])));
      bytes memory answer = abi.encode(8, startPrices[i], 1, int192(int256(1) << 90));
      feeds[i] = TestAggregator(deployCode("Feeds.sol:TestAggregator", answer));
      address proxy = deployCode("Feeds.sol:TestProxy", abi.encode(feeds[i]));
      Source memory source = Source(proxy, 86_400, i == USDC ? 25 : 50);
      if (i == USDC) {
        baseSource = source;
        continue;
      }
      sources[i - 1] = AssetSources(address(tokens[i]), new Source[](1));
      sources[i - 1].path[0] = source;
      bytes memory pair = abi.encode(tokens[USDC], tokens[i]);
      pools[i] = ConstantProductPair(deployCode("ConstantProductPair.sol:ConstantProductPair", pair));
      listedPools[i - 1] = address(pools[i]);
      fillPool(i, POOL_DEPTH);
    }
    _deployContracts(baseSource, sources, listedPools);
    _listAll();
  }

  function _deployContracts(Source memory baseSource, AssetSources[] memory sources, address[] memory listedPools)
    private
  {
    uint64 nonce = vm.getNonce(address(this));
    authority = Authority(deployCode("Authority.sol:Authority", abi.encode(ADMIN, _grants(), _functionRoles(nonce))));
    bytes memory prices = abi.encode(authority, tokens[USDC], baseSource, address(0), sources);
    priceFeed = PriceFeed(deployCode("PriceFeed.sol:PriceFeed", prices));
    assetList = AssetList(deployCode("AssetList.sol:AssetList", abi.encode(authority, priceFeed)));
    vault = Vault(deployCode("Vault.sol:Vault", abi.encode(authority, _at(nonce + 4), _at(nonce + 6))));
    bytes memory venues = abi.encode(authority, vault, priceFeed, assetList, listedPools);
    rebalancer = Rebalancer(deployCode("Rebalancer.sol:Rebalancer", venues));
    managed = Managed(deployCode("Managed.sol:Managed", abi.encode(vault, priceFeed, assetList)));
    bytes memory faces =
      abi.encode(authority, vault, priceFeed, assetList, FeePart(TREASURY, 1000), one(address(managed)));
    factory = IndexFactory(deployCode("IndexFactory.sol:IndexFactory", faces));
    router = Router(deployCode("Router.sol:Router", abi.encode(vault, tokens[USDC])));
    assertEq(address(factory), _at(nonce + 6), "nonce");
  }

  function _grants() private pure returns (Authority.Grant[] memory grants) {
    grants = new Authority.Grant[](2);
    grants[0] = Authority.Grant(Roles.LISTER, LISTER, 0);
    grants[1] = Authority.Grant(Roles.WATCHMAN, WATCHMAN, 0);
  }

  function _functionRoles(uint64 nonce) private view returns (Authority.FunctionRole[] memory roles) {
    roles = new Authority.FunctionRole[](2);
    bytes4[] memory listing = new bytes4[](3);
    (listing[0], listing[1], listing[2]) =
    (AssetList.propose.selector, AssetList.confirm.selector, AssetList.delist.selector);
    roles[0] = Authority.FunctionRole(_at(nonce + 2), listing, Roles.LISTER);
    bytes4[] memory payout = new bytes4[](1);
    payout[0] = Vault.setPayoutGas.selector;
    roles[1] = Authority.FunctionRole(_at(nonce + 3), payout, Roles.LISTER);
  }

  function _at(uint64 nonce) private view returns (address) {
    return vm.computeCreateAddress(address(this), nonce);
  }

  function _listAll() private {
    vm.startPrank(LISTER);
    for (uint256 i; i < TOKENS; ++i) {
      tokens[i].mint(LISTER, PROBE);
      tokens[i].approve(address(assetList), PROBE);
      assetList.propose(address(tokens[i]), PROBE);
    }
    advance(24 hours);
    for (uint256 i; i < TOKENS; ++i) {
      assetList.confirm(address(tokens[i]), "test: a plain ERC-20");
    }
    vm.stopPrank();
  }

  /// @dev What only ADMIN may do, with its delay.
  function asAdmin(address target, bytes memory data) internal {
    vm.prank(ADMIN);
    authority.schedule(target, data, 0);
    advance(7 days);
    vm.prank(ADMIN);
    authority.execute(target, data);
  }

  // ----------------------------------------------------------------- market

  /// @dev Time passes and every feed answers anew.
  function advance(uint256 dt) internal {
    vm.warp(vm.getBlockTimestamp() + dt);
    for (uint256 i; i < TOKENS; ++i) {
      feeds[i].push(int256(feeds[i].round(1)));
    }
  }

  /// @param usd {1e-8 USD/whole token}
  function setPrice(uint256 token, uint256 usd) internal {
    feeds[token].push(int256(usd));
  }

  /// @dev {tok} that are worth `value` {base} at the feed's price
  function worth(uint256 token, uint256 value) internal view returns (uint256) {
    return value * 10 ** decimals[token] * 100 / feeds[token].round(1);
  }

  /// @dev The pool of a token stands at the feed's price, `value` {base} on each side.
  function fillPool(uint256 token, uint256 value) internal {
    address pool = address(pools[token]);
    tokens[USDC].setBalance(pool, worth(USDC, value));
    tokens[token].setBalance(pool, worth(token, value));
    pools[token].sync();
  }

  // ----------------------------------------------------------------- indices

  function noFees() internal pure returns (Fees memory) {
    return Fees(0, 0, RAY);
  }

  /// @dev An index of `which` tokens, `value` {base} in all, at equal weights; the creator holds all but the locked share.
  function createIndex(uint256[] memory which, uint256 value, Fees memory fees) internal returns (Index index) {
    IndexFactory.Creation memory creation = creationOf(which, value, fees);
    vm.prank(CREATOR);
    index = Index(factory.create(creation));
    vm.label(address(index), "index");
  }

  /// @dev Gives the creator the tokens and the factory its allowance.
  function creationOf(uint256[] memory which, uint256 value, Fees memory fees)
    internal
    returns (IndexFactory.Creation memory creation)
  {
    uint256[] memory sorted = sortedByAddress(which);
    uint256 n = sorted.length;
    creation.name = "Index";
    creation.symbol = "IDX";
    (creation.manager, creation.family, creation.fees) = (MANAGER, address(managed), fees);
    creation.parts = new FeePart[](1);
    creation.parts[0] = FeePart(CREATOR, 9000);
    (creation.assets, creation.weights, creation.amounts) = (new address[](n), new uint256[](n), new uint256[](n));
    for (uint256 i; i < n; ++i) {
      creation.assets[i] = address(tokens[sorted[i]]);
      creation.weights[i] = i == 0 ? ONE - (n - 1) * (ONE / n) : ONE / n;
      creation.amounts[i] = worth(sorted[i], value / n);
      tokens[sorted[i]].mint(CREATOR, creation.amounts[i]);
      vm.prank(CREATOR);
      tokens[sorted[i]].approve(address(factory), type(uint256).max);
    }
  }

  /// @dev `who` has 10 000 000 USD of every token and allows `spender` everything.
  function equip(address who, address spender) internal {
    for (uint256 i; i < TOKENS; ++i) {
      if (tokens[i].balanceOf(who) == 0) tokens[i].mint(who, worth(i, 10_000_000e6));
      vm.prank(who);
      tokens[i].approve(spender, type(uint256).max);
    }
  }

  function mintTo(Index index, address who, uint256 shares) internal returns (uint256 minted, uint256[] memory paid) {
    equip(who, address(index));
    (, uint256[] memory amounts) = index.previewMint(shares);
    vm.prank(who);
    (minted, paid) = index.mint(shares, amounts, who);
  }

  function redeemFrom(Index index, address who, uint256 shares)
    internal
    returns (uint256[] memory amounts, uint256 setAside)
  {
    uint256 legs = vault.holdingsOf(address(index)).legs.length;
    vm.prank(who);
    return index.redeem(shares, new uint256[](legs), who);
  }

  // ----------------------------------------------------------------- reading

  /// @dev {tok} what 2^127 of effective supply hold: shows every bit of the units.
  function unitsOf(Index index) internal view returns (uint256[] memory units) {
    uint256 effective = vault.holdingsOf(address(index)).effectiveSupply;
    (, units) = vault.legAmounts(address(index), 1 << 127, effective, false);
  }

  function assetsOf(Index index) internal view returns (address[] memory assets) {
    (assets,) = index.previewMint(1e18);
  }

  function claimOf(address owner, address asset) internal view returns (uint256) {
    return vault.balanceOf(owner, uint160(asset));
  }

  /// @dev Number of the token with this address.
  function tokenAt(address asset) internal view returns (uint256 i) {
    while (address(tokens[i]) != asset) ++i;
  }

  function sortedByAddress(uint256[] memory which) internal view returns (uint256[] memory sorted) {
    sorted = new uint256[](which.length);
    for (uint256 i; i < which.length; ++i) {
      uint256 j = i;
      for (; j > 0 && address(tokens[sorted[j - 1]]) > address(tokens[which[i]]); --j) {
        sorted[j] = sorted[j - 1];
      }
      sorted[j] = which[i];
    }
  }

  /// @dev The tokens of a bit mask.
  function pick(uint256 mask) internal pure returns (uint256[] memory which) {
    which = new uint256[](TOKENS);
    uint256 n;
    for (uint256 i; i < TOKENS; ++i) {
      if (mask >> i & 1 == 1) which[n++] = i;
    }
    assembly ("memory-safe") {
      mstore(which, n)
    }
  }

  function one(uint256 only) internal pure returns (uint256[] memory list) {
    list = new uint256[](1);
    list[0] = only;
  }

  function one(address only) internal pure returns (address[] memory list) {
    list = new address[](1);
    list[0] = only;
  }
}
