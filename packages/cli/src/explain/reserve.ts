import { Chains, InputError, max, ONE, parseFile } from '@wicker/core';
import * as z from 'zod';
import { digits, percent, type Quantity, quantity, step, type Topic, usdc, yesNo } from './explanation.ts';
import { amountField, bpsField, usdcField } from './fields.ts';

const { Reserve, TwoPrices } = Chains;

/** {1} decimals of an index token */
const DECIMALS = 18;

const shape = z
  .strictObject({
    supply: amountField(DECIMALS),
    nav: usdcField,
    reserve: usdcField,
    redeem: amountField(DECIMALS),
    /** Of the feeds of each asset; without them both prices are NAV itself. */
    q: z.array(bpsField).min(1).max(50).optional(),
  })
  .refine(({ reserve, nav }) => reserve <= nav, { path: ['reserve'], message: 'the reserve is a part of the NAV' });

const shares = (name: string, amount: bigint): Quantity => quantity(name, digits(amount, DECIMALS), 'shares');
const bps = (name: string, part: bigint): Quantity => quantity(name, digits(part, 14), 'bp');

/** The worked example of docs/rules.md 11: a redemption, the reserve first. */
export const reserve: Topic = {
  section: 11,
  summary: 'a redemption: the reserve first, the rest in kind',
  explain: (json) => {
    const { supply, nav, reserve: held, redeem, q } = parseFile('reserve', shape, json);
    if (supply === 0n) throw new InputError('EMPTY_INDEX', 'the supply is 0', 'give a supply above 0');
    const spread = q === undefined ? 0n : TwoPrices.spread(q);
    const priced = { nav, supply, spread };
    // E as one whole: what is left of it shows the part that goes in kind.
    const books = { supply, effective: ONE, reserve: held };
    const redemption = Reserve.redeem(books, { shares: redeem, nav, spread, room: held });
    const { value, paid, paidShares, inKindShares, inKindSupply, effective } = redemption;
    return {
      title: `A redemption of ${digits(redeem, DECIMALS)} shares`,
      inputs: [
        shares('supply', supply),
        usdc('NAV', nav),
        usdc('reserve', held),
        shares('redeem', redeem),
        ...(q === undefined ? [] : [quantity('largest q', `${q.reduce(max)}`, 'bp')]),
      ],
      steps: [
        ...(q === undefined
          ? []
          : [
              step(bps('s', spread), 'max(largest q / 2, 25 bp)'),
              step(usdc('price to come', TwoPrices.mintCost(ONE, priced)), 'ceil(NAV (1 + s) / supply)'),
              step(usdc('price to leave', TwoPrices.redeemValue(ONE, priced)), 'floor(NAV (1 - s) / supply)'),
            ]),
        step(usdc('value', value), `floor(redeem x NAV${q === undefined ? '' : ' (1 - s)'} / supply)`),
        step(usdc('from the reserve', paid), 'min(value, reserve)'),
        step(shares('shares for it', paidShares), 'redeem when that is the whole value, else its part rounded up'),
        step(shares('shares left', inKindShares), 'redeem - shares for it'),
        step(shares('other shares', inKindSupply), 'supply - shares for it'),
        step(percent('part in kind', effective), 'shares left / other shares, of everything else'),
        step(yesNo('rebalancing due before', Reserve.rebalancingDue({ reserve: held, nav })), 'reserve >= 5 % of NAV'),
      ],
      result: [
        usdc('paid from the reserve', paid),
        quantity(
          'in kind',
          inKindShares === 0n
            ? 'nothing'
            : `${digits(inKindShares, DECIMALS)} of ${digits(inKindSupply, DECIMALS)} shares`,
        ),
        quantity('messages to other chains', inKindShares === 0n ? 'none' : 'one to each that holds something'),
        usdc('reserve left', redemption.books.reserve),
        shares('supply left', redemption.books.supply),
      ],
    };
  },
};
