import { join } from 'node:path';
import {
  beginningsOf,
  isMoreBetter,
  measureOf,
  type ParameterValue,
  parseGridText,
  type Scenario,
  type ScenarioFigures,
  type SweepResult,
  sweep,
} from '@wicker/backtest';
import { sweepPage } from '@wicker/backtest/report';
import { parseLocatedJson, parseMethodologyText } from '@wicker/core';
import type { Command } from 'commander';
import { inContext, nameOf, readText } from '../input.ts';
import { type HistoryOptions, readHistory, withHistory } from '../lab/history.ts';
import { decimalOr, percentOr } from '../lab/words.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { writeText } from '../output-file.ts';

type Options = HistoryOptions & { readonly grid: string; readonly out?: string; readonly json?: boolean };

/** Where pages go that nobody named: beside what the devnet keeps, out of the way of a checkout. */
const FOLDER = join('.wicker', 'sweeps');
/** Scenarios of the table; the page has more, --json all. */
const SHOWN = 20;

export function register(program: Command): void {
  withHistory(program.command('sweep'))
    .description('follow a methodology through history for every combination of some of its parameters')
    .argument('<methodology>', 'methodology file, such as data/methodologies/pdi.jsonc')
    .requiredOption('--grid <file>', 'parameters and their values, such as data/grids/pdi.jsonc')
    .option('--out <file>', `where the page with table and heat maps goes (default: ${FOLDER}/<methodology>.html)`)
    .option('--json', 'print one JSON document, and write no page unless --out says where')
    .addHelpText(
      'after',
      '\nExample:\n  wicker sweep data/methodologies/pdi.jsonc --prices prices.csv --members data/universes/pdi-members.jsonc' +
        ' --grid data/grids/pdi.jsonc\n',
    )
    .action(run);
}

async function run(path: string, { grid: gridPath, out, json = false, ...options }: Options): Promise<void> {
  const text = readText(path);
  const methodology = inContext(nameOf(path), () => parseMethodologyText(text));
  const gridText = readText(gridPath);
  const grid = inContext(nameOf(gridPath), () => parseGridText(gridText));
  const history = await readHistory(options);
  const { value } = parseLocatedJson(text);
  const result = await sweep({
    json: value,
    grid,
    ...history,
    ...(json ? {} : { onProgress: progressOf(process.stderr) }),
  });
  const page = out ?? (json ? undefined : join(FOLDER, `${methodology.id}.html`));
  if (page !== undefined) writeText(page, sweepPage(result));
  if (json) printJson(result);
  else print(result, page ?? '');
}

/** Says how far a sweep is: on a terminal in one line that changes, elsewhere a line for every tenth. */
function progressOf(stream: NodeJS.WriteStream): (done: number, count: number) => void {
  let said = -1;
  return (done, count) => {
    const parts = stream.isTTY ? 100 : 10;
    const part = Math.floor((done * parts) / count);
    if (part === said) return;
    said = part;
    const words = `${done} of ${count} scenarios`;
    stream.write(stream.isTTY ? `\r${words}${done === count ? '\n' : ''}` : `${words}\n`);
  };
}

function print(result: SweepResult, page: string): void {
  const { methodology, from, to, measure, parameters, scenarios, best } = result;
  printLine(`${methodology.title}, ${from} to ${to}: ${scenarios.length} scenarios by ${measure}`);
  printLine();
  const rows = rankedRows(result);
  printTable(
    [
      ...parameters.map(({ name }) => name),
      'a year',
      'volatility',
      'Sharpe',
      'Sortino',
      'drawdown',
      'turnover',
      'cost',
    ],
    rows.slice(0, SHOWN),
  );
  if (rows.length > SHOWN) printLine(`and ${rows.length - SHOWN} more`);
  for (const [message, count] of failuresOf(scenarios)) printLine(`${count} without figures, such as: ${message}`);
  const beginnings = beginningsOf(result);
  if (beginnings !== undefined) printLine(`scenarios begin on different days, ${beginnings.join(' to ')}`);
  printLine();
  const chosen = best === null ? undefined : scenarios[best];
  if (chosen !== undefined) {
    printLine(`best  ${parameters.map(({ name }, i) => `${name} = ${textOf(chosen.values[i])}`).join(', ')}`);
  }
  printLine(`page  ${page}`);
}

/** Rows of the table, the best scenario first; those without the measure are left out. */
function rankedRows({ scenarios, measure }: SweepResult): string[][] {
  const sign = isMoreBetter(measure) ? -1 : 1;
  return scenarios
    .flatMap((scenario) => {
      const value = measureOf(scenario, measure);
      return value === null || scenario.outcome.kind === 'failed'
        ? []
        : [{ value, row: rowOf(scenario.values, scenario.outcome.figures) }];
    })
    .sort((a, b) => sign * (a.value - b.value))
    .map(({ row }) => row);
}

function rowOf(
  values: readonly ParameterValue[],
  { statistics, yearlyTurnover, yearlyCost }: ScenarioFigures,
): string[] {
  const { cagr, volatility, sharpe, sortino, maxDrawdown } = statistics;
  return [
    ...values.map(textOf),
    ...[percentOr(cagr), percentOr(volatility), decimalOr(sharpe), decimalOr(sortino)],
    ...[percentOr(maxDrawdown?.depth ?? 0), percentOr(yearlyTurnover), percentOr(yearlyCost)],
  ];
}

/** Codes of failures: the message of the first, and how many there are. */
function failuresOf(scenarios: readonly Scenario[]): readonly (readonly [string, number])[] {
  const byCode = new Map<string, [string, number]>();
  for (const { outcome } of scenarios) {
    if (outcome.kind === 'done') continue;
    const [message, count] = byCode.get(outcome.code) ?? [outcome.message, 0];
    byCode.set(outcome.code, [message, count + 1]);
  }
  return [...byCode.values()];
}

function textOf(value: ParameterValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
