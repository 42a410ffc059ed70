import { WickerError } from '@wicker/core';
import { BaseError, type DecodeErrorResultReturnType, decodeErrorResult, type Hex, isHex, parseAbi } from 'viem';
import { errorsAbi } from './abi.generated.ts';

/** Errors that come up through the contracts and are not in their ABIs: of solady's SafeTransferLib, and of tokens. */
const foreignErrorsAbi = parseAbi([
  'error TransferFailed()',
  'error TransferFromFailed()',
  'error ApproveFailed()',
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
]);

/** What to do about the errors that people meet; the others are told by their name and values. */
const HINTS: Readonly<Record<string, string>> = {
  AboveMaximum: 'the amounts moved since the preview: preview again, or allow more',
  BelowMinimum: 'the amounts moved since the preview: preview again, or ask for less',
  ClaimAllowanceTooSmall: 'let the index spend your claims first',
  ClaimTooSmall: 'the account has a smaller claim on this asset: use fewer shares, or pay with tokens',
  DepositTooSmall: 'deposit at least 100 USDC worth',
  Error: 'read the message: a token or pool gave it',
  EffectiveSupplyOverflow: 'ask for fewer shares',
  Expired: 'send again with a later deadline',
  FeeTooHigh: 'lower the fee',
  HoldingTooLarge: 'ask for fewer shares',
  InTolerance: 'nothing to do: the index is near enough to its targets',
  Locked: 'ask again after the transaction that holds the lock',
  MintsStopped: 'wait until the stop lapses, at most 7 days; redeeming stays open',
  NotEnough: 'the pools moved: ask for fewer shares or pay more',
  NotEnoughGas: 'send it with more gas',
  NotListed: 'list the asset first, or leave it out',
  NotManager: 'only the manager of the index may do this',
  NothingExecuted:
    'the clock has not come down far enough, nothing is left to trade, or the epoch is over: wait or plan again',
  NothingToMint: 'mint more: the fee takes all of so few shares',
  NothingToRedeem: 'redeem more: the fee takes all of so few shares',
  NothingTradable: 'wait until two of its assets have live prices',
  PaysTooLittle: 'pay more: the amount does not even cover the roundings of the legs',
  PriceNotLive: 'wait for the feeds of the asset to answer',
  PoolTooSmall: 'the pool is too small for the amount: ask for less, or mint and redeem in kind',
  SupplyOverflow: 'ask for fewer shares',
  TooEarly: 'wait for the time given: an index opens at most one epoch in 24 hours',
  UnknownOpening: 'open an epoch first',
  TooLittle: 'the pools moved: ask for less, or redeem in kind',
  TooSmall: 'an index is traded from a value of 1 000 USDC on',
  TransferFromFailed: 'check balance and allowance of the payer',
  UnknownIndex: 'check the address of the index',
};

/** A contract refused: `code` is the name of its Solidity error, the message has its values. */
export class ContractRevertError extends WickerError {
  /** The error's arguments, in order. */
  readonly values: readonly unknown[];

  constructor(name: string, values: readonly unknown[]) {
    super(
      name,
      values.length === 0 ? `the contract refused: ${name}` : `the contract refused: ${name}(${values.join(', ')})`,
      HINTS[name] ?? 'see the documentation of the contract that was called',
    );
    this.values = values;
  }
}

/** A transaction was mined and failed, although its simulation had passed. */
export class TransactionFailedError extends WickerError {
  constructor(hash: Hex) {
    super(
      'TRANSACTION_FAILED',
      `transaction ${hash} failed`,
      'the state changed meanwhile, or its gas ran out: try again',
    );
  }
}

/** A transaction was sent and not mined in time; it may still be mined later. */
export class TransactionLateError extends WickerError {
  constructor(hash: Hex) {
    super(
      'TRANSACTION_LATE',
      `transaction ${hash} is not mined yet`,
      'look it up later, or send it again with a higher fee',
    );
  }
}

/** The bytes that a contract reverted with, when the error is about that. */
const revertData = (error: unknown): Hex | undefined => {
  if (!(error instanceof BaseError)) return undefined;
  const found: unknown[] = [];
  error.walk((cause) => {
    if (typeof cause === 'object' && cause !== null) {
      if ('raw' in cause) found.push(cause.raw);
      if ('data' in cause) found.push(cause.data);
    }
    return false;
  });
  return found.find((data): data is Hex => isHex(data));
};

/** Turns an error of a call into a typed one when a contract reverted; any other error passes unchanged. */
export const decodeRevert = (error: unknown): unknown => {
  const data = revertData(error);
  if (data === undefined) return error;
  try {
    const decoded: DecodeErrorResultReturnType = decodeErrorResult({ abi: [...errorsAbi, ...foreignErrorsAbi], data });
    return new ContractRevertError(decoded.errorName, decoded.args ?? []);
  } catch {
    return new ContractRevertError('UnknownRevert', [data]);
  }
};

/** Waits for calls to contracts; a revert comes as {@link ContractRevertError}. */
export const withReverts = async <T>(calls: () => Promise<T>): Promise<T> => {
  try {
    return await calls();
  } catch (error) {
    throw decodeRevert(error);
  }
};
