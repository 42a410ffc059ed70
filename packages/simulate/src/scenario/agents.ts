import * as z from 'zod';

const name = z.string().min(1).max(40);
const count = z.int().min(1).max(1_000).default(1);
/** {USD} */
const size = z.number().positive().max(1e9);
const perDay = z.number().positive().max(10_000);

/** Swaps at random times on random pools: noise. */
const traderShape = z.strictObject({
  kind: z.literal('trader'),
  name,
  count,
  /** {1/d} of each trader */
  swapsPerDay: perDay,
  /** {USD} of a swap on average; single ones are exponentially distributed. */
  size,
});

/** Mints and redeems in kind at random times. */
const investorShape = z.strictObject({
  kind: z.literal('investor'),
  name,
  count,
  /** {1/d} mints and redeems of each investor, as many of these as of those */
  visitsPerDay: perDay,
  /** {USD} of a visit on average. */
  size,
});

/** Trades pools back to the true price when that pays after fee and gas. */
const arbitrageurShape = z.strictObject({ kind: z.literal('arbitrageur'), name, count });

/** Fills orders from its own stock as soon as the limit is better than the true price by its margin. */
const searcherShape = z.strictObject({
  kind: z.literal('searcher'),
  name,
  count,
  /** {bps} what it wants beyond gas: its own cost of getting rid of what it got, and profit. */
  marginBps: z.number().min(0).max(10_000).default(3),
  /** Whether it also puts swaps before and after the fills that others send to pools. */
  sandwiches: z.boolean().default(false),
});

/** Opens epochs and fills orders. */
const keeperShape = z.strictObject({
  kind: z.literal('keeper'),
  name,
  count,
  /**
   * `honest`: crosses what mirrors and sends the rest to pools, as early as the limit allows. `hostile`: waits until the limit is at
   * its lowest and takes all it can from its own stock.
   */
  behaviour: z.enum(['honest', 'hostile']),
});

/** Sets the weights of its indices anew; the indices are dealt out to the managers in turn. */
const managerShape = z.strictObject({
  kind: z.literal('manager'),
  name,
  count,
  everyDays: z.number().min(0.1).max(3_650),
  /** `random`: moves weights a little. `momentum`: towards what rose. `flip`: between two opposite baskets, to make turnover. */
  style: z.enum(['random', 'momentum', 'flip']),
});

/** A group of like agents. */
export const agentShape = z.discriminatedUnion('kind', [
  traderShape,
  investorShape,
  arbitrageurShape,
  searcherShape,
  keeperShape,
  managerShape,
]);

export type AgentGroup = z.output<typeof agentShape>;
export type AgentKind = AgentGroup['kind'];
