import { decimal, Facts, MOST_SERIES, percent, renderPage } from '@wicker/report';
import type { BacktestResult } from '../result.ts';
import { DAYS_A_YEAR } from '../statistics/year.ts';
import { Costs } from './costs.tsx';
import { Decisions } from './decisions.tsx';
import { Drawdowns } from './drawdowns.tsx';
import { Findings } from './findings.tsx';
import { Months } from './months.tsx';
import { Performance } from './performance.tsx';
import { Weights } from './weights.tsx';
import { decimalOr, percentOr } from './words.ts';

/** The fund itself has two lines, with costs and without. */
const MOST_BENCHMARKS = MOST_SERIES - 2;

/** A back-test as one HTML page of charts and tables that needs nothing but itself; the same result gives the same bytes. */
export const backtestPage = (result: BacktestResult): string => {
  const { methodology, days, settings, statistics, benchmarks, rebalances } = result;
  const { net, gross } = statistics;
  const charted = benchmarks.slice(0, MOST_BENCHMARKS);
  const years = Math.max(days.length - 1, 1) / DAYS_A_YEAR;
  const turnover = rebalances.reduce((sum, one) => sum + one.turnover, 0) / years;
  return renderPage({
    title: `Back-test: ${methodology.title}`,
    children: (
      <>
        <p>
          The methodology {methodology.id} from {days[0]} to {days.at(-1)}, applied to the figures of each day as they
          were known then.
        </p>
        <Facts
          of={[
            ['return a year', percentOr(net.cagr, 1)],
            ['total return', percent(net.totalReturn, 1)],
            ['volatility', percentOr(net.volatility, 1)],
            ['Sharpe ratio', decimalOr(net.sharpe, 2)],
            ['maximum drawdown', percent(net.maxDrawdown?.depth ?? 0, 1)],
            ['turnover a year', percent(turnover, 0)],
            ['cost a year', percent((gross.cagr ?? 0) - (net.cagr ?? 0), 2)],
            ['rebalances', String(rebalances.length)],
          ]}
        />
        <p className="quiet">
          It began with {decimal(settings.capitalUsd, 0)} USD and was rebalanced by {settings.rebalancing}. An asset of
          unknown liquidity counts with {decimal(settings.liquidityUsd, 0)} USD. Figures are net of costs.
          {charted.length < benchmarks.length && ` Charts show the first ${MOST_BENCHMARKS} benchmarks, tables all.`}
        </p>
        <Performance result={result} charted={charted} />
        <Drawdowns result={result} charted={charted} />
        <Months monthly={result.monthly} />
        <Weights result={result} />
        <Costs result={result} />
        <Decisions result={result} />
        <Findings result={result} />
      </>
    ),
  });
};
