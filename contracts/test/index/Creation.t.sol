// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";
import {FeePart, Fees, IIndex} from "src/index/IIndex.sol";
import {Index} from "src/index/Index.sol";
import {IndexFactory} from "src/index/IndexFactory.sol";
import {Quotes} from "src/price/IPriceFeed.sol";
import {IProposals} from "src/weights/IProposals.sol";
import {Platform} from "../support/Platform.sol";

/// @title What an index may begin with (docs/rules.md 1 and 3)
contract CreationTest is Platform {
  function setUp() public {
    deployPlatform();
  }

  function test_anIndexHasANameAndASplit() public {
    Index index = createIndex(pick(0x07), 1_000_000e6, noFees());
    assertEq(index.name(), "Index");
    assertEq(index.symbol(), "IDX");
    FeePart[] memory parts = index.feeParts();
    assertEq(parts.length, 2);
    assertEq(parts[0].recipient, TREASURY);
    assertEq(parts[0].bps + parts[1].bps, BP);
    assertEq(index.balanceOf(LOCKED) + index.balanceOf(CREATOR), index.totalSupply());
  }

  function testFuzz_proposedWeightsTellTheirProposal(bytes32 proposal) public {
    IndexFactory.Creation memory creation = creationOf(pick(0x07), 1000e6, noFees());
    vm.recordLogs();
    vm.prank(CREATOR);
    address index = factory.createProposed(creation, proposal);
    assertEq(vault.familyOf(index), address(managed));
    Vm.Log[] memory logs = vm.getRecordedLogs();
    Vm.Log memory last = logs[logs.length - 1];
    assertEq(last.emitter, address(factory));
    assertEq(last.topics[0], IProposals.WeightsProposed.selector);
    assertEq(last.topics[1], bytes32(uint256(uint160(index))));
    assertEq(last.topics[2], proposal);
  }

  function test_assetsAreListedAndPriced() public {
    IndexFactory.Creation memory creation = creationOf(pick(0x07), 1000e6, noFees());
    creation.assets[1] = ALICE;
    _refused(creation, abi.encodeWithSelector(IndexFactory.NotListed.selector, ALICE));
    creation = creationOf(pick(0x07), 1000e6, noFees());
    setPrice(1, 0);
    _refused(creation, abi.encodeWithSelector(IndexFactory.PriceNotLive.selector, address(tokens[1]), Quotes.FROZEN));
  }

  /// @dev 100 USDC are enough, a cent less is not; the value is floored asset by asset.
  function test_aDepositIsWorthAHundred() public {
    IndexFactory.Creation memory creation = creationOf(pick(1 | 1 << 3), 99.98e6, noFees());
    vm.expectPartialRevert(IndexFactory.DepositTooSmall.selector);
    vm.prank(CREATOR);
    factory.create(creation);
    createIndex(pick(1 | 1 << 3), 100.2e6, noFees());
  }

  function test_familyAndManagerAreKnown() public {
    IndexFactory.Creation memory creation = creationOf(pick(0x07), 1000e6, noFees());
    creation.manager = address(0);
    _refused(creation, abi.encodeWithSelector(IIndex.NotManager.selector, address(0)));
    (creation.manager, creation.family) = (MANAGER, ALICE);
    _refused(creation, abi.encodeWithSelector(IndexFactory.UnknownFamily.selector, ALICE));
    asAdmin(address(factory), abi.encodeCall(factory.setFamily, (ALICE, true)));
    vm.prank(CREATOR);
    assertEq(vault.familyOf(factory.create(creation)), ALICE);
  }

  function test_feesAreWithinTheirLimitsAndWhollySplit() public {
    IndexFactory.Creation memory creation = creationOf(pick(0x07), 1000e6, Fees(1001, 0, RAY));
    _refused(creation, abi.encodeWithSelector(IIndex.FeeTooHigh.selector, 1001, 1000));
    creation.fees = Fees(0, 201, RAY);
    _refused(creation, abi.encodeWithSelector(IIndex.FeeTooHigh.selector, 201, 200));
    creation.fees = noFees();
    creation.parts[0].bps = 8999;
    _refused(creation, abi.encodeWithSelector(IIndex.BadSplit.selector, 9999));
    creation.parts[0] = FeePart(address(0), 9000);
    _refused(creation, abi.encodeWithSelector(IIndex.BadSplit.selector, 1000));
    creation.parts = new FeePart[](16);
    _refused(creation, abi.encodeWithSelector(IIndex.TooManyParts.selector, 17));
  }

  /// @dev The platform's part is at most half, of indices made from then on; without one the creator splits all.
  function test_thePlatformsPart() public {
    Index before = createIndex(pick(0x07), 1000e6, noFees());
    asAdmin(address(factory), abi.encodeCall(factory.setPlatform, (FeePart(ALICE, 0))));
    IndexFactory.Creation memory creation = creationOf(pick(0x07), 1000e6, noFees());
    creation.parts[0].bps = 10_000;
    vm.prank(CREATOR);
    Index after_ = Index(factory.create(creation));
    assertEq(after_.feeParts().length, 1);
    assertEq(before.feeParts().length, 2);
    bytes memory data = abi.encodeCall(factory.setPlatform, (FeePart(ALICE, 5001)));
    vm.prank(ADMIN);
    authority.schedule(address(factory), data, 0);
    advance(7 days);
    vm.expectRevert(abi.encodeWithSelector(IndexFactory.BadPlatformPart.selector, 5001));
    vm.prank(ADMIN);
    authority.execute(address(factory), data);
  }

  /// @dev The creator's allowance moves in the creator's own call only.
  function test_nobodyElsePullsForTheFactory() public {
    address[] memory assets = one(address(tokens[1]));
    uint256[] memory amounts = one(uint256(1));
    vm.expectRevert(abi.encodeWithSelector(IndexFactory.NotVault.selector, address(this)));
    factory.pull(CREATOR, assets, amounts);
    vm.expectRevert(IndexFactory.NotCreating.selector);
    vm.prank(address(vault));
    factory.pull(CREATOR, assets, amounts);
  }

  function test_aFaceIsSetUpOnceAndByItsFactory() public {
    Index index = createIndex(pick(0x07), 1000e6, noFees());
    FeePart[] memory parts = new FeePart[](0);
    vm.expectRevert(abi.encodeWithSelector(IIndex.NotFactory.selector, address(this)));
    index.initialize("", "", ALICE, noFees(), parts);
    vm.expectRevert(abi.encodeWithSelector(IIndex.NotFactory.selector, address(this)));
    index.mintFirst(ALICE, 2e18);
    vm.startPrank(address(factory));
    vm.expectRevert(IIndex.AlreadyInitialized.selector);
    index.initialize("", "", ALICE, noFees(), parts);
    vm.expectRevert(IIndex.AlreadyInitialized.selector);
    index.mintFirst(ALICE, 2e18);
    vm.stopPrank();
    vm.expectRevert(abi.encodeWithSelector(IIndex.NotVault.selector, address(this)));
    index.pull(CREATOR, one(address(tokens[1])), one(uint256(1)));
  }

  function _refused(IndexFactory.Creation memory creation, bytes memory error_) private {
    vm.expectRevert(error_);
    vm.prank(CREATOR);
    factory.create(creation);
  }
}
