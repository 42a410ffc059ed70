import { DateChart, short, Table } from '@wicker/report';
import type { BacktestResult } from '../result.ts';
import type { Statistics } from '../statistics.ts';
import { decimalOr, NONE, percentOr } from './words.ts';

const STATISTICS: readonly (readonly [name: string, text: (statistics: Statistics) => string])[] = [
  ['total return', ({ totalReturn }) => percentOr(totalReturn, 1)],
  ['return a year (CAGR)', ({ cagr }) => percentOr(cagr, 1)],
  ['volatility a year', ({ volatility }) => percentOr(volatility, 1)],
  ['Sharpe ratio', ({ sharpe }) => decimalOr(sharpe, 2)],
  ['Sortino ratio', ({ sortino }) => decimalOr(sortino, 2)],
  ['maximum drawdown', ({ maxDrawdown }) => percentOr(maxDrawdown?.depth ?? 0, 1)],
  ['fell from', ({ maxDrawdown }) => maxDrawdown?.peak ?? NONE],
  ['to', ({ maxDrawdown }) => maxDrawdown?.trough ?? NONE],
  ['back on', ({ maxDrawdown }) => (maxDrawdown === null ? NONE : (maxDrawdown.recovered ?? 'not yet'))],
];

/** What a unit of the fund was worth, beside its benchmarks. */
export const Performance = ({
  result: { days, nav, statistics, benchmarks, settings },
  charted,
}: {
  readonly result: BacktestResult;
  readonly charted: BacktestResult['benchmarks'];
}) => (
  <section>
    <h2>Value</h2>
    <DateChart
      caption="Net asset value in USD, after all costs and before them; equal steps upwards are equal returns"
      days={days}
      series={[
        { name: 'net of costs', values: nav.net },
        ...charted.map(({ title, nav: values }) => ({ name: title, values })),
        { name: 'before costs', values: nav.gross },
      ]}
      format={short}
      scale="log"
    />
    <Table
      caption={`Statistics: 365 days a year, risk-free rate ${percentOr(settings.riskFreeRate, 1)}, simple daily returns, drawdown of closing values`}
      columns={['figure', 'net of costs', 'before costs', ...benchmarks.map(({ title }) => title)]}
      rows={[
        ...STATISTICS.map(([name, text]) => [
          name,
          ...[statistics.net, statistics.gross, ...benchmarks.map((one) => one.statistics)].map(text),
        ]),
        ...(benchmarks.length === 0
          ? []
          : [
              [
                'tracking error to it',
                '',
                '',
                ...benchmarks.map(({ relative }) => percentOr(relative.trackingError, 1)),
              ],
              [
                'information ratio against it',
                ...['', ''],
                ...benchmarks.map(({ relative }) => decimalOr(relative.informationRatio, 2)),
              ],
            ]),
      ]}
    />
  </section>
);
