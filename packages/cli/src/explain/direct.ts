import { Bands, DirectSwaps, ExchangePools, IndexBuffer, ONE, parseFile, Q112 } from '@wicker/core';
import * as z from 'zod';
import { digits, percent, type Quantity, quantity, type Step, step, type Topic, usdc } from './explanation.ts';
import { amountField, bpsField, nameField, percentField, usdcField } from './fields.ts';

/** Digits after the point of all amounts here, USDC's own. */
const DECIMALS = 6;
const UNIT = 10n ** BigInt(DECIMALS);
const MINUTE = 60n;
const BASE = 'USDC';
const amount = amountField(DECIMALS);

const asset = z
  .strictObject({
    asset: nameField,
    price: usdcField.refine((price) => price > 0n, 'a price is above 0'),
    q: bpsField,
    x: percentField,
    y: percentField,
    pool: z.strictObject({ base: amount, amount }).optional(),
  })
  .refine(({ asset: name, pool }) => (name === BASE) === (pool === undefined), `every asset but ${BASE} has a pool`);
const shape = z.strictObject({
  /** Since the opening of the epoch, at whose prices all pools are judged. */
  minutes: z.int().nonnegative().max(4_320),
  assets: z.array(asset).min(2).max(50),
  indices: z
    .array(
      z.strictObject({
        index: nameField,
        budget: usdcField,
        credit: usdcField.default(0n),
        assets: z
          .array(z.strictObject({ asset: nameField, amount, weight: percentField }))
          .min(1)
          .max(50)
          .refine((all) => all.reduce((sum, { weight }) => sum + weight, 0n) === ONE, 'the weights do not sum to 100'),
      }),
    )
    .min(1)
    .max(50),
  feeCredit: usdcField.default(0n),
});

const inputOf = ({ minutes, assets, indices, feeCredit }: z.output<typeof shape>): DirectSwaps.DirectSwapInput => {
  const pools = new Map(
    assets.flatMap(({ asset: name, pool }) => {
      if (pool === undefined) return [];
      const offered = { base: pool.base, asset: pool.amount };
      const { pool: made } = ExchangePools.deposit({ pool: ExchangePools.emptyPool(name), offered, leastShares: 0n });
      return [[name, made] as const];
    }),
  );
  const held = new Map(
    assets.map(({ asset: name }) => [
      name,
      indices.flatMap((of) => of.assets).reduce((sum, one) => (one.asset === name ? sum + one.amount : sum), 0n),
    ]),
  );
  const credits = indices.map(({ index, credit }) => ({ index, amount: credit }));
  return {
    opening: {
      openedAt: 0n,
      base: BASE,
      assets: assets.map(({ asset: name, price, q }) => {
        const anchor = (price * Q112) / UNIT;
        return { asset: name, anchor, price: anchor, qBps: q, delistedSince: 0n };
      }),
    },
    now: BigInt(minutes) * MINUTE,
    indices: indices.map(({ index, budget, credit, assets: positions }) => ({
      ...{ index, budget, credit },
      positions: positions.map(({ asset: name, amount: holding, weight }) => ({ asset: name, holding, weight })),
    })),
    widths: new Map(assets.map(({ asset: name, x, y }) => [name, Bands.widths({ x, y })])),
    paused: new Set(),
    before: pools,
    pools,
    buffer: IndexBuffer.withFees(IndexBuffer.withCredits(IndexBuffer.EMPTY_BUFFER, credits), feeCredit),
    saleable: held,
    giftRoom: held,
  };
};

const tokens = (name: string, value: bigint, of: string): Quantity => quantity(name, digits(value, DECIMALS), of);

const STANDINGS: Readonly<Record<DirectSwaps.AssetStanding, string>> = {
  open: 'outside its threshold',
  near: 'within its threshold',
  beyond: 'beyond its far bound',
  paused: 'paused',
  'no-price': 'without a fresh price',
};

const standingSteps = ({ assets }: DirectSwaps.DirectSwap['standing']): Step[] =>
  assets.flatMap(({ asset: name, gap, weight, perfectWeight, standing }) => [
    step(usdc(`G_${name}`, gap), 'sum of the gaps of the indices'),
    step(quantity(name, STANDINGS[standing]), `${digits(weight, 16)} % of all against ${digits(perfectWeight, 16)} %`),
  ]);

const bookedSteps = ({ booked }: DirectSwaps.MadeTrade, [o, u]: readonly [string, string]): Step[] =>
  booked.map(({ index, given, got, loss }) =>
    step(
      tokens(`${index} gets`, got, u),
      `for ${digits(given, DECIMALS)} ${o}; loss ${digits(loss, DECIMALS)} ${BASE}`,
    ),
  );

const restSteps = ({ pair, rest }: Extract<DirectSwaps.DirectSwap, { kind: 'swap' }>, larger: string): Step[] => {
  switch (rest.kind) {
    case 'none':
      return [];
    case 'to-buffer':
      return [
        step(usdc('left', rest.left), larger),
        step(usdc('to the buffer', rest.trade.received), `for ${digits(rest.trade.given, DECIMALS)} ${pair.o.asset}`),
        ...rest.credits.map(({ index, amount: credit }) =>
          step(usdc(`credit of ${index}`, credit), 'its part of the sale'),
        ),
      ];
    case 'from-buffer':
      return [
        step(usdc('left', rest.left), larger),
        ...rest.own.map(({ index, amount: own }) => step(usdc(`${index} pays`, own), 'of its own credit first')),
        step(usdc('fee credit pays', rest.fees), 'what their own credit lacks'),
        step(
          tokens('bought', rest.trade.received, pair.u.asset),
          `for ${digits(rest.trade.given, DECIMALS)} ${BASE} of the buffer`,
        ),
        step(tokens('a gift to all', rest.gift, pair.u.asset), 'the part that fee credit paid'),
      ];
  }
};

const restSaid = ({ rest }: Extract<DirectSwaps.DirectSwap, { kind: 'swap' }>): Quantity => {
  switch (rest.kind) {
    case 'none':
      return quantity('buffer', `untouched: ${rest.reason}`);
    case 'to-buffer':
      return usdc('to the buffer', rest.trade.received);
    case 'from-buffer':
      return usdc('from the buffer', rest.trade.given);
  }
};

/** The worked example of a direct swap in docs/rules.md 9. */
export const direct: Topic = {
  section: 9,
  summary: 'a direct swap of indices, and what goes to or comes from the buffer',
  explain: (json) => {
    const file = parseFile('direct', shape, json);
    const input = inputOf(file);
    const made = DirectSwaps.directSwap(input);
    const inputs = [
      quantity('minutes', `${file.minutes}`),
      ...file.indices.flatMap(({ index, assets, budget, credit }) => [
        ...assets.map(({ asset: name, amount: holding, weight }) =>
          quantity(`${index} ${name}`, `${digits(holding, DECIMALS)} ${name}, target ${digits(weight, 16)} %`),
        ),
        usdc(`${index} may lose`, budget),
        usdc(`${index} credit`, credit),
      ]),
      usdc('fee credit', file.feeCredit),
      ...file.assets.map(({ asset: name, price, x, y }) =>
        quantity(name, `${digits(price, DECIMALS)} ${BASE}, x ${digits(x, 16)} %, y ${digits(y, 16)} %`),
      ),
    ];
    const steps = standingSteps(made.standing);
    if (made.kind === 'skipped') {
      return { title: 'A direct swap', inputs, steps, result: [quantity('skipped', made.reason)] };
    }
    const { pair, trade } = made;
    const [o, u] = [pair.o.asset, pair.u.asset];
    const larger = `larger of |G_${o}| and |G_${u}| - S(${o},${u})`;
    return {
      title: `A direct swap of ${o} for ${u}`,
      inputs,
      steps: [
        ...steps,
        step(usdc(`S(${o},${u})`, pair.shared.value), 'sum of min(g_o, -g_u)'),
        step(percent('limit', trade.limit), 'of the anchors: the clock, or the price of now less 1 %'),
        step(tokens('at least', trade.least, u), `for ${digits(trade.given, DECIMALS)} ${o} at the limit`),
        ...bookedSteps(trade, [o, u]),
        ...restSteps(made, larger),
      ],
      result: [
        tokens('sold', trade.given, o),
        tokens('bought', trade.received, u),
        restSaid(made),
        usdc('buffer, fee credit', made.buffer.fees),
        ...made.buffer.credits.map(({ index, amount: credit }) => usdc(`buffer, credit of ${index}`, credit)),
      ],
    };
  },
};
