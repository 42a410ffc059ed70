import { randomBytes } from 'node:crypto';
import { MathError } from '@wicker/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Harness, startHarness } from './harness.ts';
import { Random } from './random.ts';
import { RULES, type Rule } from './rules.ts';

/** WICKER_SEED repeats a run; WICKER_DEEP=1 draws fifty times as many cases. */
const SEED = BigInt(process.env.WICKER_SEED ?? `0x${randomBytes(8).toString('hex')}`);
const CASES_PER_RULE = process.env.WICKER_DEEP === '1' ? 50_000 : 1_000;
const TIMEOUT_MS = 300_000;

const answerOf = ({ name, twin }: Rule, args: readonly bigint[]): Answer => {
  try {
    const [first = 0n, second = 0n] = twin(args);
    return [first, second];
  } catch (error) {
    if (error instanceof MathError) return undefined;
    throw new Error(`${name}(${args.join(', ')}) threw something else`, { cause: error });
  }
};

const show = (answer: Answer): string => (answer === undefined ? 'refused' : answer.join(', '));

describe(`TypeScript and Solidity answer alike, ${RULES.length * CASES_PER_RULE} cases, WICKER_SEED=${SEED}`, () => {
  let harness: Harness;
  beforeAll(async () => {
    console.info(`differential tests: WICKER_SEED=${SEED}`);
    harness = await startHarness();
  });
  afterAll(() => harness?.stop());

  it.each(RULES.map((rule, index) => ({ ...rule, index })))(
    '$name',
    async ({ index, ...rule }) => {
      const random = new Random(SEED + BigInt(index));
      const drawn = Array.from({ length: CASES_PER_RULE }, () => rule.draws.map((draw) => draw(random)));
      const cases = [...rule.edges, ...drawn];
      const onChain = await harness.run(rule.name, cases);
      const differences = cases.flatMap((args, i) => {
        const [chain, twin] = [show(onChain[i]), show(answerOf(rule, args))];
        return chain === twin ? [] : [`${rule.name}(${args.join(', ')}): chain ${chain}, TypeScript ${twin}`];
      });
      expect(differences).toEqual([]);
      // A rule that refuses nearly everything would agree about nothing.
      expect(onChain.filter((answer) => answer !== undefined).length).toBeGreaterThan(CASES_PER_RULE / 4);
    },
    TIMEOUT_MS,
  );
});
