// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Who brings the tokens when the vault asks: an index face for a mint, the factory for a first mint.
interface IPayer {
  /// @notice Move `amounts[i]` {tok} of `assets[i]` from `payer` straight into the vault. Only the vault calls this.
  function pull(address payer, address[] calldata assets, uint256[] calldata amounts) external;
}

/// @notice The books of one chain: custody of every asset, effective supply and units of every index, claims (ERC-6909).
interface IVault {
  /// @notice What an index holds, read for pricing and trading.
  /// @param effectiveSupply {share} E of docs/rules.md 1: the supply that the units multiply
  /// @param recipe number of the index's leg list; another number is another list
  /// @param reweighedAt {s} when the leg list was last set by the family
  /// @param legs one word a leg, ascending by asset: see Legs
  /// @param amounts {tok} holding of each leg, floored
  struct Holdings {
    uint256 effectiveSupply;
    uint256 recipe;
    uint256 reweighedAt;
    uint256[] legs;
    uint256[] amounts;
  }

  event Founded(address indexed index, address indexed family, uint256 effectiveSupply);
  event Reweighed(address indexed index, address[] assets, uint256[] weights);
  /// @param deltas {tok} changes of holdings as int128, 16 bytes each, asset by asset: place j * indices.length + i
  event Settled(address[] indices, address[] assets, bytes deltas);
  event LegSetAside(address indexed index, address indexed asset, address indexed owner, uint256 amount);
  event ClaimRedeemed(address indexed asset, address indexed owner, address to, uint256 claim, uint256 amount);
  event Reconciled(address indexed asset, uint256 owed, uint256 balance);
  /// @param claims {claim} that are worth nothing any more: the token lost all, or next to all, of its balance
  event ClaimsVoided(address indexed asset, uint256 claims);
  event RebalancerSet(address indexed rebalancer);
  event FactorySet(address indexed factory, bool allowed);
  event PayoutGasSet(address indexed asset, uint256 gas);

  error Locked();
  error NotLocked();
  error NotOpened(address asset);
  error NotRebalancer(address caller);
  error NotFactory(address caller);
  error NotFamily(address index, address caller);
  error UnknownIndex(address index);
  error IndexExists(address index);
  error NothingPaid(uint256 effective);
  error ReceivedTooLittle(address asset, uint256 received, uint256 expected);
  error EffectiveSupplyOverflow(uint256 effectiveSupply);
  error LegsNotAscending(address previous, address next);
  error BadLegCount(uint256 count);
  error BadWeight(address asset, uint256 weight);
  error BadWeightSum(uint256 sum);
  error UnitIsZero(address asset);
  error LengthMismatch(uint256 left, uint256 right);
  error BadPayoutGas(address asset, uint256 gas_);
  error HoldingTooSmall(address index, address asset, uint256 holding, int256 delta);
  error Unbacked(address asset, uint256 balance, uint256 needed);
  error IncompleteHolders(address asset, uint256 given, uint256 expected);
  error NothingToReconcile(address asset, uint256 balance, uint256 owed);

  /// @notice Take the share of every leg for `shares` new index shares; only an index face, about itself.
  /// @param payer who pays, through the face's `pull`
  /// @param shares {share} s
  /// @param supply {share} S before the mint, with all accrued fees
  /// @return amounts {tok} ceil(e u) of each leg, e = ceil(s E / S)
  function join(address payer, uint256 shares, uint256 supply) external returns (uint256[] memory amounts);

  /// @notice Pay the share of every leg for `shares` burnt index shares; only an index face, about itself.
  /// A leg that cannot be paid becomes a claim of `to`, at par, and never stops the others.
  /// @return amounts {tok} floor(e u) of each leg, e = floor(s E / S)
  /// @return setAside bit i is set when leg i became a claim
  function exit(address to, uint256 shares, uint256 supply)
    external
    returns (uint256[] memory amounts, uint256 setAside);

  /// @notice As `join`, paid with claims of `payer` instead of tokens: only those that `payer` let the calling face have, by ERC-6909.
  /// @return amounts {tok} what the claims of each leg were worth; after a loss of the token a claim unit is worth less than one
  function joinFromClaims(address payer, uint256 shares, uint256 supply) external returns (uint256[] memory amounts);

  /// @notice As `exit`, but every leg becomes a claim of `to`: calls no token.
  function exitToClaims(address to, uint256 shares, uint256 supply) external returns (uint256[] memory amounts);

  /// @notice Open the books of a new index with its first deposit; only a factory.
  function found(
    address index,
    address family,
    address payer,
    uint256 supply,
    address[] calldata assets,
    uint256[] calldata weights,
    uint256[] calldata amounts
  ) external;

  /// @notice Set the target weights of an index; only its family. Legs that left the targets stay until they are sold.
  function reweigh(address index, address[] calldata assets, uint256[] calldata weights) external;

  /// @notice Begin a round of trades: lock everything, remember the balances; only the rebalancer.
  function open(address[] calldata assets) external;

  /// @notice Send exactly `amount` {tok} of `asset` to a pool or filler; only the rebalancer, inside a round.
  function push(address asset, address to, uint256 amount) external;

  /// @notice End a round: book what each index gave and got. Reverts unless the balances back every unit booked.
  /// @param assets the assets given to `open`, ascending
  /// @param deltas {tok} change of holding, asset by asset: `deltas[j * indices.length + i]` is asset j, index i
  function settle(address[] calldata indices, address[] calldata assets, int256[] calldata deltas) external;

  /// @notice Turn a claim into its tokens, at par.
  function redeemClaim(address asset, uint256 claim, address to) external returns (uint256 amount);

  /// @notice After a token lost balance by itself: give all its holders and claims the same cut.
  /// @param indices every index with a leg of `asset`, ascending
  function reconcile(address asset, address[] calldata indices) external;

  /// @notice The holdings of an index; reverts while a round, mint or redeem is under way.
  function holdingsOf(address index) external view returns (Holdings memory);

  /// @notice The same as raw words, for rounds over many indices: effectiveSupply, recipe, reweighedAt, n, n legs, n, n amounts.
  function rawHoldingsOf(address index) external view;

  /// @notice What `join` (up) or `exit` (down) would move for `shares` of a supply, leg by leg {tok}.
  function legAmounts(address index, uint256 shares, uint256 supply, bool up)
    external
    view
    returns (address[] memory assets, uint256[] memory amounts);

  /// @notice The family that sets the target weights of an index.
  function familyOf(address index) external view returns (address);

  /// @notice How many indices have a leg of `asset`.
  function holdersOf(address asset) external view returns (uint256);

  /// @notice {tok} what all claims on `asset` are owed, ceiled.
  function claimsOn(address asset) external view returns (uint256);
}
