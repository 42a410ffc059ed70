import {
  cappedWeights,
  type Decimal,
  formatFixed,
  InputError,
  integerWeights,
  ParameterError,
  type Proposal,
  parseDecimal,
  parseJson,
  proposalJson,
  propose,
  WEIGHT_SCALE,
} from '@wicker/core';
import type { Command } from 'commander';
import { caseLabel, parseWeighFile, type WeighCase } from '../cases.ts';
import { inContext, nameOf, readText } from '../input.ts';
import { type MethodologyOptions, readInputs, withMethodology } from '../lab/inputs.ts';
import { proposalSummary } from '../lab/proposal-text.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { writeText } from '../output-file.ts';

type Options = Partial<MethodologyOptions> & {
  cap?: string;
  floor?: string;
  scale?: string;
  propose?: string;
  json?: boolean;
};

/** What `wicker weigh` answers for one set of market caps. */
type Answer = {
  name?: string;
  /** {1} with 18 decimals, sum exactly 1. */
  weights: Record<string, string>;
  /** Ids below the floor, in order of removal. */
  removed: string[];
  capRounds: number;
  /** {1/scale}; numbers, or strings when the scale is beyond the exact integers of a double. */
  integers?: Record<string, number | string>;
};

const HELP = `
Examples:
  wicker weigh caps.json --cap 0.30 --floor 0.005 --scale 255
  wicker weigh data/universes/pdi-2023-05.json --methodology data/methodologies/pdi.jsonc --propose proposal.json
`;

const MAX_SCALE = 2n ** 256n - 1n;

export function register(program: Command): void {
  withMethodology(program.command('weigh'))
    .description('weigh assets by market cap, with a cap and a floor; or a universe by a methodology')
    .argument(
      '<file>',
      'JSON: {id: market cap}, or a list of {name, cap, floor, input}, or with --methodology a universe; - is standard input',
    )
    .option('--cap <share>', 'highest weight of one asset, such as 0.30 (default: none)')
    .option('--floor <share>', 'lowest weight of one asset, such as 0.005 (default: none)')
    .option('--scale <integer>', 'also give integer weights that sum to this, such as 255 or 10000')
    .option('--propose <file>', 'with --methodology: write the weights, their inputs and the hash of these to a file')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(run);
}

function run(path: string, options: Options): void {
  const { methodology, members, cap, floor, scale, propose: file } = options;
  if (methodology === undefined) {
    if (file !== undefined || members !== undefined) {
      throw new InputError('USAGE', '--propose and --members are for a universe', 'Add --methodology.');
    }
    weigh(path, options);
    return;
  }
  if (cap !== undefined || floor !== undefined || scale !== undefined) {
    throw new InputError('USAGE', 'cap and floor are those of the methodology', 'Leave --cap, --floor, --scale out.');
  }
  weighUniverse(path, { methodology, ...(members === undefined ? {} : { members }) }, options);
}

function weighUniverse(path: string, methodology: MethodologyOptions, { propose: file, json }: Options): void {
  const inputs = readInputs(path, methodology);
  const proposal = inContext(nameOf(path), () => propose(inputs));
  if (file !== undefined) writeText(file, proposalText(proposal));
  if (json) {
    printJson(proposalSummary(proposal));
    return;
  }
  printTable(
    ['asset', 'weight'],
    [...proposal.weights].map(([id, weight]) => [id, formatFixed(weight, 18)]),
  );
  printLine(`hash  ${proposal.hash}`);
  if (file !== undefined) printLine(`proposal  ${file}`);
}

const proposalText = (proposal: Proposal): string => `${JSON.stringify(proposalJson(proposal), null, 2)}\n`;

function weigh(path: string, options: Options): void {
  const scale = options.scale === undefined ? undefined : parseScale(options.scale);
  const defaults = {
    cap: options.cap === undefined ? undefined : parseOption(options.cap, '--cap'),
    floor: options.floor === undefined ? undefined : parseOption(options.floor, '--floor'),
  };
  const text = readText(path);
  const file = inContext(nameOf(path), () => parseWeighFile(parseJson(text), defaults));
  const answers =
    file.kind === 'single'
      ? [answer(file.only, scale)]
      : file.cases.map((entry, i) => inContext(`${nameOf(path)}: ${caseLabel(entry, i)}`, () => answer(entry, scale)));

  if (options.json) printJson(file.kind === 'single' ? answers[0] : answers);
  else for (const [i, one] of answers.entries()) printAnswer(one, i > 0);
}

function answer({ name, cap, floor, caps, marketCaps }: WeighCase, scale: bigint | undefined): Answer {
  const exact = cappedWeights(marketCaps, { cap, floor, caps });
  const weights = [...integerWeights(exact, WEIGHT_SCALE)].map(([id, weight]) => [id, formatFixed(weight, 18)]);
  return {
    ...(name === undefined ? {} : { name }),
    weights: Object.fromEntries(weights),
    removed: exact.removed.map(({ id }) => id),
    capRounds: exact.capRounds,
    ...(scale === undefined ? {} : { integers: plainIntegers(integerWeights(exact, scale), scale) }),
  };
}

function plainIntegers(integers: ReadonlyMap<string, bigint>, scale: bigint): Record<string, number | string> {
  const isExact = scale <= BigInt(Number.MAX_SAFE_INTEGER);
  return Object.fromEntries([...integers].map(([id, value]) => [id, isExact ? Number(value) : value.toString()]));
}

/** An option's number: as in a file, where 1e18 is a JSON number and 0.30 may be a string. */
function parseOption(text: string, option: string): Decimal {
  return parseDecimal(/^\d+(\.\d+)?e[+-]?\d+$/i.test(text) ? Number(text) : text, option);
}

function parseScale(text: string): bigint {
  const { digits, scale } = parseOption(text, '--scale');
  if (scale > 0 || digits < 1n || digits > MAX_SCALE) {
    throw new ParameterError('--scale', text, 'the whole numbers from 1 to 2^256 - 1');
  }
  return digits;
}

function printAnswer({ name, weights, removed, capRounds, integers }: Answer, isLater: boolean): void {
  if (isLater) printLine();
  if (name !== undefined) printLine(name);
  const rows = Object.entries(weights).map(([id, weight]) => [id, weight, ...(integers ? [integers[id] ?? ''] : [])]);
  printTable(['asset', 'weight', ...(integers ? ['integer'] : [])], rows);
  printLine(`removed: ${removed.length === 0 ? 'none' : removed.join(', ')}   cap rounds: ${capRounds}`);
}
