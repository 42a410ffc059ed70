import { InputError, type Inputs, idField, parseMethodologyText, parseUniverseText } from '@wicker/core';
import type { Command } from 'commander';
import { inContext, nameOf, readText } from '../input.ts';

/** What universes are weighed by. */
export interface MethodologyOptions {
  readonly methodology: string;
  readonly members?: string;
}

const METHODOLOGY = ['--methodology <file>', 'methodology file, such as data/methodologies/pdi.jsonc'] as const;
const MEMBERS = [
  '--members <ids>',
  'what the index has now, such as aave,uniswap, for a methodology that keeps members longer',
] as const;

/** The argument and options of commands that weigh a universe by a methodology. */
export const withInputs = (command: Command): Command =>
  command
    .argument('<universe>', 'universe file, such as data/universes/pdi-2023-05.json; - is standard input')
    .requiredOption(...METHODOLOGY)
    .option(...MEMBERS);

/** The same options for commands that take other files as well. */
export const withMethodology = (command: Command): Command => command.option(...METHODOLOGY).option(...MEMBERS);

/** A file that `parse` understands; an error says which file it was. @throws {InputError} */
export const readFile = <T>(path: string, parse: (text: string) => T): T => {
  const text = readText(path);
  return inContext(nameOf(path), () => parse(text));
};

/** @throws {InputError} INVALID_ID: a member that is misspelled would have no effect, and nobody would notice */
const parseMembers = (text: string): string[] => {
  const ids = text.split(',').map((id) => id.trim());
  const members = [...new Set(ids.filter((id) => id !== ''))];
  const wrong = members.find((id) => !idField.safeParse(id).success);
  if (wrong === undefined) return members;
  throw new InputError('INVALID_ID', `--members: '${wrong}' is no id`, 'Give ids with commas, such as aave,uniswap.');
};

/** What the text of a universe file and the options say. @throws {InputError} */
export const parseInputs = (path: string, text: string, { methodology, members = '' }: MethodologyOptions): Inputs => ({
  universe: inContext(nameOf(path), () => parseUniverseText(text)),
  methodology: readFile(methodology, parseMethodologyText),
  members: parseMembers(members),
});

/** The same of a universe file that is read first. @throws {InputError} */
export const readInputs = (universe: string, options: MethodologyOptions): Inputs =>
  parseInputs(universe, readText(universe), options);
