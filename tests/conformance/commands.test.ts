import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { jsonOf, run } from '../cli/support/run.ts';
import { isSkipped, readCases } from './folder.ts';

const months = readCases(
  'screening.json',
  z.array(
    z.object({
      name: z.string(),
      excluded: z.record(z.string(), z.object({ stage: z.string(), value: z.number(), min: z.number() })),
      qualified: z.array(z.string()),
    }),
  ),
);
const cases = readCases(
  'weights.json',
  z.array(z.object({ name: z.string(), expected: z.record(z.string(), z.number()), tolerance: z.number() })),
);

const RULE_OF_STAGE: Readonly<Record<string, string>> = {
  ...{ liquidity: 'liquidity', supply: 'supply', avg_slippage: 'price-impact' },
};
const answersTo = async (command: string, file: string) =>
  jsonOf(await run(command, join(process.env.WICKER_CONFORMANCE ?? '', file), '--json'));

describe.skipIf(isSkipped)('the commands on the published files as they are', () => {
  it('screen: every decision of every month, with the rule, the value and the threshold', async () => {
    const answers = await answersTo('screen', 'screening.json');
    expect(answers.map(({ name }: { name: string }) => name)).toEqual(months.map(({ name }) => name));
    for (const [i, { name, qualified, excluded }] of months.entries()) {
      expect([...answers[i].qualified].sort(), name).toEqual([...qualified].sort());
      expect(Object.keys(answers[i].excluded).sort(), name).toEqual(Object.keys(excluded).sort());
      for (const [id, { stage, value, min }] of Object.entries(excluded)) {
        const found = answers[i].excluded[id];
        expect(found, `${name}: ${id}`).toMatchObject({ rule: RULE_OF_STAGE[stage], threshold: min });
        expect(Math.abs(found.value - value), `${name}: ${id}`).toBeLessThanOrEqual(1e-12 * Math.abs(value));
      }
    }
  });

  it('weigh: every weight within the tolerance of its case', async () => {
    const answers = await answersTo('weigh', 'weights.json');
    expect(answers).toHaveLength(cases.length);
    for (const [i, { name, expected, tolerance }] of cases.entries()) {
      const { weights } = answers[i];
      expect(Object.keys(weights).sort(), name).toEqual(Object.keys(expected).sort());
      for (const [id, weight] of Object.entries(expected)) {
        expect(Math.abs(Number(weights[id]) - weight), `${name}: ${id}`).toBeLessThanOrEqual(tolerance);
      }
    }
  });
});
