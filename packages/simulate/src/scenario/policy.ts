import * as z from 'zod';

const bps = z.number().min(0).max(10_000);

/** The price of now less a fixed part, at all times. */
const flatShape = z.strictObject({ kind: z.literal('flat'), bps: z.int().min(0).max(9_999) });

/** The clock of docs/rules.md 6. */
const clockShape = z.strictObject({
  kind: z.literal('clock'),
  /** {bps} over the anchor and q at the start; below 0 to start under it */
  marginBps: z.number().min(-1_000).max(1_000).default(20),
  /** {bps/min} */
  fallBpsPerMinute: z.number().min(0.01).max(1_000).default(5),
  /** {bps} below the price of now */
  floorBps: z.int().min(0).max(9_999).default(100),
});

/** {bps of NAV a UTC day} what an index may lose. */
const budgetShape = z.strictObject({ dayBps: bps.default(15), reweighBps: bps.default(30) });

const driftShape = z.strictObject({
  kind: z.literal('drift'),
  /** {bps} */
  toleranceBps: z.int().min(0).max(10_000).default(50),
});

/** {1} */
const part = z.number().gt(0).lt(1);

/** Bands of docs/rules.md 7 decide which assets act. */
const bandsShape = z
  .strictObject({
    kind: z.literal('bands'),
    /** x and y until there are enough observations, as parts of W. */
    near: part.default(0.05),
    far: part.default(0.25),
    /** What sigma is multiplied by for y. */
    multiple: z.int().min(0).max(1_000).default(3),
    /** Bounds of a measured x, and how far y is at least and at most. */
    leastNear: part.default(0.01),
    mostNear: part.default(0.4),
    leastFar: part.default(0.15),
    mostFar: part.default(0.5),
    /** {h} how long an asset beyond its far bound pauses. */
    pauseHours: z.number().gt(0).max(168).default(24),
  })
  .refine(({ near, far }) => near < far, 'near is not below far')
  .refine(({ leastNear, mostNear }) => leastNear <= mostNear, 'leastNear is above mostNear')
  .refine(({ mostNear, mostFar }) => mostNear + 0.01 <= mostFar, 'mostNear is not below mostFar by 0.01 at least');

/** {h} */
const hours = z.number().positive().max(8_760);

/** One set of rules to compare: docs/rules.md 6 and 7 with other numbers. What is left out is as on chain. */
export const policyShape = z.strictObject({
  name: z.string().min(1).max(60),
  limit: z.discriminatedUnion('kind', [flatShape, clockShape]).prefault({ kind: 'clock' }),
  /** `null` for none. */
  budget: budgetShape.nullable().prefault({}),
  epoch: z
    .strictObject({
      /** How long an epoch lasts, and an index waits for the next. */
      hours: hours.default(24),
      /** How long one lasts after a reweigh. */
      reweighHours: hours.default(72),
    })
    .prefault({}),
  trigger: z.discriminatedUnion('kind', [driftShape, bandsShape]).prefault({ kind: 'drift' }),
});

export type Policy = z.output<typeof policyShape>;
