import {
  comparisonOf,
  determine,
  formatFixed,
  parseMethodologyText,
  parseUniqueJson,
  parseUniverse,
} from '@wicker/core';
import type { Command } from 'commander';
import { inContext, nameOf, readText } from '../input.ts';
import { printJson, printLine, printTable } from '../output.ts';

type Options = { methodology: string; json?: boolean };

export function register(program: Command): void {
  program
    .command('screen')
    .description('say which assets of a universe an index takes, with their weights, and why not the others')
    .argument('<universe>', 'universe file, such as data/universes/pdi-2023-05.json; - is standard input')
    .requiredOption('--methodology <file>', 'methodology file, such as data/methodologies/pdi.jsonc')
    .option('--json', 'print one JSON document')
    .action(screen);
}

function screen(universePath: string, { methodology: methodologyPath, json }: Options): void {
  const universe = readFile(universePath, (text) => parseUniverse(parseUniqueJson(text)));
  const methodology = readFile(methodologyPath, parseMethodologyText);
  const { weights, excluded } = inContext(nameOf(universePath), () => determine(universe, methodology));
  const weighted = [...weights].map(([id, weight]): [string, string] => [id, formatFixed(weight, 18)]);

  if (json) {
    printJson({
      universe: universe.id,
      methodology: methodology.id,
      qualified: weighted.map(([id]) => id),
      excluded,
      weights: Object.fromEntries(weighted),
    });
    return;
  }
  printLine(`${universe.id} by ${methodology.id}: ${weighted.length} of ${universe.assets.length} assets`);
  printLine();
  printTable(['asset', 'weight'], weighted);
  printLine();
  printTable(
    ['excluded', 'rule', 'value', 'wanted'],
    excluded.map(({ id, rule, value, threshold }) => [id, rule, value, `${comparisonOf(rule)} ${threshold}`]),
  );
}

function readFile<T>(path: string, parse: (text: string) => T): T {
  const text = readText(path);
  return inContext(nameOf(path), () => parse(text));
}
