import { InputError } from '@wicker/core';
import { ChainMismatchError, HttpRequestError, RpcRequestError, UserRejectedRequestError } from 'viem';
import { mainnet } from 'viem/chains';
import { describe, expect, it } from 'vitest';
import { problemOf } from './problem.ts';

const told = (error: unknown) => problemOf(error, 'Wicker devnet');

describe('what went wrong, for people', () => {
  it('is a rejection in the wallet, however deep', () => {
    const rejected = Object.assign(new Error('x'), { code: 4001 });
    for (const error of [rejected, new UserRejectedRequestError(rejected), new Error('outer', { cause: rejected })]) {
      expect(told(error).title).toBe('You rejected it in the wallet.');
    }
  });

  it('is what the project knows, with its hint', () => {
    expect(told(new InputError('X', 'the pools moved', 'ask for less'))).toEqual({
      ...{ title: 'The pools moved.', hint: 'Ask for less.' },
    });
  });

  it('is the network, or the chain that is gone', () => {
    const mismatch = new ChainMismatchError({ chain: mainnet, currentChainId: 5 });
    expect(told(mismatch).hint).toContain('Switch it to Wicker devnet');
    expect(told(new HttpRequestError({ url: 'http://x' })).title).toBe('The chain does not answer.');
    const gone = new RpcRequestError({ body: {}, url: 'http://x', error: { code: -32001, message: 'gone' } });
    expect(told(gone).title).toBe('The chain does not answer.');
    const other = new RpcRequestError({ body: {}, url: 'http://x', error: { code: -32000, message: 'nonce too low' } });
    expect(told(other).title).toBe('Nonce too low.');
  });

  it('is never nothing', () => {
    expect(told('odd').title).toBe('Odd.');
    expect(told(new Error('insufficient funds for gas')).title).toMatch(/ETH/);
  });
});
