import { digitsAt, faultsOf, InputError, ONE, parseDecimal, parseLocatedJson } from '@wicker/core';
import * as z from 'zod';
import { inContext, nameOf, readText } from '../input.ts';

/** {1e18} of one percent has this many digits after the point */
const PERCENT_DIGITS = 16;

const decimal = z.union([z.number(), z.string()]);
const text = z.string().trim().min(1);
/** What everybody sees: in one line, without control or invisible characters. */
const visible = text.regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, 'has control characters');
const bps = (most: number) => z.int().nonnegative().max(most);

const schema = z.strictObject({
  name: visible,
  symbol: visible,
  /** A name of the deployment's accounts, or an address; the creator when not given. */
  manager: text.optional(),
  fees: z.strictObject({
    /** {bps} the most as docs/rules.md 3 */
    mintBps: bps(1_000),
    redeemBps: bps(200),
    /** {percent} of the fund a year */
    managementPercent: decimal,
  }),
  /** Who gets the fees {bps}, by account; all but the platform's part to the manager when not given. */
  feeParts: z.record(text, bps(10_000)).optional(),
  /** {USDC} the value of the first deposit, divided as the weights say; without it each asset brings its amount. */
  deposit: decimal.optional(),
  /** {percent} by name or address; a proposal has them, where there is one. */
  assets: z
    .record(
      text,
      z.union(
        [decimal, z.strictObject({ weight: decimal, amount: decimal })],
        'give a percentage, or {weight, amount}',
      ),
    )
    .optional(),
});

/** An asset of an index to create. */
export interface FileAsset {
  /** Its name in the deployment, or its address. */
  readonly name: string;
  /** {1e18} */
  readonly weight: bigint;
  /** {tok} as a decimal of whole tokens; undefined when the file states the value of the deposit */
  readonly amount: string | undefined;
}

/** What a file says of an index to create, checked as far as no chain is needed. */
export interface IndexFile {
  readonly name: string;
  readonly symbol: string;
  readonly manager: string | undefined;
  /** {bps} */
  readonly mintBps: number;
  readonly redeemBps: number;
  /** {1e18} a year */
  readonly aumYearly: bigint;
  readonly feeParts: readonly { readonly recipient: string; readonly bps: number }[] | undefined;
  /** {USDC} as a decimal; undefined when every asset brings its amount */
  readonly deposit: string | undefined;
  readonly assets: readonly FileAsset[];
}

/** A file that does not say what index to create. */
export class IndexFileError extends InputError {
  constructor(message: string) {
    super('INVALID_FILE', message, "See 'wicker index create --help' for an example.");
  }
}

/** {1e18} a percentage, exact @throws {InputError} */
const fraction = (percent: number | string, what: string): bigint => {
  const parsed = parseDecimal(percent, what);
  if (parsed.scale > PERCENT_DIGITS)
    throw new IndexFileError(`${what} has more than ${PERCENT_DIGITS} digits after the point`);
  return digitsAt(parsed, PERCENT_DIGITS);
};

type Parsed = z.infer<typeof schema>;

const assetsOf = ({ assets, deposit }: Parsed): FileAsset[] => {
  if (assets === undefined) throw new IndexFileError('assets: is missing');
  const found = Object.entries(assets).map(([name, one]): FileAsset => {
    const isWhole = typeof one === 'object';
    if (isWhole && deposit !== undefined) {
      throw new IndexFileError(`'${name}' has an amount, although there is a deposit for all: leave one of them out`);
    }
    if (!isWhole && deposit === undefined) {
      throw new IndexFileError(`'${name}' has no amount, and there is no deposit: add one of them`);
    }
    return {
      name,
      weight: fraction(isWhole ? one.weight : one, `the weight of '${name}'`),
      amount: isWhole ? String(one.amount) : undefined,
    };
  });
  const sum = found.reduce((total, { weight }) => total + weight, 0n);
  if (sum !== ONE) throw new IndexFileError(`the weights sum to ${Number(sum) / 1e16} %, not to 100 %`);
  return found;
};

/** The assets of a proposal, whose weights are exact: the file has none, and one deposit for all. */
const proposedAssets = ({ assets, deposit }: Parsed, weights: ReadonlyMap<string, bigint>): FileAsset[] => {
  if (assets !== undefined) throw new IndexFileError('assets: those of the proposal count: leave them out');
  if (deposit === undefined) throw new IndexFileError('deposit: is missing; it is divided as the proposal says');
  return [...weights].map(([name, weight]) => ({ name, weight, amount: undefined }));
};

/**
 * Reads the text of a file for `wicker index create`: JSON, comments allowed.
 *
 * @param weights {1e18} of a proposal, by name of the asset, in place of the file's own
 * @throws {InputError} INVALID_JSON, DUPLICATE_ID, INVALID_NUMBER; INVALID_FILE with the lines at fault
 */
export const parseIndexFile = (content: string, weights?: ReadonlyMap<string, bigint>): IndexFile => {
  const { value, lineOf } = parseLocatedJson(content);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new IndexFileError(faultsOf(parsed.error, value, lineOf).join('; '));
  const { name, symbol, manager, fees, feeParts, deposit } = parsed.data;
  return {
    ...{ name, symbol, manager, mintBps: fees.mintBps, redeemBps: fees.redeemBps },
    aumYearly: fraction(fees.managementPercent, 'managementPercent'),
    feeParts: feeParts && Object.entries(feeParts).map(([recipient, bps]) => ({ recipient, bps })),
    deposit: deposit === undefined ? undefined : String(deposit),
    assets: weights === undefined ? assetsOf(parsed.data) : proposedAssets(parsed.data, weights),
  };
};

/** Reads such a file; `-` is standard input. @throws as `parseIndexFile`, UNREADABLE_FILE */
export const readIndexFile = (file: string, weights?: ReadonlyMap<string, bigint>): IndexFile => {
  const content = readText(file);
  return inContext(nameOf(file), () => parseIndexFile(content, weights));
};
