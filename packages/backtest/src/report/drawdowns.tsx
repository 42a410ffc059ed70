import { DateChart, shortPercent } from '@wicker/report';
import type { BacktestResult } from '../result.ts';
import { drawdowns } from '../statistics/drawdown.ts';

const below = (values: readonly number[]): number[] => drawdowns(values).map((depth) => -depth);

/** How far the fund was below its highest value. */
export const Drawdowns = ({
  result: { days, nav },
  charted,
}: {
  readonly result: BacktestResult;
  readonly charted: BacktestResult['benchmarks'];
}) => (
  <section>
    <h2>Drawdown</h2>
    <DateChart
      caption="Distance from the highest closing value so far, net of costs"
      days={days}
      series={[
        { name: 'net of costs', values: below(nav.net) },
        ...charted.map(({ title, nav: values }) => ({ name: title, values: below(values) })),
      ]}
      format={shortPercent}
      scale="from-zero"
    />
  </section>
);
