// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IChangeNotice} from "./IChangeNotice.sol";
import {Roles} from "./Roles.sol";

/// @title Who may do what, and how long before everybody is told (docs/rules.md, "Roles and delays")
/// @dev OpenZeppelin's AccessManager with three rules of this platform.
///   DELAY: an ADMIN acts 7 days after it said what it will do, at the earliest: from the first block, whatever delay is asked
///   for. Only an operation that waited 7 days itself can give that role to another account, and that one waits 7 days too.
///   NOTICE: the authority knows in one slot until when a scheduled change that could take everything may still be executed.
///   That is every operation on a function of ADMIN and every operation on this contract. The answer may be too long: when one of
///   several such operations expires the others' end stands. It is never too short. Only who may execute an operation can
///   schedule it, so an outsider cannot raise it.
///   WATCHMAN: may cancel every scheduled operation, save the one that takes the role from a watchman: it can delay, not stay.
///   LIVENESS: nothing here can stop redeeming or claiming; no function for it is restricted.
contract Authority is AccessManager, IChangeNotice {
  struct Grant {
    uint64 role;
    address account;
    uint32 delay; // {s} between scheduling and executing
  }

  struct FunctionRole {
    address target;
    bytes4[] selectors;
    uint64 role;
  }

  /// @dev {s} the latest moment at which a counted change expires
  uint128 private _changesUntil;
  /// @dev counted changes that were neither executed nor cancelled; some of them may have expired
  uint128 private _changes;
  /// @dev Operations counted in `_changes`.
  mapping(bytes32 operationId => bool) private _counted;

  /// @param admin gets ADMIN with a delay of 7 days
  /// @param grants the first members of the other roles
  /// @param functionRoles the functions that do not belong to ADMIN; targets may be addresses that are deployed later
  constructor(address admin, Grant[] memory grants, FunctionRole[] memory functionRoles) AccessManager(admin) {
    for (uint256 i; i < grants.length; ++i) {
      _grantRole(grants[i].role, grants[i].account, 0, grants[i].delay);
    }
    for (uint256 i; i < functionRoles.length; ++i) {
      FunctionRole memory entry = functionRoles[i];
      for (uint256 j; j < entry.selectors.length; ++j) {
        _setTargetFunctionRole(entry.target, entry.selectors[j], entry.role);
      }
    }
  }

  /// @inheritdoc IChangeNotice
  function changePendingUntil() external view returns (uint256) {
    return _changes != 0 && block.timestamp < _changesUntil ? _changesUntil : 0;
  }

  /// @inheritdoc AccessManager
  /// @dev Counts the operation when it could take everything.
  function schedule(address target, bytes calldata data, uint48 when)
    public
    override
    returns (bytes32 operationId, uint32 nonce)
  {
    (operationId, nonce) = super.schedule(target, data, when);
    bool counted = target == address(this) || getTargetFunctionRole(target, bytes4(data[0:4])) == Roles.ADMIN;
    _counted[operationId] = counted;
    if (!counted) return (operationId, nonce);

    // All counted changes have expired: nothing is left to wait for.
    if (block.timestamp >= _changesUntil) _changes = 0;
    uint128 until = uint128(getSchedule(operationId)) + expiration();
    if (until > _changesUntil) _changesUntil = until;
    // An operation that expired and is scheduled again may be counted twice: too long, never too short.
    ++_changes;
  }

  /// @inheritdoc AccessManager
  function cancel(address caller, address target, bytes calldata data) public override returns (uint32 nonce) {
    bytes32 operationId = hashOperation(caller, target, data);
    bool expired = getSchedule(operationId) == 0;
    nonce = super.cancel(caller, target, data);
    _forget(operationId, expired);
  }

  /// @dev Every way to execute a scheduled operation ends here.
  function _consumeScheduledOp(bytes32 operationId) internal override returns (uint32 nonce) {
    nonce = super._consumeScheduledOp(operationId);
    _forget(operationId, false);
  }

  /// @dev An expired operation may have been dropped from the count already; its end has passed in any case.
  function _forget(bytes32 operationId, bool expired) private {
    if (!_counted[operationId]) return;
    delete _counted[operationId];
    if (!expired) --_changes;
  }

  /// @dev ADMIN never gets less than its delay, nor does the constructor of AccessManager, which asks for none.
  function _grantRole(uint64 roleId, address account, uint32 grantDelay, uint32 executionDelay)
    internal
    override
    returns (bool newMember)
  {
    if (roleId == Roles.ADMIN && executionDelay < Roles.ADMIN_DELAY) executionDelay = Roles.ADMIN_DELAY;
    return super._grantRole(roleId, account, grantDelay, executionDelay);
  }

  /// @dev See WATCHMAN above.
  function _canCancel(address caller, address target, bytes calldata data) internal view override returns (bool) {
    if (super._canCancel(caller, target, data)) return true;
    (bool isWatchman,) = hasRole(Roles.WATCHMAN, _msgSender());
    return isWatchman && !_removesWatchman(target, data);
  }

  function _removesWatchman(address target, bytes calldata data) private view returns (bool) {
    if (target != address(this) || bytes4(data[0:4]) != this.revokeRole.selector) return false;
    return abi.decode(data[4:36], (uint64)) == Roles.WATCHMAN;
  }
}
