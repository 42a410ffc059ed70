import type { OpeningRecord, RoundRecord } from '@wicker/keeper/api';
import type { Address } from 'viem';
import { describe, expect, it } from 'vitest';
import { tellRebalance } from './story.ts';

const WDI: Address = '0x0000000000000000000000000000000000000001';
const WBC: Address = '0x0000000000000000000000000000000000000002';
const LDO: Address = '0x00000000000000000000000000000000000000a1';
const UNI: Address = '0x00000000000000000000000000000000000000a2';
const names: Readonly<Record<Address, string>> = { [WDI]: 'WDI', [WBC]: 'WBC', [LDO]: 'LDO', [UNI]: 'UNI' };
const hash = `0x${'11'.repeat(32)}` as const;
const place = { block: 1, blockHash: hash, at: 1_000 } as const;

const opening: OpeningRecord = {
  ...{ ...place, kind: 'opening', id: '3', tx: hash, by: WDI, until: 87_400 },
  indices: [
    {
      ...{ index: WDI, why: 'drift', driftBps: 63 },
      assets: [
        { asset: UNI, weightBps: 2_990, targetBps: 3_000 },
        { asset: LDO, weightBps: 1_710, targetBps: 1_630 },
      ],
    },
    { index: WBC, why: 'reweigh', driftBps: null, assets: [] },
  ],
};

const round = (at: number, weights: readonly [number, number], driftAfter: number): RoundRecord => ({
  ...{ ...place, at, kind: 'round', tx: hash, opening: '3', by: WDI, gasUsed: '1', gasPrice: '1', skipped: [] },
  fills: [
    {
      ...{ id: `${at}`, kind: 'pool', o: LDO, u: UNI, given: '10', received: '20', route: [], pricedAt: 'block' },
      ...{ value: '10000000000', poolFee: '3000000', impact: '500000', beyond: '-200000' },
    },
  ],
  indices: [
    {
      ...{ index: WDI, driftBefore: 63, driftAfter },
      deltas: [
        { asset: LDO, amount: '-10', weightBefore: weights[0], weightAfter: weights[1], target: 1_630 },
        { asset: UNI, amount: '20', weightBefore: null, weightAfter: null, target: null },
      ],
    },
  ],
});

const nameOf = (address: Address): string => names[address] ?? address;
const told = (rounds: readonly RoundRecord[], index = WDI) =>
  tellRebalance({ index, nameOf, opening, rounds, driftBps: 4.2 });

/** Spaces that do not break are spaces to a reader. */
const text = (sentences: readonly string[] = []): string => sentences.join(' ').replaceAll('\u00a0', ' ');

describe('the story of a rebalance', () => {
  it('says why it opened, what happened and what it cost', () => {
    const story = told([round(3_000, [1_650, 1_631], 4), round(2_000, [1_710, 1_650], 20)]);
    expect(text(story?.sentences)).toBe(
      'Opened because WDI had drifted 63.0 bps, more than the 50 bps allowed: LDO stood at 17.10 % against a target of 16.30 %. ' +
        'Then 2 fills in 2 rounds traded 20,000 USDC, together with WBC. ' +
        'That left 4.0 bps of drift; now it is 4.2 bps. ' +
        'It cost 3.3 bps of what was traded (6.60 USDC), 0.3 bps of that beyond pool fees.',
    );
  });

  it('has each asset before and after, what moved most first', () => {
    const { assets } = told([round(3_000, [1_650, 1_631], 4), round(2_000, [1_710, 1_650], 20)]) ?? {};
    expect(assets).toEqual([
      { asset: LDO, before: 1_710, after: 1_631, target: 1_630, moved: -20n },
      { asset: UNI, before: 2_990, after: 2_990, target: 3_000, moved: 40n },
    ]);
  });

  it('says that nothing was traded yet, and not what that cost', () => {
    expect(text(told([])?.sentences)).toMatch(/Nothing has been traded yet/);
    expect(text(told([])?.sentences)).not.toMatch(/cost/);
  });

  it('passes over rounds of other openings', () => {
    expect(told([{ ...round(2_000, [1_710, 1_650], 20), opening: '2' }])?.costs.fills).toBe(0);
  });

  it('tells of new targets, and nothing of an index that was not opened', () => {
    expect(text(told([], WBC)?.sentences)).toMatch(/^Opened because the targets of WBC were set anew\./);
    expect(told([], LDO)).toBeUndefined();
  });
});
