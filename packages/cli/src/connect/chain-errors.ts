import { WickerError } from '@wicker/core';
import {
  BaseError,
  ChainMismatchError,
  FeeCapTooLowError,
  HttpRequestError,
  InsufficientFundsError,
  NonceTooLowError,
  RpcRequestError,
  TimeoutError,
  TransactionRejectedRpcError,
} from 'viem';

/** The part of a URL that holds no secret: keys of providers stand in paths and queries. */
const originOf = (url: string): string => {
  try {
    return new URL(url).origin;
  } catch {
    return 'the address given';
  }
};

/** The kinds of trouble with a node, the most telling first: each in our words, or undefined when it is not that. */
const KINDS: readonly ((cause: unknown) => WickerError | undefined)[] = [
  (cause) =>
    cause instanceof InsufficientFundsError
      ? new WickerError('NO_GAS_MONEY', 'the account has too little ETH for the gas', 'send it some ETH')
      : undefined,
  (cause) =>
    cause instanceof NonceTooLowError
      ? new WickerError('NONCE_USED', 'the account has sent something else meanwhile', 'run the command again')
      : undefined,
  (cause) =>
    cause instanceof FeeCapTooLowError
      ? new WickerError('FEE_TOO_LOW', 'the gas price rose meanwhile', 'run the command again')
      : undefined,
  (cause) =>
    cause instanceof ChainMismatchError
      ? new WickerError('WRONG_CHAIN', 'the node serves another chain now', 'check --rpc and --deployment')
      : undefined,
  (cause) =>
    cause instanceof HttpRequestError && cause.status !== undefined
      ? new WickerError('NODE_REFUSED', `${originOf(cause.url)} answers with HTTP ${cause.status}`, 'check the URL')
      : undefined,
  (cause) =>
    cause instanceof HttpRequestError || cause instanceof TimeoutError
      ? new WickerError(
          'NO_CHAIN',
          `no chain answers at ${originOf(cause.url)}`,
          'check the URL; for a devnet run `npm start` in another terminal',
        )
      : undefined,
  (cause) =>
    cause instanceof TransactionRejectedRpcError || cause instanceof RpcRequestError
      ? new WickerError('NODE_REFUSED', `the node refused: ${cause.details}`, 'see what the node says')
      : undefined,
];

/** An error of viem about the node or the account in our words; any other passes unchanged. */
export const asChainError = (error: unknown): unknown => {
  if (!(error instanceof BaseError)) return error;
  const causes: unknown[] = [];
  error.walk((cause) => {
    causes.push(cause);
    return false;
  });
  for (const kind of KINDS) {
    for (const cause of causes) {
      const told = kind(cause);
      if (told !== undefined) return told;
    }
  }
  return error;
};
