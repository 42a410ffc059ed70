import { Aggregate, type Answer, parseFile } from '@wicker/core';
import * as z from 'zod';
import { digits, type Quantity, quantity, type Step, step, type Topic, yesNo } from './explanation.ts';
import { amountField, bpsField, nameField } from './fields.ts';

/** Places of the prices of an example. */
const PLACES = 18;

const source = z
  .strictObject({
    source: nameField,
    weight: bpsField,
    price: amountField(PLACES).optional(),
    answer: z.enum(['stale', 'failed']).optional(),
  })
  .refine(({ price, answer }) => (price === undefined) !== (answer === undefined), 'give a price, or else an answer');
const shape = z.strictObject({ asset: nameField, sources: z.array(source).min(2).max(20) });

type Source = z.output<typeof source>;

const answerOf = ({ price, answer }: Source): Answer<'live'> => {
  if (price !== undefined) return { kind: 'price', price, horizon: 'live' };
  return answer === 'stale' ? { kind: 'stale' } : { kind: 'failed', why: 'NO_ANSWER' };
};

const usdc = (name: string, price: bigint): Quantity => quantity(name, digits(price, PLACES), 'USDC');
const percentOf = (name: string, bps: bigint): Quantity => quantity(name, digits(bps, 2), '%');

const given = ({ source, weight, price, answer }: Source): Quantity =>
  quantity(
    source,
    `${price === undefined ? (answer ?? '') : `${digits(price, PLACES)} USDC`}, weight ${digits(weight, 2)} %`,
  );

const partSteps = (part: Aggregate.Part): Step[] => {
  if (!('price' in part)) return [];
  return [
    step(usdc(`${part.source} distance`, part.distance), '|price - median|'),
    step(yesNo(`${part.source} kept`, part.fate === 'kept'), 'distance <= 2 % of the median'),
  ];
};

/** The worked example of docs/rules.md 5. */
export const price: Topic = {
  section: 5,
  summary: 'one price from several sources',
  explain: (json) => {
    const { asset, sources } = parseFile('price', shape, json);
    const split = Aggregate.split(sources);
    const answers = new Map(sources.map((one) => [one.source, answerOf(one)]));
    const { parts, median, weightLeft, sourcesLeft, answer } = Aggregate.aggregation(split, answers);
    const name = `price of ${asset}`;
    const found = answer.kind === 'price' ? usdc(name, answer.price) : undefined;
    return {
      title: `One price of ${asset} from ${sources.length} sources`,
      inputs: sources.map(given),
      steps: [
        ...parts.map((part) => step(yesNo(`${part.source} fresh`, 'price' in part), 'not stale, failed or 0')),
        ...(median === undefined ? [] : [step(usdc('median', median), 'middle of the fresh, the lower of two')]),
        ...parts.flatMap(partSteps),
        step(percentOf('weight left', weightLeft), 'sum of the weights kept'),
        step(quantity('sources left', String(sourcesLeft)), 'number of sources kept'),
        step(yesNo('quorum', found !== undefined), 'weight left >= 60 % and sources left >= 2'),
        ...(found === undefined ? [] : [step(found, 'sum of weight x price / weight left, down')]),
      ],
      result: [found ?? quantity(name, 'none: QUORUM')],
    };
  },
};
