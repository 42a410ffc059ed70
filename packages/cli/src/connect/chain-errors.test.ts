import {
  CallExecutionError,
  FeeCapTooLowError,
  HttpRequestError,
  InsufficientFundsError,
  NonceTooLowError,
  RpcRequestError,
  TimeoutError,
} from 'viem';
import { describe, expect, it } from 'vitest';
import { asChainError } from './chain-errors.ts';

const url = 'https://node.example/v3/SECRET?key=SECRET';
const body = { method: 'eth_call' };

describe('an error of the node', () => {
  it.each([
    ['nothing answers', new HttpRequestError({ url, body }), 'NO_CHAIN'],
    ['it takes too long', new TimeoutError({ url, body }), 'NO_CHAIN'],
    ['HTTP refuses', new HttpRequestError({ url, body, status: 429 }), 'NODE_REFUSED'],
    ['the node refuses', new RpcRequestError({ url, body, error: { code: -32000, message: 'no' } }), 'NODE_REFUSED'],
    ['the account is poor', new InsufficientFundsError(), 'NO_GAS_MONEY'],
    ['the nonce is used', new NonceTooLowError(), 'NONCE_USED'],
    ['the fee is too low', new FeeCapTooLowError(), 'FEE_TOO_LOW'],
  ])('when %s is told in our words, wherever viem wrapped it', (_, error, code) => {
    for (const one of [error, new CallExecutionError(error, { data: '0x' })]) {
      const told = asChainError(one);
      expect(told).toMatchObject({ code, hint: expect.stringMatching(/./) });
      expect(JSON.stringify(told) + String(told)).not.toContain('SECRET');
    }
  });

  it('that is about something else passes unchanged', () => {
    const other = new Error('x');
    expect(asChainError(other)).toBe(other);
  });
});
