import { createClient, custom, numberToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { missingAllowances, requireBalances } from './means.ts';

const [OWNER, SPENDER, TOKEN] = [`0x${'1'.repeat(40)}`, `0x${'2'.repeat(40)}`, `0x${'3'.repeat(40)}`] as const;
const token = { address: TOKEN, name: 'tether', symbol: 'USDT', decimals: 6 };

/** A node where every balance and allowance is `amount`, and a change of an allowance passes or not. */
const nodeWith = (amount: bigint, changes = true) =>
  createClient({
    transport: custom({
      request: async ({ method }: { method: string }) => {
        if (method === 'eth_call') return numberToHex(amount, { size: 32 });
        const call = { status: changes ? '0x1' : '0x0', returnData: '0x', gasUsed: '0x1', logs: [] };
        return [{ number: '0x1', timestamp: '0x1', transactions: [], calls: [call] }];
      },
    }),
  });

const missing = (amount: bigint, changes?: boolean) =>
  missingAllowances(nodeWith(amount, changes), OWNER, SPENDER, [{ token, amount: 10n }]);

describe('allowances', () => {
  const needed = { token, spender: SPENDER, amount: 10n };

  it('are given exactly, and not again where they are enough', async () => {
    expect(await missing(0n)).toEqual([needed]);
    expect(await missing(4n)).toEqual([needed]);
    expect(await missing(10n)).toEqual([]);
  });

  it('go to 0 first where the token refuses another change', async () => {
    expect(await missing(4n, false)).toEqual([{ ...needed, amount: 0n }, needed]);
    expect(await missing(0n, false)).toEqual([needed]);
  });
});

it('says how much of a balance is missing', async () => {
  const need = [{ token, amount: 2_500_000n }];
  await requireBalances(nodeWith(2_500_000n), OWNER, need);
  await expect(requireBalances(nodeWith(1_000_000n), OWNER, need)).rejects.toMatchObject({
    code: 'INSUFFICIENT_BALANCE',
    message: `${OWNER} lacks 1.5 tether (USDT), having 1 of 2.5`,
  });
});
