// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One recipient of an index's fees.
struct FeePart {
  address recipient;
  uint16 bps;
}

/// @notice The fees of an index: mint and redeem {bp of the shares}, management {ray/s}.
struct Fees {
  uint16 mintBps;
  uint16 redeemBps;
  uint256 aumRate;
}

/// @notice The share of an index fund: ERC-20 with permit, mint and redeem in kind at any time.
interface IIndex {
  event Minted(address indexed payer, address indexed to, uint256 shares, uint256 fee, uint256[] amounts);
  event Redeemed(
    address indexed owner, address indexed to, uint256 shares, uint256 fee, uint256[] amounts, uint256 setAside
  );
  /// @notice Follows a `Minted` that was paid with claims, not tokens.
  event MintedFromClaims(address indexed payer, uint256 shares);
  /// @notice Follows a `Redeemed` whose legs all became claims because the owner wanted it so.
  event RedeemedToClaims(address indexed owner, uint256 shares);
  event FeesScheduled(uint256 mintBps, uint256 redeemBps, uint256 aumRate, uint256 from);
  event FeesSet(uint256 mintBps, uint256 redeemBps, uint256 aumRate);
  event FeesDistributed(uint256 shares);
  event FeesCollected(address indexed recipient, uint256 shares);
  event ManagerProposed(address indexed manager);
  event ManagerSet(address indexed manager);
  event Stopped(uint256 until);
  event Sunset();

  error AlreadyInitialized();
  error NotFactory(address caller);
  error NotVault(address caller);
  error NotManager(address caller);
  error NotWatchman(address caller);
  error NothingToMint();
  error NothingToRedeem();
  error AboveMaximum(uint256 leg, uint256 amount, uint256 maximum);
  error BelowMinimum(uint256 leg, uint256 amount, uint256 minimum);
  error LengthMismatch(uint256 given, uint256 expected);
  error SupplyOverflow(uint256 supply);
  error FeeTooHigh(uint256 given, uint256 maximum);
  error FeeStepTooLarge(uint256 old, uint256 given, uint256 maximum);
  error NotYet(uint256 now_, uint256 from);
  error NothingScheduled();
  error BadSplit(uint256 sum);
  error TooManyParts(uint256 count);
  error TransferRefused(address asset);
  error MintsStopped(uint256 until);
  error StopTooSoon(uint256 earliest);
  error InSunset();

  /// @notice Mint `shares` (fee included) for the share of every asset, pulled from the caller.
  /// @param maxAmounts {tok} the most to pay of each leg, in the order of the legs
  /// @return minted {share} what `to` gets: shares less the mint fee
  /// @return amounts {tok} paid of each leg
  function mint(uint256 shares, uint256[] calldata maxAmounts, address to)
    external
    returns (uint256 minted, uint256[] memory amounts);

  /// @notice As `mint`, paid with the caller's claims in the vault, as far as the caller let this index have them: by the vault's
  /// `setOperator`, or `approve` for each asset. Calls no token. Same fee, same limits.
  /// @param maxAmounts {tok} the most to pay of each leg, in claims at what they are worth
  function mintFromClaims(uint256 shares, uint256[] calldata maxAmounts, address to)
    external
    returns (uint256 minted, uint256[] memory amounts);

  /// @notice Burn `shares` of the caller (less the redeem fee, which goes to the fee recipients) for the share of every asset.
  /// Reached by no role and no switch. A leg that cannot be paid becomes a claim in the vault.
  /// @param minAmounts {tok} the least to get of each leg, paid or claimed
  /// @return amounts {tok} of each leg
  /// @return setAside bit i is set when leg i became a claim
  function redeem(uint256 shares, uint256[] calldata minAmounts, address to)
    external
    returns (uint256[] memory amounts, uint256 setAside);

  /// @notice As `redeem`, but every leg becomes a claim of `to` in the vault. Calls no token. Same fee, same limits.
  /// @param minAmounts {tok} the least to get of each leg, in claims at what they are worth
  function redeemToClaims(uint256 shares, uint256[] calldata minAmounts, address to)
    external
    returns (uint256[] memory amounts);

  /// @notice What minting `shares` would cost now, leg by leg {tok}.
  function previewMint(uint256 shares) external view returns (address[] memory assets, uint256[] memory amounts);

  /// @notice What redeeming `shares` would bring now, after the redeem fee, leg by leg {tok}.
  function previewRedeem(uint256 shares) external view returns (address[] memory assets, uint256[] memory amounts);

  function manager() external view returns (address);

  function fees() external view returns (Fees memory);
}
