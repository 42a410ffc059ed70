// What a keeper tells over HTTP, as JSON: the schemas that it answers by and that readers check with. Nothing here needs Node.
import { type Address, type Hash, isAddress, isHash } from 'viem';
import * as z from 'zod';

const address = z.custom<Address>((value) => typeof value === 'string' && isAddress(value, { strict: false }));
const hash = z.custom<Hash>((value) => typeof value === 'string' && isHash(value));

/** A bigint as decimal digits: JSON has none. */
const digits = z.string().regex(/^\d+$/);
const signedDigits = z.string().regex(/^-?\d+$/);
/** {s} of the chain */
const seconds = z.int().nonnegative();
/** {ms} of this machine's clock */
const milliseconds = z.int().nonnegative();

/** Where on the chain something happened. */
const place = z.object({
  block: z.int().nonnegative(),
  blockHash: hash,
  at: seconds,
});

/** An asset of an index when its epoch was opened, at the anchors. */
const openedAsset = z.object({
  asset: address,
  /** {bps} of NAV */
  weightBps: z.number(),
  /** {bps} of NAV */
  targetBps: z.number(),
});

/** An epoch was opened. */
export const openingSchema = place.extend({
  kind: z.literal('opening'),
  id: digits,
  tx: hash,
  /** Who opened it. */
  by: address,
  indices: z.array(
    z.object({
      index: address,
      /** Why it could open: it had drifted, or its weights were set anew. */
      why: z.enum(['drift', 'reweigh']),
      /** {bps}; null when the chain no longer told */
      driftBps: z.number().nullable(),
      /** Empty when the chain no longer told. */
      assets: z.array(openedAsset),
    }),
  ),
  /** {s} */
  until: seconds,
});

/** One crossing, or one trade on pools or from a filler's own stock (an empty route). */
export const fillSchema = z.object({
  /** Its transaction and its place there: no other fill has it. */
  id: z.string(),
  kind: z.enum(['cross', 'pool', 'stock']),
  o: address,
  u: address,
  /** {o} */
  given: digits,
  /** {u} */
  received: digits,
  route: z.array(address),
  /** {base} of what was given, at the prices of `pricedAt` */
  value: digits,
  /** The prices of the fill's own block, or the opening's anchors when the chain no longer tells those. */
  pricedAt: z.enum(['block', 'anchor']),
  /** {base} fees of the pools */
  poolFee: signedDigits,
  /** {base} what the fill's own size cost on the pools */
  impact: signedDigits,
  /** {base} the rest: how far the pools stood from the feeds; below 0 when in the index's favour */
  beyond: signedDigits,
});

/** One transaction of the rebalancer, with all its fills. */
export const roundSchema = place.extend({
  kind: z.literal('round'),
  tx: hash,
  opening: digits,
  /** Who sent it. */
  by: address,
  /** {gas} */
  gasUsed: digits,
  /** {wei/gas} */
  gasPrice: digits,
  fills: z.array(fillSchema),
  /** Fills that were tried and undone. */
  skipped: z.array(z.object({ o: address, u: address, reason: z.string() })),
  indices: z.array(
    z.object({
      index: address,
      /** {bps} before and after; null when the chain no longer told */
      driftBefore: z.number().nullable(),
      driftAfter: z.number().nullable(),
      /** What changed. */
      deltas: z.array(
        z.object({
          asset: address,
          /** {tok} */
          amount: signedDigits,
          /** {bps} of NAV; null when the chain no longer told */
          weightBefore: z.number().nullable(),
          weightAfter: z.number().nullable(),
          target: z.number().nullable(),
        }),
      ),
    }),
  ),
});

/** An index at one moment. */
export const sampleSchema = place.extend({
  kind: z.literal('sample'),
  index: address,
  /** {base} */
  nav: digits,
  /** {base/share} of one whole share */
  price: digits,
  /** {share} */
  supply: digits,
  driftBps: z.number(),
});

/** What a keeper does right now. */
export const keeperSchema = z.object({
  state: z.enum(['starting', 'watching', 'opening', 'trading', 'waiting', 'troubled']),
  /** One sentence for people: what it does and why. */
  says: z.string(),
  account: address,
  dryRun: z.boolean(),
  startedAt: milliseconds,
  /** The end of its last whole look at the chain; null before the first. */
  lastTickAt: milliseconds.nullable(),
  block: z.object({ number: z.int(), at: seconds }).nullable(),
  /** The last error, until a tick passes without one. */
  trouble: z.object({ at: milliseconds, code: z.string(), message: z.string(), hint: z.string() }).nullable(),
  counts: z.object({ opened: z.int(), rounds: z.int(), fills: z.int(), errors: z.int() }),
});

/** GET /api/history?index=0x..: oldest first, thinned to some hundreds. */
export const historySchema = z.object({ points: z.array(sampleSchema.omit({ kind: true, blockHash: true })) });
/** GET /api/rounds?index=0x..&limit=20: newest first; of all indices without `index`. */
export const roundsSchema = z.object({ rounds: z.array(roundSchema) });
/** GET /api/openings?index=0x..&limit=20: newest first. */
export const openingsSchema = z.object({ openings: z.array(openingSchema) });

export type OpeningRecord = z.infer<typeof openingSchema>;
export type FillRecord = z.infer<typeof fillSchema>;
export type RoundRecord = z.infer<typeof roundSchema>;
export type SampleRecord = z.infer<typeof sampleSchema>;
/** GET /api/keeper */
export type KeeperReport = z.infer<typeof keeperSchema>;
