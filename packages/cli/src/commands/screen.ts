import { comparisonOf, type Decision, determine, formatFixed, InputError, parseJson } from '@wicker/core';
import type { Command } from 'commander';
import { inContext, nameOf, readText } from '../input.ts';
import { isFiguresFile, parseFiguresFile } from '../lab/figures-file.ts';
import { type MethodologyOptions, parseInputs, withMethodology } from '../lab/inputs.ts';
import { type FiguresAnswer, screenFigures } from '../lab/screen-figures.ts';
import { type Cell, printJson, printLine, printTable } from '../output.ts';

type Options = Partial<MethodologyOptions> & { readonly json?: boolean };

const HELP = `
A file of figures has its thresholds in it, or is a list of such cases:
  {
    "name": "2023-05",
    "thresholds": { "circulating_to_total": 0.3, "liquidity_usd": null, "price_impact": -0.04 },
    "assets": { "uniswap": { "circulating_supply": 577501000, "total_supply": 1e9, "price_impact_100k": -0.0056 } }
  }
A threshold that is null asks for nothing. Otherwise an asset without the figure is out, unless a list "qualified" has it.

Examples:
  wicker screen data/universes/pdi-2023-05.json --methodology data/methodologies/pdi.jsonc
  wicker screen figures.json --json
`;

export function register(program: Command): void {
  withMethodology(program.command('screen'))
    .description('say which assets of a universe an index takes, with their weights, and why not the others')
    .argument(
      '<file>',
      'universe file, such as data/universes/pdi-2023-05.json, or a file of figures; - is standard input',
    )
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(run);
}

function run(path: string, { methodology, members, json = false }: Options): void {
  const text = readText(path);
  const document = inContext(nameOf(path), () => parseJson(text));
  if (!isFiguresFile(document.value)) {
    if (methodology === undefined) {
      throw new InputError('USAGE', `'${nameOf(path)}' is a universe: what is it screened by?`, 'Add --methodology.');
    }
    screenUniverse(path, text, { methodology, ...(members === undefined ? {} : { members }) }, json);
    return;
  }
  if (methodology !== undefined || members !== undefined) {
    throw new InputError('USAGE', 'a file of figures has its own thresholds', 'Leave --methodology and --members out.');
  }
  const { kind, cases } = inContext(nameOf(path), () => parseFiguresFile(document));
  const answers = cases.map(screenFigures);
  if (json) printJson(kind === 'single' ? answers[0] : answers);
  else for (const [i, answer] of answers.entries()) printFigures(answer, i > 0);
}

function screenUniverse(path: string, text: string, options: MethodologyOptions, json: boolean): void {
  const { universe, methodology, members } = parseInputs(path, text, options);
  const { weights, excluded } = inContext(nameOf(path), () => determine(universe, methodology, new Set(members)));
  const weighted = [...weights].map(([id, weight]): [string, string] => [id, formatFixed(weight, 18)]);

  if (json) {
    printJson({
      ...{ name: universe.id, methodology: methodology.id },
      qualified: weighted.map(([id]) => id),
      excluded: Object.fromEntries(excluded.map(({ id, ...decision }) => [id, decision])),
      weights: Object.fromEntries(weighted),
    });
    return;
  }
  printLine(`${universe.id} by ${methodology.id}: ${weighted.length} of ${universe.assets.length} assets`);
  printLine();
  printTable(['asset', 'weight'], weighted);
  printLine();
  printExcluded(excluded.map(({ id, ...decision }) => [id, decision]));
}

function printFigures({ name, qualified, excluded }: FiguresAnswer, isLater: boolean): void {
  if (isLater) printLine();
  const decisions = Object.entries(excluded);
  printLine(`${name}: ${qualified.length} of ${qualified.length + decisions.length} assets`);
  if (qualified.length > 0) printLine(qualified.join(' '));
  if (decisions.length === 0) return;
  printLine();
  // A loss is a negative number in such a file.
  printExcluded(decisions, (rule) => (rule === 'price-impact' ? '>=' : comparisonOf(rule)));
}

type Told = { readonly rule: Decision['rule']; readonly value: Cell; readonly threshold: Cell };

function printExcluded(decisions: readonly (readonly [id: string, decision: Told])[], signOf = comparisonOf): void {
  printTable(
    ['excluded', 'rule', 'value', 'wanted'],
    decisions.map(([id, { rule, value, threshold }]) => [id, rule, value, `${signOf(rule)} ${threshold}`]),
  );
}
