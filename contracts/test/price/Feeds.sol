// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev What a test feed does when it is asked.
enum FeedMode {
  Answer,
  Revert,
  GasBomb,
  ReturnBomb, // a valid round, followed by more bytes than anybody should copy
  Short, // one byte less than a round
  Empty
}

/// @title An aggregator in Chainlink's shape, for tests: every word of its answer can be set
contract TestAggregator {
  uint256 private constant BOMB_SIZE = 100_000;

  uint8 public decimals;
  int192 public minAnswer;
  int192 public maxAnswer;
  FeedMode public mode;
  uint256[5] public round; // roundId, answer, startedAt, updatedAt, answeredInRound

  constructor(uint8 decimals_, int256 answer, int192 minAnswer_, int192 maxAnswer_) {
    (decimals, minAnswer, maxAnswer) = (decimals_, minAnswer_, maxAnswer_);
    push(answer);
  }

  /// @notice A new round with this answer.
  function push(int256 answer) public {
    uint256 id = round[0] + 1;
    round = [id, uint256(answer), block.timestamp, block.timestamp, id];
  }

  function setRound(uint256[5] memory round_) external {
    round = round_;
  }

  function setMode(FeedMode mode_) external {
    mode = mode_;
  }

  function setBounds(int192 min, int192 max) external {
    (minAnswer, maxAnswer) = (min, max);
  }

  function setDecimals(uint8 decimals_) external {
    decimals = decimals_;
  }

  function latestRoundData() external view {
    FeedMode mode_ = mode;
    require(mode_ != FeedMode.Revert);
    uint256[5] memory words = round;
    uint256 size =
      mode_ == FeedMode.ReturnBomb ? BOMB_SIZE : mode_ == FeedMode.Short ? 159 : mode_ == FeedMode.Empty ? 0 : 160;
    assembly ("memory-safe") {
      if eq(mode_, 2) { invalid() }
      return(words, size)
    }
  }
}

/// @title A proxy before an aggregator, as Chainlink's: two contracts answer one question
contract TestProxy {
  TestAggregator public aggregator;

  constructor(TestAggregator aggregator_) {
    aggregator = aggregator_;
  }

  function setAggregator(TestAggregator aggregator_) external {
    aggregator = aggregator_;
  }

  function decimals() external view returns (uint8) {
    return aggregator.decimals();
  }

  function latestRoundData() external view {
    address target = address(aggregator);
    assembly ("memory-safe") {
      mstore(0, shl(224, 0xfeaf968c)) // latestRoundData()
      let ok := staticcall(gas(), target, 0, 4, 0, 0)
      let free := mload(0x40)
      returndatacopy(free, 0, returndatasize())
      if iszero(ok) { revert(free, returndatasize()) }
      return(free, returndatasize())
    }
  }
}
