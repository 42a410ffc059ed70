// What went wrong, and what to do, in words for people.
import { WickerError } from '@wicker/core';
import { TransactionLateError } from '@wicker/sdk';
import { BaseError, ChainMismatchError, HttpRequestError, TimeoutError } from 'viem';

export interface Problem {
  /** What happened. */
  readonly title: string;
  /** What to do. */
  readonly hint: string;
}

/** EIP-1193: the person said no. */
const REJECTED = 4001;
/** What the page's own JSON-RPC answers when the chain behind it does not. */
const CHAIN_GONE = -32001;

/** The codes of an error and of all that caused it. */
const codesOf = (error: unknown): readonly unknown[] => {
  const codes: unknown[] = [];
  for (let at = error, depth = 0; at instanceof Object && depth < 10; depth += 1) {
    if ('code' in at) codes.push(at.code);
    at = 'cause' in at ? at.cause : undefined;
  }
  return codes;
};

const caused = (error: unknown, type: abstract new (...args: never[]) => Error): boolean =>
  error instanceof BaseError && error.walk((cause) => cause instanceof type) !== null;

const sentence = (text: string): string => {
  const whole = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Any error of a transaction, as a person wants to read it. */
export const problemOf = (error: unknown, chainName: string): Problem => {
  if (codesOf(error).includes(REJECTED)) {
    return {
      title: 'You rejected it in the wallet.',
      hint: 'Nothing was sent by this step, and what you typed is still here. Try again when you want to.',
    };
  }
  if (error instanceof TransactionLateError) {
    return {
      title: 'It was sent, and is not mined yet.',
      hint: 'It may still be. Look at it in your wallet before you try again: that would send another one, beside it.',
    };
  }
  if (error instanceof WickerError) return { title: sentence(error.message), hint: sentence(error.hint) };
  if (caused(error, ChainMismatchError)) {
    return {
      title: 'Your wallet is on another network.',
      hint: `Switch it to ${chainName}, then try again. Nothing was sent.`,
    };
  }
  if (/insufficient funds/i.test(wordsOf(error))) {
    return { title: 'There is not enough ETH for the gas.', hint: 'Send some ETH to this account, then try again.' };
  }
  const gone = codesOf(error).includes(CHAIN_GONE);
  if (gone || [HttpRequestError, TimeoutError].some((type) => caused(error, type))) {
    return {
      title: 'The chain does not answer.',
      hint: 'What you typed is still here. When the chain is back, see in your wallet whether this was sent; if not, try again.',
    };
  }
  const text = error instanceof BaseError ? error.details || error.shortMessage : wordsOf(error);
  return { title: sentence(text), hint: 'Try again. If it happens again, reload the page and look at your wallet.' };
};
