// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Test} from "forge-std/Test.sol";
import {Authority} from "src/access/Authority.sol";
import {Roles} from "src/access/Roles.sol";

/// @dev A target with one function of ADMIN and one of FEES.
contract Target is AccessManaged {
  uint256 public replaced;
  uint256 public fee;

  constructor(address authority_) AccessManaged(authority_) {}

  function replace(uint256 value) external restricted {
    replaced = value;
  }

  function setFee(uint256 value) external restricted {
    fee = value;
  }
}

/// @dev Roles and delays: docs/rules.md, "Roles and delays".
contract AuthorityTest is Test {
  address private constant ADMIN = address(0xAD);
  address private constant FEES = address(0xFEE);
  address private constant WATCHMAN = address(0x3A7C4);
  address private constant STRANGER = address(0x57A6E);
  uint256 private constant EXPIRATION = 1 weeks;

  Authority private authority;
  Target private target;

  function setUp() public {
    vm.warp(1_700_000_000);
    Authority.Grant[] memory grants = new Authority.Grant[](2);
    grants[0] = Authority.Grant(Roles.FEES, FEES, 1 days);
    grants[1] = Authority.Grant(Roles.WATCHMAN, WATCHMAN, 0);
    Authority.FunctionRole[] memory functionRoles = new Authority.FunctionRole[](1);
    bytes4[] memory selectors = new bytes4[](1);
    selectors[0] = Target.setFee.selector;
    address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
    functionRoles[0] = Authority.FunctionRole(next, selectors, Roles.FEES);
    authority = new Authority(ADMIN, grants, functionRoles);
    target = new Target(address(authority));
  }

  // ----------------------------------------------------------------- delay

  function test_theFirstAdminWaitsSevenDaysFromTheFirstBlock() public {
    (bool isMember, uint32 delay) = authority.hasRole(Roles.ADMIN, ADMIN);
    assertTrue(isMember);
    assertEq(delay, 7 days);
    (uint48 since, uint32 current, uint32 pending, uint48 effect) = authority.getAccess(Roles.ADMIN, ADMIN);
    assertEq(since, vm.getBlockTimestamp());
    assertEq(current, 7 days);
    assertEq(pending, 0);
    assertEq(effect, 0);

    bytes memory data = abi.encodeCall(target.replace, (1));
    vm.startPrank(ADMIN);
    vm.expectRevert();
    target.replace(1);
    vm.expectRevert();
    authority.execute(address(target), data);
    authority.schedule(address(target), data, 0);
    vm.warp(vm.getBlockTimestamp() + 7 days - 1);
    vm.expectRevert();
    target.replace(1);
    vm.warp(vm.getBlockTimestamp() + 1);
    target.replace(1);
    assertEq(target.replaced(), 1);
    vm.expectRevert();
    target.replace(1);
  }

  /// @dev Everything that would change roles waits as well, for every function of the manager itself.
  function test_rolesChangeAfterSevenDaysOnly() public {
    bytes4[] memory selectors = new bytes4[](1);
    selectors[0] = Target.replace.selector;
    bytes[] memory calls = new bytes[](10);
    calls[0] = abi.encodeCall(authority.grantRole, (Roles.ADMIN, STRANGER, 0));
    calls[1] = abi.encodeCall(authority.grantRole, (Roles.ADMIN, ADMIN, 0));
    calls[2] = abi.encodeCall(authority.revokeRole, (Roles.WATCHMAN, WATCHMAN));
    calls[3] = abi.encodeCall(authority.setTargetFunctionRole, (address(target), selectors, Roles.FEES));
    calls[4] = abi.encodeCall(authority.setTargetClosed, (address(target), true));
    calls[5] = abi.encodeCall(authority.updateAuthority, (address(target), address(this)));
    calls[6] = abi.encodeCall(authority.setRoleAdmin, (Roles.FEES, Roles.WATCHMAN));
    calls[7] = abi.encodeCall(authority.setRoleGuardian, (Roles.FEES, Roles.FEES));
    calls[8] = abi.encodeCall(authority.setGrantDelay, (Roles.FEES, 1));
    calls[9] = abi.encodeCall(authority.setTargetAdminDelay, (address(target), 1));
    bytes[] memory wrapped = new bytes[](1);
    vm.startPrank(ADMIN);
    for (uint256 i; i < calls.length; ++i) {
      (bool ok,) = address(authority).call(calls[i]);
      assertFalse(ok);
      wrapped[0] = calls[i];
      (ok,) = address(authority).call(abi.encodeCall(authority.multicall, (wrapped)));
      assertFalse(ok);
      vm.expectRevert();
      authority.schedule(address(authority), calls[i], uint48(vm.getBlockTimestamp() + 7 days - 1));
      authority.schedule(address(authority), calls[i], 0);
    }
    vm.warp(vm.getBlockTimestamp() + 7 days);
    for (uint256 i; i < calls.length; ++i) {
      (bool ok,) = address(authority).call(calls[i]);
      assertTrue(ok);
    }
  }

  function testFuzz_noAdminEverGetsLess(uint32 delay) public {
    bytes memory data = abi.encodeCall(authority.grantRole, (Roles.ADMIN, STRANGER, delay));
    vm.startPrank(ADMIN);
    authority.schedule(address(authority), data, 0);
    vm.warp(vm.getBlockTimestamp() + 7 days);
    authority.execute(address(authority), data);
    (bool isMember, uint32 got) = authority.hasRole(Roles.ADMIN, STRANGER);
    assertTrue(isMember);
    assertEq(got, delay < 7 days ? 7 days : delay);
  }

  function test_aRoleActsOnItsOwnFunctionsAfterItsDelay() public {
    bytes memory data = abi.encodeCall(target.setFee, (5));
    vm.startPrank(FEES);
    vm.expectRevert();
    authority.schedule(address(target), abi.encodeCall(target.replace, (5)), 0);
    authority.schedule(address(target), data, 0);
    vm.warp(vm.getBlockTimestamp() + 1 days);
    target.setFee(5);
    assertEq(target.fee(), 5);
    vm.stopPrank();
    vm.prank(STRANGER);
    vm.expectRevert();
    target.setFee(6);
  }

  // ----------------------------------------------------------------- notice

  function test_pendingFromScheduleUntilExecuted() public {
    assertEq(authority.changePendingUntil(), 0);
    _schedule(1);
    assertEq(authority.changePendingUntil(), vm.getBlockTimestamp() + 7 days + EXPIRATION);
    vm.warp(vm.getBlockTimestamp() + 7 days);
    assertGt(authority.changePendingUntil(), 0);
    vm.prank(ADMIN);
    target.replace(1);
    assertEq(authority.changePendingUntil(), 0);
  }

  function test_executeEndsItToo() public {
    _schedule(1);
    vm.warp(vm.getBlockTimestamp() + 7 days);
    vm.prank(ADMIN);
    authority.execute(address(target), abi.encodeCall(target.replace, (1)));
    assertEq(authority.changePendingUntil(), 0);
  }

  function test_pendingUntilCancelledOrExpired() public {
    _schedule(1);
    _cancel(ADMIN, 1);
    assertEq(authority.changePendingUntil(), 0);

    _schedule(2);
    uint256 until = authority.changePendingUntil();
    vm.warp(until - 1);
    assertEq(authority.changePendingUntil(), until);
    vm.warp(until);
    assertEq(authority.changePendingUntil(), 0);
    // Cancelling what has expired frees nothing else.
    _schedule(3);
    _cancel(ADMIN, 2);
    assertGt(authority.changePendingUntil(), 0);
    _cancel(ADMIN, 3);
    assertEq(authority.changePendingUntil(), 0);
  }

  function test_operationsOnTheAuthorityCount() public {
    vm.prank(ADMIN);
    authority.schedule(address(authority), abi.encodeCall(authority.revokeRole, (Roles.FEES, FEES)), 0);
    assertGt(authority.changePendingUntil(), 0);
    vm.warp(vm.getBlockTimestamp() + 7 days);
    vm.prank(ADMIN);
    authority.revokeRole(Roles.FEES, FEES);
    assertEq(authority.changePendingUntil(), 0);
  }

  function test_operationsOfOtherRolesDoNotCount() public {
    vm.prank(FEES);
    authority.schedule(address(target), abi.encodeCall(target.setFee, (5)), 0);
    assertEq(authority.changePendingUntil(), 0);
  }

  function test_outsidersCannotRaiseIt() public {
    vm.prank(STRANGER);
    vm.expectRevert();
    authority.schedule(address(target), abi.encodeCall(target.replace, (5)), 0);
    vm.prank(STRANGER);
    vm.expectRevert();
    authority.schedule(address(authority), abi.encodeCall(authority.grantRole, (Roles.ADMIN, STRANGER, 0)), 0);
    assertEq(authority.changePendingUntil(), 0);
  }

  /// @dev The function passes from ADMIN to FEES between two schedules of one operation: its old mark must not be used.
  function test_anOldMarkFreesNothing() public {
    Authority.Grant[] memory grants = new Authority.Grant[](1);
    grants[0] = Authority.Grant(Roles.FEES, ADMIN, 1 days);
    authority = new Authority(ADMIN, grants, new Authority.FunctionRole[](0));
    target = new Target(address(authority));
    _schedule(1);
    bytes4[] memory selectors = new bytes4[](1);
    selectors[0] = Target.replace.selector;
    bytes memory data = abi.encodeCall(authority.setTargetFunctionRole, (address(target), selectors, Roles.FEES));
    vm.prank(ADMIN);
    authority.schedule(address(authority), data, 0);
    vm.warp(vm.getBlockTimestamp() + 7 days);
    vm.prank(ADMIN);
    authority.execute(address(authority), data);
    vm.warp(vm.getBlockTimestamp() + EXPIRATION);

    vm.startPrank(ADMIN);
    authority.schedule(address(authority), abi.encodeCall(authority.grantRole, (Roles.FEES, STRANGER, 0)), 0);
    authority.schedule(address(target), abi.encodeCall(target.replace, (1)), 0);
    vm.warp(vm.getBlockTimestamp() + 1 days);
    target.replace(1);
    assertGt(authority.changePendingUntil(), 0);
  }

  /// @dev Never too short: while any scheduled ADMIN operation can still be executed, a change is pending.
  function testFuzz_neverSilentWhileAChangeCanBeExecuted(uint256 seed) public {
    uint256[4] memory until;
    for (uint256 step; step < 24; ++step) {
      seed = uint256(keccak256(abi.encode(seed)));
      uint256 i = seed % 4;
      uint256 action = (seed >> 8) % 4;
      bytes memory data = abi.encodeCall(target.replace, (i));
      vm.startPrank(ADMIN);
      if (action == 0) {
        uint48 when = uint48(vm.getBlockTimestamp() + 7 days + (seed >> 16) % 10 days);
        try authority.schedule(address(target), data, when) {
          until[i] = when + EXPIRATION;
        } catch {}
      } else if (action == 1) {
        try authority.cancel(ADMIN, address(target), data) {
          until[i] = 0;
        } catch {}
      } else if (action == 2) {
        try target.replace(i) {
          until[i] = 0;
        } catch {}
      } else {
        vm.warp(vm.getBlockTimestamp() + (seed >> 16) % 6 days);
      }
      vm.stopPrank();
      uint256 latest;
      for (uint256 j; j < 4; ++j) {
        if (until[j] > vm.getBlockTimestamp() && until[j] > latest) latest = until[j];
      }
      assertGe(authority.changePendingUntil(), latest);
    }
    vm.warp(vm.getBlockTimestamp() + 7 days + 10 days + EXPIRATION);
    assertEq(authority.changePendingUntil(), 0);
  }

  // ----------------------------------------------------------------- watchman

  function test_theWatchmanCancels() public {
    _schedule(1);
    _cancel(WATCHMAN, 1);
    assertEq(authority.changePendingUntil(), 0);
    vm.prank(FEES);
    authority.schedule(address(target), abi.encodeCall(target.setFee, (5)), 0);
    vm.prank(WATCHMAN);
    authority.cancel(FEES, address(target), abi.encodeCall(target.setFee, (5)));

    _schedule(1);
    vm.prank(STRANGER);
    vm.expectRevert();
    authority.cancel(ADMIN, address(target), abi.encodeCall(target.replace, (1)));
  }

  function test_theWatchmanCannotKeepItsRole() public {
    bytes memory grant = abi.encodeCall(authority.grantRole, (Roles.ADMIN, STRANGER, 0));
    bytes memory revoke = abi.encodeCall(authority.revokeRole, (Roles.WATCHMAN, WATCHMAN));
    vm.startPrank(ADMIN);
    authority.schedule(address(authority), grant, 0);
    authority.schedule(address(authority), revoke, 0);
    vm.stopPrank();
    vm.startPrank(WATCHMAN);
    authority.cancel(ADMIN, address(authority), grant);
    vm.expectRevert(
      abi.encodeWithSelector(
        IAccessManager.AccessManagerUnauthorizedCancel.selector,
        WATCHMAN,
        ADMIN,
        address(authority),
        authority.revokeRole.selector
      )
    );
    authority.cancel(ADMIN, address(authority), revoke);
    vm.stopPrank();
  }

  // ----------------------------------------------------------------- inside

  function _schedule(uint256 value) private {
    vm.prank(ADMIN);
    authority.schedule(address(target), abi.encodeCall(target.replace, (value)), 0);
  }

  function _cancel(address by, uint256 value) private {
    vm.prank(by);
    authority.cancel(ADMIN, address(target), abi.encodeCall(target.replace, (value)));
  }
}
