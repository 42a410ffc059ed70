// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {Quotes} from "src/price/IPriceFeed.sol";
import {Anchor, Anchors} from "src/rebalance/Anchors.sol";

/// @dev Writes and reads blobs as the rebalancer does: its n-th creation is opening n.
contract AnchorKeeper {
  uint256 public count;

  function store(uint256 delistings, uint256[] memory assets, uint256[] memory anchors) external {
    Anchors.store(++count, delistings, assets, anchors);
  }

  function storeAs(uint256 number) external {
    Anchors.store(number, 0, new uint256[](0), new uint256[](0));
  }

  function find(uint256 number) external view returns (Anchors.Opening memory) {
    return Anchors.find(number);
  }

  function load(uint256 number) external view returns (uint256[] memory assets, uint256[] memory anchors) {
    return Anchors.load(Anchors.find(number).blob);
  }
}

/// @title What an opening writes, every round reads again, bit by bit (docs/rules.md 6)
contract AnchorsTest is Test {
  AnchorKeeper private keeper = new AnchorKeeper();

  /// @dev ANCHORS_KEPT: any mixture of live, frozen, dead and delisted assets, of any number, opening after opening.
  function testFuzz_anchorsAreReadAsTheyWereWritten(uint256 seed, uint8 size, uint32 delistings, uint40 time) public {
    for (uint256 nth = 1; nth <= 3; ++nth) {
      (uint256[] memory assets, uint256[] memory anchors) =
        _random(uint256(keccak256(abi.encode(seed, nth))), size % 60);
      vm.warp(uint256(time) + nth > type(uint40).max ? nth : time + nth);
      keeper.store(delistings, assets, anchors);
      Anchors.Opening memory opening = keeper.find(nth);
      assertEq(opening.at, vm.getBlockTimestamp());
      assertEq(opening.delistings, delistings);
      (uint256[] memory readAssets, uint256[] memory readAnchors) = keeper.load(nth);
      assertEq(readAnchors, anchors);
      assertEq(readAssets.length, assets.length + 1);
      assertEq(readAssets[assets.length], type(uint256).max, "the list ends above all addresses");
      for (uint256 i; i < assets.length; ++i) {
        assertEq(readAssets[i], assets[i]);
      }
    }
  }

  /// @dev The most assets that one contract's code can hold.
  function test_sixHundredAssets() public {
    (uint256[] memory assets, uint256[] memory anchors) = _random(1, 600);
    keeper.store(7, assets, anchors);
    (, uint256[] memory read) = keeper.load(1);
    assertEq(read, anchors);
  }

  function testFuzz_noOtherNumberIsAnOpening(uint256 number) public {
    (uint256[] memory assets, uint256[] memory anchors) = _random(2, 2);
    keeper.store(0, assets, anchors);
    vm.assume(number != 1);
    assertEq(keeper.find(number).blob, address(0));
    assertEq(keeper.find(1 + (number << 32)).blob, number << 32 == 0 ? keeper.find(1).blob : address(0));
  }

  /// @dev An opening whose number is not that of the blob could never be found again.
  function test_theNumberIsThatOfTheCreation() public {
    vm.expectRevert(Anchors.BlobFailed.selector);
    keeper.storeAs(2);
    keeper.storeAs(1);
  }

  /// @dev `aimed` and `live` say what the parts of the word say.
  function testFuzz_predicates(uint128 price, uint16 q, uint8 status, uint40 since) public pure {
    status %= 3;
    Anchor anchor =
      Anchor.wrap(uint256(price) << 128 | uint256(q) << 112 | uint256(status) << 104 | uint256(since) << 64);
    assertEq(anchor.price(), price);
    assertEq(anchor.qBps(), q);
    assertEq(anchor.delistedSince(), since);
    assertEq(anchor.live(), status == Quotes.LIVE);
    assertEq(anchor.aimed(), price != 0 && since == 0);
  }

  function _random(uint256 seed, uint256 n) private pure returns (uint256[] memory assets, uint256[] memory anchors) {
    (assets, anchors) = (new uint256[](n), new uint256[](n));
    for (uint256 i; i < n; ++i) {
      uint256 dice = uint256(keccak256(abi.encode(seed, i)));
      assets[i] = uint160(dice);
      uint256 status = dice >> 160 & 3;
      uint256 word =
        status == 0 || status == 3 ? 0 : (dice >> 128 << 128) | (dice >> 16 & 0x3fff) << 112 | status << 104;
      uint256 since = dice >> 164 & 3 == 0 ? (dice >> 40 & type(uint40).max) : 0;
      anchors[i] = word | since << 64;
    }
  }
}
