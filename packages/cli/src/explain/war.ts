import { parseFile, Wars } from '@wicker/core';
import * as z from 'zod';
import { digits, percent, type Quantity, quantity, type Step, step, type Topic, usdc } from './explanation.ts';
import { amountField, nameField, usdcField } from './fields.ts';

const MINUTE = 60n;
const MINUTES = Number(Wars.WAR_LASTS / MINUTE);

const valuation = z.strictObject({ nav: usdcField, supply: amountField(18) });
const side = z.strictObject({ index: nameField, start: valuation, end: valuation });
const minute = z.int().nonnegative().max(MINUTES);
const backer = z
  .strictObject({
    backer: nameField,
    side: z.enum(['a', 'b']),
    tokens: amountField(18),
    fromMinute: minute.default(0),
    untilMinute: minute.default(MINUTES),
  })
  .refine(({ fromMinute, untilMinute }) => fromMinute < untilMinute, 'a backer leaves before it came');
const shape = z.strictObject({
  prize: usdcField,
  sides: z.strictObject({ a: side, b: side }),
  backers: z
    .array(backer)
    .max(100)
    .refine(
      (all) => new Set(all.map((one) => `${one.side} ${one.backer}`)).size === all.length,
      'a backer is there twice on one side',
    ),
});

type File = z.output<typeof shape>;

/** {s} the fixed start; the war is announced a second before. */
const START = 1n;
const SIDES = ['a', 'b'] as const;

const valued = ({ nav, supply }: z.output<typeof valuation>): Wars.Valuation => ({ kind: 'valid', nav, supply });

/** The war of a file, up to its verdict: snapshots at the fixed times, backers as they come and go. */
const play = ({ prize, sides: { a, b }, backers }: File): Wars.War => {
  const announced = Wars.announce({
    indices: { a: a.index, b: b.index },
    sponsor: 'sponsor',
    prizeToken: 'USDC',
    prize,
    startAt: START,
    now: 0n,
  });
  const moves = backers
    .flatMap(({ side: of, backer: who, tokens: amount, fromMinute, untilMinute }) => [
      { apply: Wars.deposit, move: { side: of, backer: who, amount, now: START + BigInt(fromMinute) * MINUTE } },
      {
        apply: (war: Wars.War, move: Wars.Move) => Wars.withdraw(war, move).war,
        move: { side: of, backer: who, amount, now: START + BigInt(untilMinute) * MINUTE },
      },
    ])
    .sort((one, other) => Number(one.move.now - other.move.now));
  const started = Wars.takeSnapshot(announced, START, { a: valued(a.start), b: valued(b.start) });
  const backed = moves.reduce((war, { apply, move }) => apply(war, move), started);
  return Wars.takeSnapshot(backed, backed.endAt, { a: valued(a.end), b: valued(b.end) });
};

/** Everybody with a part collects it; gives the war with what is left for the sponsor. */
const paidOut = (war: Wars.War, backers: File['backers']): Wars.War =>
  backers
    .filter((of) => Wars.sidePrize(war, of.side, war.endAt) > 0n && Wars.backerWeight(war, of) > 0n)
    .reduce((one, of) => Wars.collectPrize(one, of, war.endAt).war, war);

/** Size by time {share s}, in whole tokens. */
const tokenSeconds = (name: string, weight: bigint): Quantity => quantity(name, digits(weight, 18), 'token s');

const priceSteps = (name: string, { start, end }: File['sides']['a']): Step[] =>
  (
    [
      ['start', start],
      ['end', end],
    ] as const
  ).map(([when, of]) =>
    step(usdc(`price(${when}) of ${name}`, Wars.priceOf(of)), `${digits(of.nav, 6)} / ${digits(of.supply, 18)}`),
  );

const verdictText = (verdict: Wars.Verdict, { a, b }: File['sides']): string =>
  verdict.kind === 'tied' ? 'a tie' : `${verdict.side === 'a' ? a.index : b.index} wins`;

/** The worked example of docs/rules.md 13: an index war. */
export const war: Topic = {
  section: 13,
  summary: 'which of two indices wins, and who gets how much of the prize',
  explain: (json) => {
    const file = parseFile('war', shape, json);
    const { prize, sides, backers } = file;
    const over = play(file);
    const state = Wars.stateOf(over, over.endAt);
    const end = over.endAt;
    return {
      title: `${sides.a.index} against ${sides.b.index}`,
      inputs: [
        usdc('prize', prize),
        ...backers.map((one) =>
          quantity(
            one.backer,
            `${sides[one.side].index} with ${digits(one.tokens, 18)} tokens, minutes ${one.fromMinute} to ${one.untilMinute}`,
          ),
        ),
      ],
      steps: [
        ...SIDES.flatMap((of) => priceSteps(sides[of].index, sides[of])),
        ...(state.state === 'decided'
          ? SIDES.map((of) =>
              step(
                percent(`performance of ${sides[of].index}`, state.verdict.performance[of]),
                'price(end) / price(start) - 1',
              ),
            )
          : []),
        ...backers.map((of) =>
          step(
            tokenSeconds(`weight of ${of.backer} on ${sides[of.side].index}`, Wars.backerWeight(over, of)),
            'tokens x seconds',
          ),
        ),
        ...SIDES.map((of) =>
          step(tokenSeconds(`weight of all on ${sides[of].index}`, Wars.sideWeight(over, of)), 'sum of its backers'),
        ),
        ...SIDES.map((of) =>
          step(
            usdc(`prize of ${sides[of].index}`, Wars.sidePrize(over, of, end)),
            'all to the winner, half each in a tie',
          ),
        ),
      ],
      result: [
        ...(state.state === 'decided' ? [quantity('verdict', verdictText(state.verdict, sides))] : []),
        ...backers.map((of) => usdc(`${of.backer} gets for ${sides[of.side].index}`, Wars.backerPrize(over, of, end))),
        usdc('back to the sponsor', Wars.sponsorRest(paidOut(over, backers), end)),
      ],
    };
  },
};
