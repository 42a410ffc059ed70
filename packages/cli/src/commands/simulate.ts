import { basename, extname, join } from 'node:path';
import { InputError, parseUniqueJson } from '@wicker/core';
import {
  parseScenario,
  parseSweep,
  resultJson,
  type Scenario,
  type SimulationResult,
  type Sweep,
  type SweepRow,
  simulate,
  sweep,
} from '@wicker/simulate';
import { ruleSweepPage, simulationPage } from '@wicker/simulate/report';
import type { Command } from 'commander';
import { inContext, nameOf, readText } from '../input.ts';
import { printLine, printTable } from '../output.ts';
import { writeText } from '../output-file.ts';
import { costRows, driftRows, gainTable, SWEEP_HEADINGS, sweepRow } from '../simulate/tables.ts';

type Options = { html?: string; json?: boolean; seeds?: string };

/** Where pages go that nobody named: beside what the devnet keeps, out of the way of a checkout. */
const FOLDER = join('.wicker', 'simulations');

export function register(program: Command): void {
  program
    .command('simulate')
    .description('let traders, arbitrageurs, searchers, keepers and managers loose on many indices for many days')
    .argument('<scenario>', 'JSON, such as data/scenarios/one-month.json; - is standard input')
    .option('--html <file>', `where the page with tables and charts goes (default: ${FOLDER}/<scenario>.html)`)
    .option('--seeds <list>', 'markets to live through instead of those of the file, such as 1,2,3')
    .option('--json', 'print one JSON document, and write no page unless --html says where')
    .addHelpText(
      'after',
      '\nA file with grids tries other numbers for the rules.\n\nExamples:\n  wicker simulate data/scenarios/one-month.json\n  wicker simulate data/scenarios/sweep.json\n',
    )
    .action(run);
}

function run(path: string, { html, json, seeds }: Options): void {
  const text = readText(path);
  const file = inContext(nameOf(path), () => parse(parseUniqueJson(text), seeds));
  const { data, print, page } = 'grids' in file ? swept(file) : simulated(file);
  const name = path === '-' ? 'scenario' : basename(path, extname(path));
  const target = html ?? (json ? undefined : join(FOLDER, `${name}.html`));
  if (json) process.stdout.write(data());
  else print();
  if (target === undefined) return;
  writeText(target, page());
  if (!json) printLine(`\npage: ${target}`);
}

/** A file with grids is a sweep: other numbers for the rules, side by side. */
function parse(json: unknown, seeds: string | undefined): Scenario | Sweep {
  if (typeof json !== 'object' || json === null || !('grids' in json)) return withSeeds(parseScenario(json), seeds);
  const { scenario, grids } = parseSweep(json);
  return { scenario: withSeeds(scenario, seeds), grids };
}

/** What there is to say about a file once it was lived through. */
type Outcome = { readonly data: () => string; readonly print: () => void; readonly page: () => string };

function simulated(scenario: Scenario): Outcome {
  const result = simulate(scenario);
  return { data: () => resultJson(result), print: () => printResult(result), page: () => simulationPage(result) };
}

function swept(file: Sweep): Outcome {
  const rows = sweep(file);
  return {
    data: () => `${JSON.stringify({ scenario: file.scenario.name, rows }, null, 2)}\n`,
    print: () => printSweep(file, rows),
    page: () => ruleSweepPage(file, rows),
  };
}

function withSeeds(scenario: Scenario, seeds: string | undefined): Scenario {
  if (seeds === undefined) return scenario;
  if (!/^\d{1,9}(,\d{1,9})*$/.test(seeds)) {
    throw new InputError(
      'BAD_SEEDS',
      `--seeds is '${seeds}'`,
      'Give whole numbers with commas between them, such as 1,2,3.',
    );
  }
  return { ...scenario, seeds: [...new Set(seeds.split(',').map(Number))] };
}

function printResult(result: SimulationResult): void {
  const { scenario, agentDays, policies } = result;
  const { days, indices, assets, agents, seeds } = scenario;
  printLine(scenario.name);
  printLine(
    `${days} days, ${indices} indices, ${assets} assets, ${agents} agents, ${seeds.length} ${seeds.length === 1 ? 'market' : 'markets'}: ${agentDays} agent-days`,
  );
  printLine('\nWhat fills cost the holders, in bp of what was filled');
  printTable(
    ['policy', 'filled USDC', 'pool fees', 'impact', 'beyond both', '±', 'worst day, bp of NAV'],
    policies.map(costRows),
  );
  printLine('\nDrift in bp');
  printTable(['policy', 'mean', 'highest', 'epochs', 'reached tolerance'], policies.map(driftRows));
  printLine('\nWho gained and who lost, in USDC');
  const { headings, rows } = gainTable(policies);
  printTable(headings, rows);
}

function printSweep({ grids }: Sweep, rows: readonly SweepRow[]): void {
  for (const [grid, { of, vary }] of grids.entries()) {
    printLine(`${grid === 0 ? '' : '\n'}${of}: ${Object.keys(vary).join(', ')}`);
    printTable(SWEEP_HEADINGS, rows.filter((row) => row.grid === grid).map(sweepRow));
  }
}
