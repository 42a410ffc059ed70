import { canonicalJson, formatFixed, type Json, type Proposal, propose } from '@wicker/core';
import type { Command } from 'commander';
import { connect } from '../connect/connect.ts';
import { onChain } from '../connect/on-chain.ts';
import { type ChainOptions, withChain, withJson } from '../connect/options.ts';
import { inContext, nameOf } from '../input.ts';
import { type Comparison, compareProposals, isSame } from '../lab/comparison.ts';
import { type MethodologyOptions, readInputs, withInputs } from '../lab/inputs.ts';
import { compareIndex } from '../lab/on-chain.ts';
import { readProposal } from '../lab/proposal-file.ts';
import { proposalSummary } from '../lab/proposal-text.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { ToldError } from '../told.ts';

type Options = MethodologyOptions &
  ChainOptions & { readonly proposal?: string; readonly index?: string; readonly json?: boolean };

/** A comparison with what it was made with. */
type Made = Comparison & { readonly what: string };

const HELP = `
Exit code 1 when something differs. Examples:
  wicker verify universe.json --methodology pdi.jsonc
  wicker verify universe.json --methodology pdi.jsonc --proposal proposal.json
  wicker verify universe.json --methodology pdi.jsonc --index WDI
`;

export function register(program: Command): void {
  withJson(withChain(withInputs(program.command('verify'))))
    .description('run a methodology again, and compare hash and weights with a proposal or with an index on chain')
    .option('--proposal <file>', 'what `wicker weigh --propose` wrote; says which input differs')
    .option('--index <index>', 'symbol or address: compares its targets, and the hash that came with them')
    .addHelpText('after', HELP)
    .action(onChain(run));
}

async function run(path: string, options: Options): Promise<void> {
  const { proposal, index, json = false } = options;
  const proposed = proposal === undefined ? undefined : readProposal(proposal);
  const inputs = readInputs(path, options);
  const computed = inContext(nameOf(path), () => propose(inputs));
  const made: Made[] = [
    ...(proposed && proposal ? [{ what: nameOf(proposal), ...compareProposals(proposed, computed) }] : []),
    ...(index === undefined ? [] : [{ what: index, ...(await compareIndex(await connect(options), index, computed)) }]),
  ];
  if (json) printJson({ ...proposalSummary(computed), comparisons: made.map((one) => comparisonJson(one, computed)) });
  else print(computed, made);
  if (!made.every((one) => isSame(one, computed))) throw new ToldError();
}

const comparisonJson = (made: Made, computed: Proposal) => ({
  ...{ with: made.what, same: isSame(made, computed), hash: made.hash ?? null },
  inputs: made.inputs.map(({ path, before = null, after = null }) => ({
    ...{ input: path.join('.'), proposed: before, found: after },
  })),
  weights: made.weights.map(({ id, proposed, computed: found }) => ({
    ...{ id, proposed: formatFixed(proposed, 18), computed: formatFixed(found, 18) },
  })),
});

function print(computed: Proposal, made: readonly Made[]): void {
  const { universe, methodology, hash, weights } = computed;
  printLine(`${universe.id} by ${methodology.id}`);
  printLine(`hash         ${hash}`);
  printLine(`universe     ${universe.hash}`);
  printLine(`methodology  ${methodology.hash}`);
  printLine();
  printTable(
    ['asset', 'weight'],
    [...weights].map(([id, weight]) => [id, formatFixed(weight, 18)]),
  );
  for (const one of made) {
    printLine();
    printComparison(one, computed);
  }
}

function printComparison(made: Made, computed: Proposal): void {
  const { what, hash, inputs, weights } = made;
  const told = hash === undefined ? 'no hash came with its weights' : `its hash is ${hash}`;
  if (isSame(made, computed)) {
    printLine(`${what}: the same weights; ${hash === undefined ? told : 'the same hash'}`);
    return;
  }
  printLine(`${what}: DIFFERENT; ${hash === computed.hash ? 'the same hash' : told}`);
  if (inputs.length > 0) {
    printLine();
    printTable(
      ['input that differs', 'proposed', 'found'],
      inputs.map(({ path, before, after }) => [path.join('.'), valueText(before), valueText(after)]),
    );
  }
  if (weights.length === 0) return;
  printLine();
  printTable(
    ['weight that differs', 'proposed', 'computed'],
    weights.map(({ id, proposed, computed: found }) => [id, formatFixed(proposed, 18), formatFixed(found, 18)]),
  );
}

/** {letters} of a value in a table */
const LONGEST = 40;

const valueText = (value: Json | undefined): string => {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : canonicalJson(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};
