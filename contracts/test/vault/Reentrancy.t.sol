// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Index} from "src/index/Index.sol";
import {IndexFactory} from "src/index/IndexFactory.sol";
import {Pair, Trade} from "src/rebalance/IRebalancer.sol";
import {IVault} from "src/vault/IVault.sol";
import {Platform} from "../support/Platform.sol";
import {WeirdToken} from "../support/weird/WeirdToken.sol";

/// @dev NOT_REENTERED: a token that calls back in the middle of its own transfer reaches no entry that moves tokens, claims, units or supply, and reads
/// no price-forming view. Each call is shown to work outside, for the same caller, so that it is the lock that refuses it.
contract ReentrancyTest is Platform {
  Index private index;
  Index private other;
  /// @dev The token that calls back: shareholder, claim holder, manager, keeper and creator at once.
  WeirdToken private evil;

  address[] private targets;
  bytes[] private calls;

  function setUp() public {
    deployPlatform();
    evil = tokens[1];
    // room for the call that it makes: for lack of gas it would only be set aside
    vm.prank(LISTER);
    vault.setPayoutGas(address(evil), 2_000_000);
    index = createIndex(pick(0x0f), 1_000_000e6, noFees());
    other = createIndex(pick(0x33), 1_000_000e6, noFees());
    _equipEvil();
    setPrice(1, 12e8);
    for (uint256 i = 1; i < TOKENS; ++i) {
      fillPool(i, POOL_DEPTH);
    }
    vm.prank(KEEPER);
    rebalancer.open(one(address(index)), assetsOf(index));
    advance(40 minutes);
    _prepareCalls();
    mintTo(index, ALICE, 1000e18);
    _claimOfAlice();
  }

  function test_everyCallWorksOutside() public {
    uint256 state = vm.snapshotState();
    for (uint256 i; i < calls.length; ++i) {
      vm.prank(address(evil));
      (bool ok, bytes memory answer) = targets[i].call(calls[i]);
      assertTrue(ok, string.concat("call ", vm.toString(i), ": ", vm.toString(answer)));
      vm.revertToState(state);
    }
  }

  function test_noneWorksDuringAMint() public {
    _refusedDuring(this.doMint);
  }

  function test_noneWorksDuringARedeem() public {
    _refusedDuring(this.doRedeem);
  }

  function test_noneWorksDuringARedemptionOfAClaim() public {
    _refusedDuring(this.doRedeemClaim);
  }

  function test_noneWorksDuringARound() public {
    _refusedDuring(this.doRebalance);
  }

  function test_noneWorksDuringACreation() public {
    _refusedDuring(this.doCreate);
  }

  // ----------------------------------------------------------------- outer calls

  function doMint() external {
    mintTo(index, ALICE, 10e18);
  }

  function doRedeem() external {
    redeemFrom(index, ALICE, 10e18);
  }

  function doRedeemClaim() external {
    vm.prank(ALICE);
    vault.redeemClaim(address(evil), 1, ALICE);
  }

  function doRebalance() external {
    equip(KEEPER, address(rebalancer));
    bytes memory data = _rebalanceCall();
    vm.prank(KEEPER);
    (bool ok,) = address(rebalancer).call(data);
    assertTrue(ok);
  }

  function doCreate() external {
    createIndex(pick(0x0f), 1000e6, noFees());
  }

  // ----------------------------------------------------------------- inside

  function _refusedDuring(function() external outer) private {
    uint256 state = vm.snapshotState();
    outer();
    bytes32 quiet = _books();
    vm.revertToState(state);
    for (uint256 i; i < calls.length; ++i) {
      evil.setCallback(targets[i], calls[i]);
      outer();
      assertGt(evil.callbacks(), 0, "the token was moved");
      assertFalse(evil.callbackSucceeded(), string.concat("call ", vm.toString(i)));
      assertEq(bytes4(evil.callbackAnswer()), IVault.Locked.selector, string.concat("call ", vm.toString(i)));
      assertEq(_books(), quiet, "and changed nothing");
      vm.revertToState(state);
    }
  }

  /// @dev Everything that the vault and both indices keep, and what ALICE and the token have.
  function _books() private view returns (bytes32 hash) {
    hash = keccak256(abi.encode(unitsOf(index), index.totalSupply(), unitsOf(other), other.totalSupply()));
    for (uint256 i; i < TOKENS; ++i) {
      address asset = address(tokens[i]);
      hash = keccak256(abi.encode(hash, vault.claimsOn(asset), claimOf(ALICE, asset), claimOf(address(evil), asset)));
      hash = keccak256(abi.encode(hash, tokens[i].balanceOf(address(vault)), tokens[i].balanceOf(address(evil))));
    }
  }

  function _equipEvil() private {
    equip(address(evil), address(index));
    equip(address(evil), address(router));
    equip(address(evil), address(rebalancer));
    equip(address(evil), address(factory));
    mintTo(index, address(evil), 1000e18);
    vm.prank(address(evil));
    index.approve(address(router), type(uint256).max);
    // a claim on EURC
    tokens[3].setBlacklisted(address(evil), true);
    redeemFrom(index, address(evil), 1e18);
    tokens[3].setBlacklisted(address(evil), false);
    // and one on everything that the index holds
    uint256[] memory least = new uint256[](assetsOf(index).length);
    vm.startPrank(address(evil));
    index.redeemToClaims(1e18, least, address(evil));
    vault.setOperator(address(index), true);
    vm.stopPrank();
    vm.prank(MANAGER);
    other.proposeManager(address(evil));
    vm.prank(address(evil));
    other.acceptManager();
  }

  function _claimOfAlice() private {
    evil.setBlacklisted(ALICE, true);
    redeemFrom(index, ALICE, 1e18);
    evil.setBlacklisted(ALICE, false);
  }

  function _prepareCalls() private {
    address me = address(evil);
    uint256 legs = assetsOf(index).length;
    uint256[] memory none = new uint256[](legs);
    uint256[] memory most = new uint256[](legs);
    address[] memory venues = assetsOf(index);
    for (uint256 i; i < legs; ++i) {
      most[i] = type(uint256).max;
      venues[i] = address(pools[tokenAt(venues[i])]);
    }
    _add(address(index), abi.encodeCall(index.mint, (1e18, most, me)));
    _add(address(index), abi.encodeCall(index.redeem, (1e18, none, me)));
    _add(address(index), abi.encodeCall(index.mintFromClaims, (1e15, most, me)));
    _add(address(index), abi.encodeCall(index.redeemToClaims, (1e18, none, me)));
    _add(address(index), abi.encodeCall(index.previewMint, (1e18)));
    _add(address(index), abi.encodeCall(index.previewRedeem, (1e18)));
    _add(address(vault), abi.encodeCall(vault.redeemClaim, (address(tokens[3]), 1, me)));
    _add(address(vault), abi.encodeCall(vault.holdingsOf, (address(other))));
    _add(address(rebalancer), abi.encodeCall(rebalancer.open, (one(address(other)), assetsOf(other))));
    _add(address(rebalancer), _rebalanceCall());
    uint256 deadline = vm.getBlockTimestamp();
    _add(address(router), abi.encodeCall(router.mintWithBase, (index, 1000e6, 0, venues, me, deadline)));
    _add(address(router), abi.encodeCall(router.redeemToBase, (index, 1e18, 0, venues, me, deadline)));
    IndexFactory.Creation memory creation = creationOf(pick(0x0f), 1000e6, noFees());
    _add(address(factory), abi.encodeCall(factory.create, (creation)));
    address[] memory assets = assetsOf(other);
    uint256[] memory weights = new uint256[](assets.length);
    for (uint256 i; i < weights.length; ++i) {
      weights[i] = i == 0 ? ONE - (weights.length - 1) * 0.2e18 : 0.2e18;
    }
    _add(address(managed), abi.encodeCall(managed.setWeights, (address(other), assets, weights)));
  }

  function _add(address target, bytes memory data) private {
    targets.push(target);
    calls.push(data);
  }

  /// @dev LINK rose and is sold for USDC from the caller's own stock.
  function _rebalanceCall() private view returns (bytes memory) {
    address[] memory assets = assetsOf(index);
    uint8 o;
    uint8 u;
    for (uint8 i; i < assets.length; ++i) {
      if (assets[i] == address(tokens[1])) o = i;
      if (assets[i] == address(tokens[USDC])) u = i;
    }
    Trade[] memory trades = new Trade[](1);
    trades[0] = Trade(o, u, 0, new address[](0));
    return abi.encodeCall(
      rebalancer.rebalance, (rebalancer.openingCount(), one(address(index)), assets, new Pair[](0), trades)
    );
  }
}
