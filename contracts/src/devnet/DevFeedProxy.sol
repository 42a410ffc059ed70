// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DevAggregator} from "./DevAggregator.sol";

/// @title DevFeedProxy: the address that readers of a price feed know, in the shape of Chainlink's aggregator proxy.
/// @notice TRUST: anybody replaces the aggregator; for development chains only.
/// SHAPE: one slot holds the phase and the aggregator; a round's id carries the phase above its low 64 bits, so that ids
/// keep growing when the aggregator is replaced, as with the original.
contract DevFeedProxy {
  uint256 private constant PHASE_OFFSET = 64; // {bit}

  /// @notice {1} how many aggregators there have been
  uint16 public phaseId;
  /// @notice The aggregator that answers now
  DevAggregator public aggregator;

  constructor(DevAggregator first) {
    upgrade(first);
  }

  /// @notice Replaces the aggregator and starts a new phase. Open to everybody.
  function upgrade(DevAggregator next) public {
    ++phaseId;
    aggregator = next;
  }

  /// @notice {1} digits after the point of every answer
  function decimals() external view returns (uint8) {
    return aggregator.decimals();
  }

  /// @notice What is priced in what, for example "UNI / USD"
  function description() external view returns (string memory) {
    return aggregator.description();
  }

  /// @notice The latest answer {USD/tok}, scaled by 10 ** decimals, with its round and times {s}.
  function latestRoundData()
    external
    view
    returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
  {
    uint80 phase = uint80(uint256(phaseId) << PHASE_OFFSET);
    (roundId, answer, startedAt, updatedAt, answeredInRound) = aggregator.latestRoundData();
    roundId |= phase;
    answeredInRound |= phase;
  }
}
