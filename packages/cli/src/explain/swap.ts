import { ExchangePools, parseFile, SwapFees, Swaps } from '@wicker/core';
import * as z from 'zod';
import { digits, type Quantity, quantity, type Step, step, type Topic } from './explanation.ts';
import { amountField, bpsField, nameField, signedUsdcField } from './fields.ts';

/** Digits after the point of all amounts here, USDC's own. */
const DECIMALS = 6;
const amount = amountField(DECIMALS);
const TWICE = 'an asset is named twice';
const eachOnce = (all: readonly { readonly asset: string }[]): boolean =>
  new Set(all.map(({ asset }) => asset)).size === all.length;
const fields = z.strictObject({
  base: nameField.default('USDC'),
  sold: nameField,
  bought: nameField,
  amount,
  fee: z
    .strictObject({ lpBps: bpsField, rebalancingBps: bpsField, daoBps: bpsField })
    .default({ ...SwapFees.DEFAULT_SWAP_FEE }),
  pools: z
    .array(z.strictObject({ asset: nameField, base: amount, amount }))
    .min(1)
    .max(50)
    .refine(eachOnce, TWICE),
  /** G of each asset of the route; null without a fresh price. */
  gaps: z
    .array(z.strictObject({ asset: nameField, gap: signedUsdcField.nullable() }))
    .max(50)
    .refine(eachOnce, TWICE),
});
const shape = fields.refine(({ base, pools }) => pools.every(({ asset }) => asset !== base), {
  path: ['pools'],
  message: 'the base has no pool of its own',
});

const tokens = (name: string, value: bigint, asset: string): Quantity => quantity(name, digits(value, DECIMALS), asset);

const REASONS: Readonly<Record<Extract<SwapFees.Destination, { kind: 'buffer' }>['reason'], string>> = {
  'none-underweight': 'the buffer: none is underweight',
  'no-fresh-price': 'the buffer: a gap is unknown',
  'index-pool-full': 'the buffer: the index pool takes no more',
};

const said = (to: SwapFees.Destination): string =>
  to.kind === 'index-pool' ? `the index pool ${to.asset}: the most underweight` : REASONS[to.reason];

const placeSteps = (
  place: Swaps.Place,
  next: Swaps.Place | undefined,
  { fee, base, to }: { readonly fee: SwapFees.SwapFee; readonly base: string; readonly to: SwapFees.Destination },
): Step[] => {
  const { asset } = place;
  const whole = digits(place.amount, DECIMALS);
  const parts: [string, bigint, bigint][] = [
    [`to liquidity, ${asset}`, place.lp, fee.lpBps],
    [`to the DAO, ${asset}`, place.dao, fee.daoBps],
    [`to ${to.kind === 'buffer' ? 'the buffer' : 'the index pool'}, ${asset}`, place.rebalancing, fee.rebalancingBps],
  ];
  const taken = parts
    .filter(([, part]) => part > 0n)
    .map(([name, part, bps]) => step(tokens(name, part, asset), `${bps} bp of ${whole}`));
  const left = step(tokens(next === undefined ? 'received' : `counted, ${asset}`, place.left, asset), 'what is left');
  if (next === undefined) return [...taken, left];
  const pool = asset === base ? next.asset : asset;
  const out = tokens(`out of the pool ${pool}`, next.amount, next.asset);
  return [...taken, left, step(out, `counted * ${next.asset} / (${asset} + counted)`)];
};

/** The worked example of a swap in docs/rules.md 9. */
export const swap: Topic = {
  section: 9,
  summary: 'a swap on the own exchange, with the three parts of its fee',
  explain: (json) => {
    const file = parseFile('swap', shape, json);
    const { base, sold, bought } = file;
    const pools = new Map(
      file.pools.map(({ asset, base: usdc, amount: held }) => {
        const offered = { base: usdc, asset: held };
        const { pool } = ExchangePools.deposit({ pool: ExchangePools.emptyPool(asset), offered, leastShares: 0n });
        return [asset, pool] as const;
      }),
    );
    const fee = SwapFees.swapFee(file.fee);
    const known = new Map(file.gaps.map(({ asset, gap }) => [asset, gap ?? undefined]));
    const gaps = Swaps.wayOf({ sold, bought, base }).map((asset) => ({ asset, gap: known.get(asset) }));
    const destination = SwapFees.destinationOf(gaps);
    const order = { sold, bought, amount: file.amount, least: 0n };
    const made = Swaps.swap({ pools, base, fee, order, destination });
    const terms = { fee, base, to: destination };
    return {
      title: `${digits(file.amount, DECIMALS)} ${sold} for ${bought}`,
      inputs: [
        ...file.pools.map(({ asset, base: usdc, amount: held }) =>
          quantity(`pool ${asset}`, `${digits(usdc, DECIMALS)} ${base}, ${digits(held, DECIMALS)} ${asset}`),
        ),
        ...gaps.map(({ asset, gap }) =>
          gap === undefined ? quantity(`G_${asset}`, 'unknown') : tokens(`G_${asset}`, gap, base),
        ),
      ],
      steps: [
        step(
          quantity('rebalancing part', said(destination)),
          `least G of ${gaps.map(({ asset }) => asset).join(', ')}`,
        ),
        ...made.places.flatMap((place, i) => placeSteps(place, made.places[i + 1], terms)),
      ],
      result: [
        tokens('received', made.received, bought),
        ...made.places.filter(({ lp }) => lp > 0n).map(({ asset, lp }) => tokens('to liquidity', lp, asset)),
        tokens('to the DAO', made.dao, base),
        tokens(
          destination.kind === 'buffer' ? 'to the buffer' : `to the index pool ${destination.asset}`,
          made.rebalancing.amount,
          made.rebalancing.asset,
        ),
      ],
    };
  },
};
