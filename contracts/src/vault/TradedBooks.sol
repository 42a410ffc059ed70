// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Words} from "../math/Words.sol";
import {Balances} from "./Balances.sol";
import {Books} from "./Books.sol";
import {IVault} from "./IVault.sol";
import {Legs} from "./Legs.sol";
import {Units} from "./Units.sol";

/// @title TradedBooks: rounds of trades, and how they are booked
/// @notice The rebalancer opens a round, which locks the vault and notes its balances; moves tokens; and settles. The round ends only
/// when the balances back everything that was booked, so the rebalancer is trusted for the fairness of prices, not for solvency.
abstract contract TradedBooks is Books {
  using Words for uint256[];

  address public rebalancer;
  bool private transient _inRound;

  modifier onlyRebalancer() {
    if (msg.sender != rebalancer) revert NotRebalancer(msg.sender);
    _;
  }

  /// @inheritdoc IVault
  function open(address[] calldata assets) external override onlyRebalancer {
    if (_locked) revert Locked();
    _locked = true;
    _inRound = true;
    for (uint256 i; i < assets.length; ++i) {
      address asset = assets[i];
      uint256 before = Balances.balanceOf(asset, address(this));
      // The transient slot of an asset is its address: above every slot that the compiler gives. One more than the balance, so that 0 is
      // an asset that was not opened.
      assembly ("memory-safe") {
        tstore(asset, add(before, 1))
      }
    }
  }

  /// @inheritdoc IVault
  function push(address asset, address to, uint256 amount) external override onlyRebalancer {
    if (!_inRound) revert NotLocked();
    SafeTransferLib.safeTransfer(asset, to, amount);
  }

  /// @inheritdoc IVault
  function settle(address[] calldata indices, address[] calldata assets, int256[] calldata deltas)
    external
    override
    onlyRebalancer
  {
    if (!_inRound) revert NotLocked();
    if (deltas.length != indices.length * assets.length) revert LengthMismatch(deltas.length, indices.length);
    uint256 rows = indices.length;
    for (uint256 i; i < rows; ++i) {
      _book(indices[i], assets, deltas, i, rows);
    }
    for (uint256 j; j < assets.length; ++j) {
      address asset = assets[j];
      int256 needed;
      assembly ("memory-safe") {
        needed := tload(asset)
        tstore(asset, 0)
      }
      if (needed-- == 0) revert NotOpened(asset);
      // No sum overflows: `_book` took no delta that leaves a holding below 0 or above 2^112.
      assembly ("memory-safe") {
        let delta := add(deltas.offset, shl(5, mul(j, rows)))
        for { let end := add(delta, shl(5, rows)) } lt(delta, end) { delta := add(delta, 32) } {
          needed := add(needed, calldataload(delta))
        }
      }
      uint256 balance = Balances.balanceOf(asset, address(this));
      if (int256(balance) < needed) revert Unbacked(asset, balance, uint256(needed));
    }
    emit Settled(indices, assets, _packed(deltas));
    _inRound = false;
    _locked = false;
  }

  /// @dev Books one index. Legs and assets both ascend, so one walk pairs them; two units share a word, so a word is written once.
  /// @param place of the index in the settlement; `deltas` has `rows` words for each asset
  function _book(address index, address[] calldata assets, int256[] calldata deltas, uint256 place, uint256 rows)
    private
  {
    Book storage book = _known(index);
    uint256 effective = book.effectiveSupply;
    uint256 zeros = Units.zerosOf(effective);
    uint256[] memory legs = Legs.read(book.recipe);
    uint256 n = legs.length;
    uint256 asset = _assetAt(assets, 0);
    unchecked {
      uint256 j;
      for (uint256 i; i < n; i += 2) {
        uint256 word = _unitsAt(book, i);
        uint256 next = word;
        for (uint256 side; side < 2 && i + side < n; ++side) {
          uint256 leg = legs.at(i + side) >> 96;
          // An asset that the index has no leg of cannot be booked to it.
          while (asset < leg) {
            _requireNone(index, asset, _deltaAt(deltas, j * rows + place));
            asset = _assetAt(assets, ++j);
          }
          if (asset != leg) continue;
          int256 delta = _deltaAt(deltas, j * rows + place);
          asset = _assetAt(assets, ++j);
          if (delta == 0) continue;
          int256 holding = int256(Units.amountDown(effective, Units.at(next, side))) + delta;
          if (holding < 0) revert HoldingTooSmall(index, address(uint160(leg)), uint256(holding - delta), delta);
          next = Units.replace(next, side, Units.fromHolding(uint256(holding), effective, zeros));
        }
        if (next != word) _putUnits(book, i, next);
      }
      for (; j < assets.length; ++j) {
        _requireNone(index, _assetAt(assets, j), _deltaAt(deltas, j * rows + place));
      }
    }
  }

  /// @dev Two deltas a word: a log costs by the byte.
  function _packed(int256[] calldata deltas) private pure returns (bytes memory packed) {
    packed = new bytes(deltas.length * 16 + 16);
    assembly ("memory-safe") {
      let to := add(packed, 32)
      mstore(packed, shl(4, deltas.length))
      for { let i := 0 } lt(i, deltas.length) { i := add(i, 1) } {
        mstore(add(to, shl(4, i)), shl(128, calldataload(add(deltas.offset, shl(5, i)))))
      }
    }
  }

  function _requireNone(address index, uint256 asset, int256 delta) private pure {
    if (delta != 0) revert HoldingTooSmall(index, address(uint160(asset)), 0, delta);
  }

  /// @dev The asset in place j, or more than any address at the end of the list.
  function _assetAt(address[] calldata assets, uint256 j) private pure returns (uint256 asset) {
    if (j >= assets.length) return type(uint256).max;
    assembly ("memory-safe") {
      asset := calldataload(add(assets.offset, shl(5, j)))
    }
  }

  /// @dev `i` is inside: `settle` checks the length of `deltas`.
  function _deltaAt(int256[] calldata deltas, uint256 i) private pure returns (int256 delta) {
    assembly ("memory-safe") {
      delta := calldataload(add(deltas.offset, shl(5, i)))
    }
  }

  function _setRebalancer(address rebalancer_) internal {
    rebalancer = rebalancer_;
    emit RebalancerSet(rebalancer_);
  }
}
