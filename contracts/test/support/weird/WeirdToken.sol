// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @dev What `transfer` and `transferFrom` do.
enum Mode {
  Normal,
  Revert, // reverts without data
  Paused, // reverts with a reason
  ReturnFalse, // moves nothing, returns false
  ReturnNothing, // moves, returns no data (as USDT)
  ReturnTrueUnmoved, // moves nothing, returns true
  ReturnGarbage, // moves, returns a word that is no bool
  ReturnShort, // moves, returns a single byte
  GasBomb, // burns all gas that it got
  ReturnBomb, // moves, returns BOMB_SIZE bytes
  RevertBomb // reverts with BOMB_SIZE bytes
}

/// @title A token that misbehaves on demand
/// @dev For tests only. Everything may be switched by anyone between two calls. Independent of the mode: a blacklist, a tax on
/// transfers, balances that change by themselves, and a call made in the middle of a transfer.
contract WeirdToken is ERC20 {
  error Blacklisted(address account);
  error TransfersPaused();

  /// @dev {byte} what fits in some 150 000 gas of memory: bombs within a leg's gas limit
  uint256 public constant BOMB_SIZE = 200_000;
  uint256 private constant BP = 10_000;

  uint8 private immutable _decimals;

  Mode public mode;
  /// @notice {bps} of each transfer that is burned on the way
  uint256 public taxBps;
  mapping(address account => bool) public blacklisted;

  address public callbackTarget;
  bytes public callbackData;
  /// @notice Whether the call made by the latest transfer succeeded, and what it answered.
  bool public callbackSucceeded;
  bytes public callbackAnswer;
  uint256 public callbacks;

  constructor(string memory symbol_, uint8 decimals_) ERC20(symbol_, symbol_) {
    _decimals = decimals_;
  }

  function decimals() public view override returns (uint8) {
    return _decimals;
  }

  // ----------------------------------------------------------------- switches

  function mint(address to, uint256 amount) external {
    _mint(to, amount);
  }

  function setMode(Mode mode_) external {
    mode = mode_;
  }

  function setTax(uint256 bps) external {
    taxBps = bps;
  }

  function setBlacklisted(address account, bool listed) external {
    blacklisted[account] = listed;
  }

  /// @notice A clawback or a rebase: the balance of one account becomes `amount` without a transfer.
  function setBalance(address account, uint256 amount) external {
    uint256 present = balanceOf(account);
    if (amount > present) super._update(address(0), account, amount - present);
    else super._update(account, address(0), present - amount);
  }

  /// @notice From now on each transfer calls `target` with `data` once it moved; its failure is swallowed. Zero: no more.
  function setCallback(address target, bytes calldata data) external {
    callbackTarget = target;
    callbackData = data;
  }

  // ----------------------------------------------------------------- ERC-20

  function transfer(address to, uint256 amount) public override returns (bool) {
    if (_misbehavesBefore()) return mode != Mode.ReturnFalse;
    super.transfer(to, amount);
    return _answer();
  }

  function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
    if (_misbehavesBefore()) return mode != Mode.ReturnFalse;
    super.transferFrom(from, to, amount);
    return _answer();
  }

  function _update(address from, address to, uint256 amount) internal override {
    if (blacklisted[from]) revert Blacklisted(from);
    if (blacklisted[to]) revert Blacklisted(to);
    super._update(from, to, amount);
    if (from == address(0) || to == address(0)) return;

    if (taxBps != 0) super._update(to, address(0), amount * taxBps / BP);
    if (callbackTarget != address(0)) {
      ++callbacks;
      (callbackSucceeded, callbackAnswer) = callbackTarget.call(callbackData);
    }
  }

  // ----------------------------------------------------------------- inside

  /// @return skip whether nothing is moved
  function _misbehavesBefore() private view returns (bool skip) {
    Mode mode_ = mode;
    if (mode_ == Mode.Paused) revert TransfersPaused();
    if (mode_ == Mode.Revert) _end(0, true);
    if (mode_ == Mode.RevertBomb) _end(BOMB_SIZE, true);
    if (mode_ == Mode.GasBomb) {
      assembly ("memory-safe") {
        invalid() // the cheapest way to burn all gas
      }
    }
    return mode_ == Mode.ReturnFalse || mode_ == Mode.ReturnTrueUnmoved;
  }

  function _answer() private view returns (bool) {
    Mode mode_ = mode;
    if (mode_ == Mode.ReturnNothing) _end(0, false);
    if (mode_ == Mode.ReturnShort) _end(1, false);
    if (mode_ == Mode.ReturnBomb) _end(BOMB_SIZE, false);
    if (mode_ == Mode.ReturnGarbage) {
      assembly ("memory-safe") {
        mstore(0, 0xdead)
        return(0, 32)
      }
    }
    return true;
  }

  /// @dev Leaves the call with `size` bytes of whatever lies in memory.
  function _end(uint256 size, bool reverts) private pure {
    assembly ("memory-safe") {
      if reverts { revert(0, size) }
      return(0, size)
    }
  }
}
