import { exactAmount } from '../amounts.ts';

/** A number or word with its name; the value is exact, in plain digits. */
export interface Quantity {
  readonly name: string;
  readonly value: string;
  /** Such as `%`, `bp`, `USDC` or `LINK`; empty for words and pure numbers. */
  readonly unit: string;
}

/** A quantity that follows from those before it. */
export interface Step extends Quantity {
  /** How, in the words of the rule: `W (1 + x)`. */
  readonly formula: string;
}

/** Numbers by row and column, in one unit. */
export interface Matrix {
  /** What the numbers are, and what rows and columns stand for. */
  readonly name: string;
  readonly unit: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** A worked example: what went in, each step with its formula, what came out. */
export interface Explanation {
  readonly title: string;
  readonly inputs: readonly Quantity[];
  readonly steps: readonly Step[];
  readonly result: readonly Quantity[];
  readonly matrix?: Matrix;
}

/** One subject of `wicker explain`. */
export interface Topic {
  /** Of docs/rules.md. */
  readonly section: number;
  readonly summary: string;
  /**
   * Works the example out. All arithmetic of a rule is core's.
   *
   * @param json the parsed file
   * @throws {InputError} for a file that does not have the shape, or numbers outside the rule's range
   */
  readonly explain: (json: unknown) => Explanation;
}

/** An integer at `decimals` as exact digits without superfluous zeros; below 0 with a sign. */
export const digits = (value: bigint, decimals: number): string =>
  value < 0n ? `-${exactAmount(-value, decimals)}` : exactAmount(value, decimals);

/** A word or an exact number as a quantity. */
export const quantity = (name: string, value: string, unit = ''): Quantity => ({ name, value, unit });

/** USDC {base} as a quantity. */
export const usdc = (name: string, value: bigint): Quantity => quantity(name, digits(value, 6), 'USDC');

/** A part {1e18} as a percentage. */
export const percent = (name: string, part: bigint): Quantity => quantity(name, digits(part, 16), '%');

/** `yes` or `no`. */
export const yesNo = (name: string, holds: boolean): Quantity => quantity(name, holds ? 'yes' : 'no');

/** A quantity with the formula that it comes from. */
export const step = (of: Quantity, formula: string): Step => ({ ...of, formula });
