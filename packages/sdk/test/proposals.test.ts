import { ONE, Orders } from '@wicker/core';
import { mintTokens } from '@wicker/devnet';
import { createIndex, proposalOf, quotesOf, readIndex, setWeights } from '@wicker/sdk';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, openFixture } from './fixture.ts';

const FIRST: Hex = `0x${'12'.repeat(32)}`;
/** {base} */
const VALUE = 10_000n * 10n ** 6n;
const SECOND: Hex = `0x${'ab'.repeat(32)}`;

describe('the proposal behind the weights of an index', () => {
  let f: Fixture;
  beforeAll(async () => {
    f = await openFixture();
  });
  afterAll(() => f.chain.stop());

  const proposed = () => proposalOf(f.client, { platform: f.platform, index: f.index, fromBlock: 0n });
  const reweigh = (percents: readonly bigint[], proposal?: Hex) => {
    const weights = f.assets.map((asset, i) => ({ asset, weight: (ONE * (percents[i] ?? 0n)) / 100n }));
    return setWeights(f.client, { ...{ account: f.manager, platform: f.platform, index: f.index, weights }, proposal });
  };

  it('is told by an event, until weights are set without one', async () => {
    expect(await proposed()).toBeUndefined();
    await reweigh([48n, 26n, 26n], FIRST);
    expect(await proposed()).toBe(FIRST);
    await reweigh([46n, 27n, 27n], SECOND);
    expect(await proposed()).toBe(SECOND);
    const { assets } = await readIndex(f.client, { platform: f.platform, index: f.index });
    expect(assets.map(({ target }) => target)).toEqual([46n, 27n, 27n].map((percent) => (ONE * percent) / 100n));
    await reweigh([50n, 25n, 25n]);
    expect(await proposed()).toBeUndefined();
  });

  it('is told for an index that begins with it', async () => {
    const { client, platform, manager, assets } = f;
    const quotes = await quotesOf(client, { platform, assets });
    const legs = assets.map((asset, i) => {
      const weight = (ONE * (i === 0 ? 50n : 25n)) / 100n;
      return { asset, weight, amount: Orders.targetAmount(VALUE, weight, quotes[i]?.price ?? 0n) };
    });
    await mintTokens(
      client,
      legs.map(({ asset, amount }) => ({ token: asset, to: manager, amount })),
    );
    const { index } = await createIndex(client, {
      ...{ account: manager, platform, name: 'Proposed', symbol: 'PRO', manager, mintBps: 0, redeemBps: 0 },
      ...{ aumRate: 10n ** 27n, parts: [{ recipient: manager, bps: 8_000 }], legs, proposal: FIRST },
    });
    expect(await proposalOf(client, { platform, index, fromBlock: 0n })).toBe(FIRST);
  });
});
