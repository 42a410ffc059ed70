import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { InputError, parseUniqueJson, WickerError } from '@wicker/core';
import { parseScenario, resultJson, type Scenario, type SimulationResult, simulate } from '@wicker/simulate';
import { simulationPage } from '@wicker/simulate/report';
import type { Command } from 'commander';
import { inContext, nameOf, readText } from '../input.ts';
import { printLine, printTable } from '../output.ts';
import { costRows, driftRows, gainTable } from '../simulate/tables.ts';

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
    .addHelpText('after', '\nExample:\n  wicker simulate data/scenarios/one-month.json\n')
    .action(run);
}

function run(path: string, { html, json, seeds }: Options): void {
  const text = readText(path);
  const scenario = inContext(nameOf(path), () => withSeeds(parseScenario(parseUniqueJson(text)), seeds));
  const result = simulate(scenario);
  const page =
    html ?? (json ? undefined : join(FOLDER, `${path === '-' ? 'scenario' : basename(path, extname(path))}.html`));
  if (json) process.stdout.write(resultJson(result));
  else printResult(result);
  if (page === undefined) return;
  write(page, simulationPage(result));
  if (!json) printLine(`\npage: ${page}`);
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

function write(path: string, page: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, page);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WickerError('UNWRITABLE_FILE', `cannot write '${path}': ${reason}`, 'Name another file with --html.');
  }
}
