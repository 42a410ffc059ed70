import {
  AumFee,
  Bound,
  Clock,
  Crossing,
  FixedPoint,
  Impact,
  Orders,
  Q112,
  RAY,
  Shares,
  toPrice,
  Units,
} from '@wicker/core';
import { type Draw, mostly, range, signed } from './random.ts';

/** One rule: how its arguments are drawn and what TypeScript answers; it throws where the chain reverts. */
export interface Rule {
  readonly name: string;
  readonly draws: readonly Draw[];
  /** Cases besides the drawn ones, where arguments that are at a bound together matter. */
  readonly edges: readonly (readonly bigint[])[];
  readonly twin: (args: readonly bigint[]) => readonly bigint[];
}

type Twin = (...args: bigint[]) => bigint;

const rule = (name: string, draws: readonly Draw[], twin: Twin, edges: Rule['edges'] = []): Rule => ({
  name,
  draws,
  edges,
  twin: (args) => [twin(...args)],
});

const word = mostly(0n, (1n << 256n) - 1n);
const amount = mostly(0n, (1n << 112n) - 1n);
const price = mostly(1n << 40n, (1n << 128n) - 1n);
const supply = mostly(1n, (1n << 128n) - 1n);
const weight = mostly(0n, 10n ** 18n);
const nav = mostly(0n, (1n << 84n) - 1n);
const bps = mostly(0n, 10_000n);
const rate = mostly(RAY, AumFee.MAX_RATE);
const seconds = mostly(0n, 1n << 34n);
const minutes = range(0n, 6_000n);
const factor = mostly(5n * 10n ** 17n, 2n * 10n ** 18n);
const limit = mostly(0n, Impact.COST_LIMIT);
const reserve = mostly(1n, (1n << 112n) - 1n);
/** Effective supplies and unit bits within their types: beyond them the chain does not look. */
const effective = range(0n, (1n << 128n) - 1n);
const unit = range(0n, (1n << 120n) - 1n);

/** Answers of feeds within their types: beyond them the chain does not look. */
const answer = range(0n, (1n << 192n) - 1n);
const baseAnswer = range(1n, (1n << 96n) - 1n);
const exponent = signed(-48n, 36n);
/** A bound: 12 bits of mantissa, 8 of exponent. */
const bound = range(0n, (1n << 20n) - 1n);

const MAX_EFFECTIVE = (1n << 128n) - 1n;
const UNIT_EDGES = [0n, 1n, 127n, 128n, 239n, 240n, 254n, 255n].flatMap((exponent) =>
  [0n, 1n, MAX_EFFECTIVE].map((e) => [e, (((1n << 112n) - 1n) << 8n) | exponent]),
);
const POWER_EDGES = [(1n << 128n) - 1n, 1n << 128n].flatMap((base) => [1n, 2n, 3n, 4n].map((n) => [base, n]));
/** Around both ends of the range of prices, and where the product leaves 256 bits. */
const PRICE_EDGES = [
  ...[-1n, 0n, 1n].map((more) => [1n, (1n << 72n) + more, 0n]),
  ...[-1n, 0n, 1n].map((more) => [(1n << 16n) + more, 1n, 0n]),
  ...[-1n, 0n, 1n].map((more) => [(1n << 144n) + more, (1n << 96n) - 1n, 0n]),
  ...[-48n, -1n, 1n, 36n].map((power) => [(1n << 192n) - 1n, (1n << 96n) - 1n, BigInt.asUintN(256, power)]),
];
const BOUND_EDGES = [4_095n, 4_096n, 4_097n, (1n << 24n) - 1n, 1n << 24n, (1n << 96n) - 1n, (1n << 256n) - 1n].map(
  (of) => [of],
);
const DUST_EDGES = [-1n, 0n, 1n].flatMap((more) => {
  const [low, high] = [5n, 5n + Orders.ORDER_DUST + more];
  return [
    [low, high, Q112],
    [high, low, Q112],
  ];
});
const MIRROR_EDGES = [
  [10n ** 19n, 1_500n * 10n ** 18n, 2_000n * Q112, 10n * Q112],
  [3n, 7n, 7n, 3n],
  [3n, 7n, 7n, 4n],
  [4n, 7n, 7n, 3n],
];
/** Around the minute at which mirror orders may cross, and the one at which the clock reaches 0. */
const CLOCK_EDGES = [0n, 50n, 100n, 500n].flatMap((q) =>
  [(q + 20n) * 12n, (q + 10_020n) * 12n].flatMap((at) => [at - 1n, at, at + 1n].map((elapsed) => [q, elapsed])),
);
const FLOOR_EDGES = [1n, 2n, 29n, 30n, 31n].flatMap((days) =>
  [-1n, 0n, 1n].map((more) => [7n, 7n + days * 86_400n + more]),
);

/** All rules that both languages have, by the name they share. */
export const RULES: readonly Rule[] = [
  rule('mulDivDown', [word, word, word], FixedPoint.mulDivDown),
  rule('mulDivUp', [word, word, word], FixedPoint.mulDivUp),
  rule('ceilDiv', [word, word], FixedPoint.ceilDiv),
  rule('rpow', [mostly(0n, 1n << 128n), mostly(0n, 1n << 20n)], FixedPoint.rpow, POWER_EDGES),
  rule('fromHolding', [amount, supply], (holding, e) => Units.unwrap(Units.fromHolding(holding, e))),
  rule('amountDown', [effective, unit], (e, bits) => Units.amountDown(e, Units.wrap(bits)), UNIT_EDGES),
  rule('amountUp', [effective, unit], (e, bits) => Units.amountUp(e, Units.wrap(bits)), UNIT_EDGES),
  rule('pack', [unit, unit], (lo, hi) => Units.pack(Units.wrap(lo), Units.wrap(hi))),
  rule('at', [word, range(0n, 1n)], (packed, parity) => Units.unwrap(Units.at(packed, parity))),
  rule('fee', [supply, rate, seconds], AumFee.fee),
  rule('yearlyFraction', [rate], AumFee.yearlyFraction),
  rule('feeOf', [supply, bps], Shares.feeOf),
  rule('effectiveUp', [supply, supply, supply], Shares.effectiveUp),
  rule('effectiveDown', [supply, supply, supply], Shares.effectiveDown),
  {
    name: 'toPrice',
    draws: [answer, baseAnswer, exponent],
    edges: PRICE_EDGES,
    twin: ([product = 0n, base = 0n, word = 0n]) => [
      toPrice({ answer: product, baseAnswer: base, exponent: BigInt.asIntN(256, word) }),
    ],
  },
  rule('encodeDown', [word], Bound.encodeDown, BOUND_EDGES),
  rule('encodeUp', [word], Bound.encodeUp, BOUND_EDGES),
  rule('decode', [bound], Bound.decode),
  rule('valueOf', [amount, price], Orders.valueOf),
  rule('targetAmount', [nav, weight, price], Orders.targetAmount),
  {
    name: 'order',
    draws: [amount, amount, price],
    edges: DUST_EDGES,
    twin: ([holding = 0n, target = 0n, at = 0n]) => {
      const { excess, deficit } = Orders.order(holding, target, at);
      return [excess, deficit];
    },
  },
  rule('minFill', [amount, amount, price], Orders.minFill),
  rule('clockFactor', [mostly(0n, 500n), minutes], (q, elapsed) => Clock.clockFactor(q, elapsed), CLOCK_EDGES),
  rule('nowFactor', [price, price, price, price, bps], Clock.nowFactor),
  rule('limitFactor', [factor, factor], Clock.limitFactor),
  rule('fairFactor', [price, price, price, price], Clock.fairFactor),
  rule('minReceived', [amount, price, price, factor], Clock.minReceived),
  rule('rateUp', [price, factor], Clock.rateUp),
  rule('maxGiven', [amount, price, price, factor], Clock.maxGiven),
  rule('crossOpen', [mostly(0n, 500n), minutes], (q, elapsed) => (Clock.crossOpen(q, elapsed) ? 1n : 0n), CLOCK_EDGES),
  rule(
    'floorBps',
    [range(0n, 1n << 22n), range(0n, 1n << 22n)],
    (since, now) => Clock.floorBps(since, now),
    FLOOR_EDGES,
  ),
  {
    name: 'crossed',
    draws: [amount, amount, price, price],
    edges: MIRROR_EDGES,
    twin: ([a = 0n, b = 0n, anchorO = 0n, anchorU = 0n]) => {
      const { x, y } = Crossing.crossed(a, b, anchorO, anchorU);
      return [x, y];
    },
  },
  rule('partUp', [amount, amount, reserve], Crossing.partUp),
  rule('partDown', [amount, amount, reserve], Crossing.partDown),
  rule('amountOut', [amount, reserve, reserve], Impact.amountOut),
  rule('impactOf', [amount, reserve], Impact.impactOf),
  rule('maxInOneHop', [reserve, limit], Impact.maxInOneHop),
  rule('maxInTwoHops', [reserve, reserve, reserve, limit], Impact.maxInTwoHops),
  rule('routeLimit', [mostly(0n, 4n), limit], Impact.routeLimit),
];
