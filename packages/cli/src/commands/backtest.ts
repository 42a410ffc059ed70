import { join } from 'node:path';
import { type BacktestResult, type Benchmark, backtest, type Statistics } from '@wicker/backtest';
import { backtestPage } from '@wicker/backtest/report';
import { parseMethodologyText } from '@wicker/core';
import type { Command } from 'commander';
import { inContext, nameOf, readText } from '../input.ts';
import { type HistoryOptions, readHistory, withHistory } from '../lab/history.ts';
import { decimalOr, percentOr, usd } from '../lab/words.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { writeText } from '../output-file.ts';

type Options = HistoryOptions & {
  readonly benchmark?: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
};

/** Where pages go that nobody named: beside what the devnet keeps, out of the way of a checkout. */
const FOLDER = join('.wicker', 'backtests');

export function register(program: Command): void {
  withHistory(program.command('backtest'))
    .description('follow a methodology through history, point in time, with all costs')
    .argument('<methodology>', 'methodology file, such as data/methodologies/pdi.jsonc')
    .option('--benchmark <id...>', 'compare with an asset of the prices, or with another methodology file')
    .option('--out <file>', `where the page with tables and charts goes (default: ${FOLDER}/<methodology>.html)`)
    .option('--json', 'print one JSON document, and write no page unless --out says where')
    .addHelpText(
      'after',
      '\nExample:\n  wicker backtest data/methodologies/pdi.jsonc --prices prices.csv --members data/universes/pdi-members.jsonc' +
        ' --benchmark ethereum\n',
    )
    .action(run);
}

async function run(path: string, { benchmark = [], out, json = false, ...options }: Options): Promise<void> {
  const methodology = readMethodology(path);
  const benchmarks = benchmark.map(benchmarkOf);
  const history = await readHistory(options);
  const result = inContext(nameOf(path), () => backtest({ methodology, benchmarks, ...history }));
  const page = out ?? (json ? undefined : join(FOLDER, `${methodology.id}.html`));
  if (page !== undefined) writeText(page, backtestPage(result));
  if (json) printJson(result);
  else print(result, page ?? '');
}

function readMethodology(path: string) {
  const text = readText(path);
  return inContext(nameOf(path), () => parseMethodologyText(text));
}

/** Ids of assets have no such ending. */
function benchmarkOf(name: string): Benchmark {
  if (!/\.jsonc?$/.test(name)) return { kind: 'asset', id: name };
  return { kind: 'methodology', methodology: readMethodology(name) };
}

function print(
  { methodology, days, nav, statistics, benchmarks, rebalances, costs, findings }: BacktestResult,
  page: string,
): void {
  const [gross, net] = [nav.gross.at(-1) ?? 0, nav.net.at(-1) ?? 0];
  printLine(
    `${methodology.title}, ${days[0]} to ${days.at(-1)}: ${days.length} days, ${rebalances.length} days of trades`,
  );
  printLine(`${usd(nav.net[0] ?? 0)} USD became ${usd(net)} USD; without costs ${usd(gross)} USD`);
  printLine();
  printTable(
    ['', 'return', 'a year', 'volatility', 'Sharpe', 'Sortino', 'drawdown', 'tracking error', 'information ratio'],
    [
      [methodology.id, ...wordsOf(statistics.net), '', ''],
      ['without costs', ...wordsOf(statistics.gross), '', ''],
      ...benchmarks.map(({ id, statistics: theirs, relative: { trackingError, informationRatio } }) => {
        return [id, ...wordsOf(theirs), percentOr(trackingError), decimalOr(informationRatio)];
      }),
    ],
  );
  const deepest = statistics.net.maxDrawdown;
  if (deepest !== null) {
    printLine(`deepest from ${deepest.peak} to ${deepest.trough}, back ${deepest.recovered ?? 'never'}`);
  }
  printLine();
  printTable(
    ['cost', 'paid USD', 'on the last day USD'],
    costs.map(({ kind, paidUsd, shortfallUsd }) => [kind, usd(paidUsd), usd(shortfallUsd)]),
  );
  printLine();
  if (findings.length > 0) printLine(`${findings.length} findings in the data: see the page`);
  printLine(`page  ${page}`);
}

function wordsOf({ totalReturn, cagr, volatility, sharpe, sortino, maxDrawdown }: Statistics): string[] {
  return [
    ...[percentOr(totalReturn), percentOr(cagr), percentOr(volatility), decimalOr(sharpe), decimalOr(sortino)],
    percentOr(maxDrawdown?.depth ?? 0),
  ];
}
