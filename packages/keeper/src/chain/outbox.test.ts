import { type Address, createClient, custom, numberToHex, RpcRequestError } from 'viem';
import { describe, expect, it } from 'vitest';
import { feesFor, readNonces, simulate, TooMuchGasError } from './outbox.ts';

const OWN: Address = `0x${'1'.repeat(40)}`;

/** A node that answers by method. */
const nodeOf = (answer: (method: string, params: unknown) => unknown) =>
  createClient({
    transport: custom({ request: async ({ method, params }) => answer(method, params) }, { retryCount: 0 }),
  });

describe('the offer of a transaction {wei/gas}', () => {
  it('bears the base fee doubling, never more than allowed', () => {
    expect(feesFor(100n, 7n, undefined, undefined)).toEqual({ maxFeePerGas: 207n, maxPriorityFeePerGas: 7n });
    expect(feesFor(100n, 7n, 150n, undefined)).toEqual({ maxFeePerGas: 150n, maxPriorityFeePerGas: 7n });
    expect(feesFor(100n, 7n, 107n, undefined)).toEqual({ maxFeePerGas: 107n, maxPriorityFeePerGas: 7n });
    expect(feesFor(100n, 7n, 106n, undefined)).toBeUndefined();
  });

  it('outbids by 12.5 % in both parts, rounded up', () => {
    const outbid = { maxFeePerGas: 1_001n, maxPriorityFeePerGas: 9n };
    expect(feesFor(100n, 7n, undefined, outbid)).toEqual({ maxFeePerGas: 1_127n, maxPriorityFeePerGas: 11n });
    expect(feesFor(100n, 7n, 1_126n, outbid)).toBeUndefined();
    expect(feesFor(1_000n, 50n, undefined, outbid)).toEqual({ maxFeePerGas: 2_050n, maxPriorityFeePerGas: 50n });
  });
});

describe('a simulation', () => {
  const outgoing = { to: OWN, data: '0x' } as const;
  const refuses = (message: string) =>
    nodeOf((method) => {
      throw new RpcRequestError({ url: '', body: { method }, error: { code: -32_000, message } });
    });

  it('allows a fifth more gas than is needed, and no more than a transaction may use', async () => {
    const limitFor = (gas: number) =>
      simulate(
        nodeOf(() => numberToHex(gas)),
        OWN,
        outgoing,
      );
    expect(await limitFor(1_000_000)).toBe(1_200_000n);
    expect(await limitFor(16_000_000)).toBe(16_777_216n);
  });

  it.each([
    ['the node says so', () => refuses('gas required exceeds allowance (16777216)')],
    ['it estimates so', () => nodeOf(() => numberToHex(16_777_217))],
  ])('refuses what no transaction has gas for, when %s', async (_, node) => {
    await expect(simulate(node(), OWN, outgoing)).rejects.toBeInstanceOf(TooMuchGasError);
  });
});

describe('an account without ETH', () => {
  it('is trouble, not a call that is too large', async () => {
    const node = nodeOf((method) => {
      const error = { code: -32_000, message: 'gas required exceeds allowance (0)' };
      throw new RpcRequestError({ url: '', body: { method }, error });
    });
    const failure = await simulate(node, OWN, { to: OWN, data: '0x' }).catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(TooMuchGasError);
    expect(failure).toBeInstanceOf(Error);
  });
});

describe('nonces', () => {
  const note = { kind: 'sent', nonce: 5, maxFeePerGas: '9', maxPriorityFeePerGas: '1', at: 1_000 } as const;
  /** A node that has mined 5 of the account's transactions and tells of no other. */
  const node = nodeOf(() => '0x5');

  it('count what a node took and does not tell of', async () => {
    const { pending } = await readNonces(node, OWN, { note, outstanding: 5, firstSeen: 7 });
    expect(pending).toEqual({ nonce: 5, since: 1_000, fees: { maxFeePerGas: 9n, maxPriorityFeePerGas: 1n } });
    const { pending: none } = await readNonces(node, OWN, { note, outstanding: undefined, firstSeen: 7 });
    expect(none).toBeUndefined();
  });

  it('take a note that is later than now for one of a clock that was set back', async () => {
    const later = { ...note, at: Date.now() + 86_400_000 };
    const { pending } = await readNonces(node, OWN, { note: later, outstanding: 5, firstSeen: 7 });
    expect(pending?.since).toBe(7);
  });
});
