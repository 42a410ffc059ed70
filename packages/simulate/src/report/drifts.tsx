import { decimal, LineChart, Table } from '@wicker/report';
import type { PolicyResult } from '../result.ts';
import { estimate } from './words.ts';

const highest = (values: readonly number[]): number => values.reduce((high, value) => Math.max(high, value), 0);

/** How far the indices were from their targets, by policy. */
export const Drifts = ({
  policies,
  charted,
}: {
  policies: readonly PolicyResult[];
  charted: readonly PolicyResult[];
}) => (
  <section>
    <h2>How far indices were from their targets</h2>
    <p>Drift is half the sum of the differences between weights and targets, at the true prices.</p>
    <LineChart
      caption="Mean drift of all indices by day, in basis points"
      series={charted.map(({ policy, driftByDay }) => ({
        name: policy.name,
        points: driftByDay.map(({ day, mean }) => [day + 1, mean]),
      }))}
      x={{ name: 'day', format: (value) => (Number.isInteger(value) ? String(value) : '') }}
      y={{ format: (value) => decimal(value, value % 1 === 0 ? 0 : 1), fromZero: true }}
    />
    <Table
      caption="Drift in basis points, and what epochs achieved"
      columns={[
        'policy',
        'mean drift',
        'highest 95th percentile of a day',
        'highest',
        'epochs',
        'reached tolerance',
        'after minutes',
      ]}
      rows={policies.map(({ policy, drift, driftByDay, epochs }) => [
        policy.name,
        estimate(drift, 1),
        decimal(highest(driftByDay.map(({ p95 }) => p95)), 1),
        decimal(highest(driftByDay.map(({ max }) => max)), 1),
        String(epochs.opened),
        `${decimal(epochs.reached.mean * 100, 1)} %`,
        decimal(epochs.minutes.mean, 0),
      ])}
    />
  </section>
);
