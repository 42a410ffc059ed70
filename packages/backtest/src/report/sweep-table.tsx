import { Collapsed, decimal, percent, Table } from '@wicker/report';
import { isMoreBetter, measureOf, type Scenario, type SweepResult } from '../result.ts';
import { decimalOr, NONE, percentOr, valueText } from './words.ts';

/** Rows that are open at first, and rows of the page: the JSON has all. */
const OPEN = 20;
const MOST = 500;

/** Best first; those without the measure are left out. */
const ranked = ({ scenarios, measure }: SweepResult): readonly Scenario[] => {
  const sign = isMoreBetter(measure) ? -1 : 1;
  return scenarios
    .flatMap((scenario) => {
      const value = measureOf(scenario, measure);
      return value === null ? [] : [{ scenario, value }];
    })
    .sort((a, b) => sign * (a.value - b.value))
    .map(({ scenario }) => scenario);
};

const rowOf = ({ values, outcome }: Scenario, rank: number): readonly string[] => {
  const names = values.map(valueText);
  if (outcome.kind === 'failed') return [String(rank), ...names];
  const { statistics, yearlyTurnover, yearlyCost, meanAssets } = outcome.figures;
  return [
    String(rank),
    ...names,
    percentOr(statistics.cagr, 1),
    percentOr(statistics.volatility, 1),
    decimalOr(statistics.sharpe, 2),
    decimalOr(statistics.sortino, 2),
    percent(statistics.maxDrawdown?.depth ?? 0, 1),
    percent(yearlyTurnover, 0),
    percent(yearlyCost, 2),
    decimal(meanAssets, 1),
  ];
};

const FIGURES = [
  ...['return a year', 'volatility', 'Sharpe', 'Sortino', 'maximum drawdown'],
  ...['turnover a year', 'cost a year', 'mean assets'],
];

/** The scenarios by their measure, and why others have none. */
export const SweepTable = ({ result }: { readonly result: SweepResult }) => {
  const { parameters, scenarios } = result;
  const all = ranked(result);
  // Columns of values that are words, such as what weights go by.
  const words = parameters.flatMap(({ values }, i) =>
    values.some((value) => typeof value === 'string') ? [i + 1] : [],
  );
  const columns = ['rank', ...parameters.map(({ name }) => name), ...FIGURES];
  const failures = new Map<string, Scenario['values'][]>();
  for (const { values, outcome } of scenarios) {
    if (outcome.kind === 'done') continue;
    failures.set(outcome.message, [...(failures.get(outcome.message) ?? []), values]);
  }
  const rows = all.slice(0, MOST).map((scenario, i) => rowOf(scenario, i + 1));
  return (
    <section>
      <h2>Scenarios</h2>
      <Table caption="The best first, net of costs" columns={columns} words={words} rows={rows.slice(0, OPEN)} />
      {rows.length > OPEN && (
        <Collapsed title={`The next ${rows.length - OPEN}${all.length > MOST ? ` of ${all.length - OPEN}` : ''}`}>
          <Table caption="The next ones, net of costs" columns={columns} words={words} rows={rows.slice(OPEN)} />
        </Collapsed>
      )}
      {failures.size > 0 && (
        <Table
          caption="Scenarios without figures"
          columns={['why', 'scenarios', 'such as']}
          words={[2]}
          rows={[...failures].map(([message, cases]) => [
            message,
            String(cases.length),
            parameters.map(({ name }, i) => `${name} ${valueText(cases[0]?.[i] ?? null)}`).join(', ') || NONE,
          ])}
        />
      )}
    </section>
  );
};
