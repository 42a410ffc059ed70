import { tmpdir } from 'node:os';
import { formatFixed, Shares } from '@wicker/core';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { wicker } from './wicker.ts';

const amount = z.string().regex(/^\d+$/).transform(BigInt);
const weight = z.string().regex(/^0\.\d{18}$/);

/** The document of `wicker demo --json`, whole: nothing else may be in it. */
const documentSchema = z.strictObject({
  weights: z.record(z.string(), weight),
  excluded: z.array(z.strictObject({ id: z.string(), rule: z.string(), value: z.string(), threshold: z.string() })),
  mint: z.strictObject({
    inKind: z.strictObject({ shares: amount, fee: amount }),
    single: z.strictObject({ shares: amount, paid: amount }),
  }),
  rebalance: z.strictObject({
    rounds: z.int(),
    trades: z.int(),
    crossedUsd: z.number(),
    turnoverUsd: z.number(),
    driftBeforeBps: z.number(),
    driftAfterBps: z.number(),
    costBps: z.number(),
    beyondFeesBps: z.number(),
  }),
  redeem: z.tuple([
    z.strictObject({
      ...{ kind: z.literal('inKind'), shares: amount, fee: amount },
      amounts: z.record(z.string(), amount),
    }),
    z.strictObject({ kind: z.literal('single'), shares: amount, fee: amount, received: amount }),
  ]),
  gas: z.record(z.string(), z.int().positive()),
  conservation: z.strictObject({
    ok: z.boolean(),
    assets: z.record(z.string(), z.strictObject({ vault: amount, owed: amount, surplus: amount })),
  }),
});

/** {ms} of the whole command */
const BUDGET = 90_000;

describe('wicker demo --json', () => {
  let document: z.output<typeof documentSchema>;
  let stderr: string;
  let elapsed: number;

  beforeAll(async () => {
    const started = performance.now();
    const run = wicker(['demo', '--json'], tmpdir());
    const code = await run.ended;
    elapsed = performance.now() - started;
    stderr = run.stderr();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    document = documentSchema.parse(JSON.parse(run.stdout()));
  }, BUDGET);

  it('takes less than 90 s and prints nothing besides the document', () => {
    expect(elapsed).toBeLessThan(BUDGET);
    expect(stderr).toBe('');
  });

  it('weighs the 16 assets of PDI 2023-05', () => {
    const { weights } = document;
    const six = (id: string): string => {
      const digits = BigInt((weights[id] ?? '0.').slice(2));
      return formatFixed((digits + 5n * 10n ** 11n) / 10n ** 12n, 6);
    };
    expect(Object.keys(weights)).toHaveLength(16);
    expect(['uniswap', 'lido-dao', 'aave'].map(six)).toEqual(['0.300000', '0.163415', '0.089713']);
    const sum = Object.values(weights).reduce((total, one) => total + BigInt(one.replace('.', '')), 0n);
    expect(sum).toBe(10n ** 18n);
  });

  it('says of every excluded asset by which rule, with value and threshold', () => {
    const rules = Object.fromEntries(document.excluded.map(({ id, rule }) => [id, rule]));
    expect(rules).toEqual({
      'curve-dao-token': 'supply',
      'kyber-network-crystal': 'price-impact',
      loopring: 'price-impact',
      'ribbon-finance': 'price-impact',
      'badger-dao': 'floor',
      alchemix: 'floor',
      umee: 'floor',
    });
    const curve = document.excluded.find(({ id }) => id === 'curve-dao-token');
    expect(curve).toMatchObject({ threshold: '0.3' });
    expect(Number(curve?.value)).toBeCloseTo(0.245, 3);
    expect(document.excluded.find(({ id }) => id === 'umee')).toMatchObject({ threshold: '0.005' });
  });

  it('takes 20 bps of a mint and 50 bps of a redemption, ceiled', () => {
    const { inKind, single } = document.mint;
    expect(inKind.fee).toBe(Shares.feeOf(inKind.shares, 20n));
    const [outInKind, outSingle] = document.redeem;
    expect(outInKind.shares).toBe(inKind.shares - inKind.fee);
    expect(outInKind.fee).toBe(Shares.feeOf(outInKind.shares, 50n));
    expect(outSingle.shares).toBe(single.shares);
    expect(outSingle.fee).toBe(Shares.feeOf(outSingle.shares, 50n));
    expect(Object.keys(outInKind.amounts)).toHaveLength(16);
  });

  it('mints with USDC within one per cent of its worth', () => {
    const { shares, paid } = document.mint.single;
    expect(paid).toBeLessThanOrEqual(50_000n * 10n ** 6n);
    expect(Number(shares) / 1e12 / Number(paid)).toBeGreaterThan(0.99);
    expect(Number(shares) / 1e12 / Number(paid)).toBeLessThan(1);
  });

  it('brings both indices back within 50 bps, over crossings and pools', () => {
    const { rounds, trades, crossedUsd, turnoverUsd, driftBeforeBps, driftAfterBps } = document.rebalance;
    expect(driftBeforeBps).toBeGreaterThan(500);
    expect(driftAfterBps).toBeLessThanOrEqual(50);
    expect(rounds).toBeGreaterThan(1);
    expect(trades).toBeGreaterThan(10);
    // B buys 12 % of its 1 000 000 USDC of what A sells, and most of that from A.
    expect(crossedUsd).toBeGreaterThan(100_000);
    expect(turnoverUsd).toBeGreaterThan(2 * crossedUsd);
  });

  it('costs the fees of two pools, and at most 10 bps beyond them', () => {
    const { costBps, beyondFeesBps } = document.rebalance;
    expect(costBps - beyondFeesBps).toBeCloseTo(59.91, 1);
    expect(beyondFeesBps).toBeLessThanOrEqual(10);
  });

  it('conserves every asset: vault = owed + surplus, and the surplus is dust', () => {
    const { ok, assets } = document.conservation;
    expect(ok).toBe(true);
    expect(Object.keys(assets).sort()).toEqual(Object.keys(document.weights).sort());
    for (const { vault, owed, surplus } of Object.values(assets)) {
      expect(vault).toBe(owed + surplus);
      expect(surplus).toBeGreaterThanOrEqual(0n);
      expect(surplus).toBeLessThan(1_000n);
    }
  });

  it('reports the gas of every step', () => {
    expect(Object.keys(document.gas)).toEqual(
      expect.arrayContaining(['createIndex', 'mintInKind', 'mintSingle', 'rebalance', 'redeemInKind', 'redeemSingle']),
    );
  });
});

describe('wicker demo', () => {
  it('prints tables for people, with progress on standard error', { timeout: BUDGET }, async () => {
    const run = wicker(['demo'], tmpdir());
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toMatch(/uniswap +0\.300000/);
    expect(run.stdout()).toMatch(/curve-dao-token +supply/);
    expect(run.stdout()).toMatch(/drift of A and B after +\d/);
    expect(run.stdout()).toMatch(/The vault backs every unit that it owes/);
    expect(run.stderr()).toMatch(/bring both back.* \d+\.\d s/);
  });
});
