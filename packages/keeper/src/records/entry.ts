import { type Hash, isHash } from 'viem';
import * as z from 'zod';
import { openingSchema, roundSchema, sampleSchema } from '../api.ts';

const hash = z.custom<Hash>((value) => typeof value === 'string' && isHash(value));
const block = z.int().nonnegative();
const digits = z.string().regex(/^\d+$/);

/** First line of the records: which chain and which deployment they are of. */
const headerSchema = z.strictObject({
  kind: z.literal('header'),
  version: z.literal(1),
  chainId: z.int().positive(),
  /** Hash of block 0: two chains may have one id. */
  genesis: hash,
  rebalancer: z.string(),
});

/** All events up to this block stand above. */
const markSchema = z.strictObject({ kind: z.literal('mark'), block, blockHash: hash });

/** The chain dropped what it had above this block: what stands above of later blocks is void. */
const reorgSchema = z.strictObject({ kind: z.literal('reorg'), block });

/** A transaction of the keeper's own account was about to be sent: what a replacement has to outbid. */
const sentSchema = z.strictObject({
  kind: z.literal('sent'),
  nonce: z.int().nonnegative(),
  /** {wei/gas} */
  maxFeePerGas: digits,
  maxPriorityFeePerGas: digits,
  /** {ms} of this machine's clock */
  at: z.int().nonnegative(),
});

export const entrySchema = z.discriminatedUnion('kind', [
  headerSchema,
  openingSchema,
  roundSchema,
  sampleSchema,
  markSchema,
  reorgSchema,
  sentSchema,
]);

export type Header = z.infer<typeof headerSchema>;
export type Mark = z.infer<typeof markSchema>;
export type SentNote = z.infer<typeof sentSchema>;

/** A line of the records. */
export type Entry = z.infer<typeof entrySchema>;

export const lineOf = (entry: Entry): string => `${JSON.stringify(entry)}\n`;

/** The entries of a file, up to the first line that is torn or not an entry. */
export interface Parsed {
  readonly entries: readonly Entry[];
  /** {byte} how much of the file they take */
  readonly size: number;
}

const NEWLINE = 0x0a;

const parseLine = (line: string): Entry | undefined => {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
};

/** Reads lines until the end, or to the first that is no entry: what a crash tore, or what somebody else wrote. */
export const parseEntries = (bytes: Buffer): Parsed => {
  const entries: Entry[] = [];
  let size = 0;
  for (;;) {
    const end = bytes.indexOf(NEWLINE, size);
    if (end < 0) return { entries, size };
    const entry = parseLine(bytes.toString('utf8', size, end));
    if (entry === undefined) return { entries, size };
    entries.push(entry);
    size = end + 1;
  }
};
