// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title DevAggregator: the contract behind a price feed, in the shape of Chainlink's off-chain aggregator.
/// @notice TRUST: anybody pushes answers; for development chains only.
/// SHAPE: a read touches two slots, the latest round's number and that round's transmission, like the original, so that
/// the gas of a price read is representative. Bounds are immutable; an answer outside them is refused, as there.
contract DevAggregator {
  struct Transmission {
    int192 answer; // {USD/tok} scaled by 10 ** decimals
    uint64 timestamp; // {s} Unix time of the block that took the answer
  }

  /// @notice {1} digits after the point of every answer
  uint8 public immutable decimals;
  /// @notice {USD/tok} the lowest answer the aggregator can report, scaled by 10 ** decimals
  int192 public immutable minAnswer;
  /// @notice {USD/tok} the highest answer the aggregator can report, scaled by 10 ** decimals
  int192 public immutable maxAnswer;
  /// @notice What is priced in what, for example "UNI / USD"
  string public description;

  uint32 private _latestRound; // {1} starts at 1 with the first answer; 0 means that there is none
  mapping(uint32 round => Transmission) private _transmissions;

  event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);

  /// @notice `answer` is outside [`min`, `max`]
  error AnswerOutOfBounds(int256 answer, int192 min, int192 max);

  constructor(uint8 decimals_, string memory description_, int192 minAnswer_, int192 maxAnswer_, int192 answer) {
    decimals = decimals_;
    description = description_;
    minAnswer = minAnswer_;
    maxAnswer = maxAnswer_;
    _push(answer, minAnswer_, maxAnswer_);
  }

  /// @notice Reports a new answer {USD/tok}, scaled by 10 ** decimals. Open to everybody.
  function push(int192 answer) external {
    _push(answer, minAnswer, maxAnswer);
  }

  function latestRoundData()
    external
    view
    returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
  {
    roundId = _latestRound;
    Transmission memory latest = _transmissions[uint32(roundId)];
    return (roundId, latest.answer, latest.timestamp, latest.timestamp, roundId);
  }

  function _push(int192 answer, int192 min, int192 max) private {
    if (answer < min || answer > max) revert AnswerOutOfBounds(answer, min, max);
    uint32 round = ++_latestRound;
    _transmissions[round] = Transmission(answer, uint64(block.timestamp));
    emit AnswerUpdated(answer, round, block.timestamp);
  }
}
