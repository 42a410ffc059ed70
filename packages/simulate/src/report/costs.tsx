import { BarChart, decimal, Table } from '@wicker/report';
import type { PolicyResult } from '../result.ts';
import { estimate, usdc } from './words.ts';

const PARTS = ['pool fees', 'impact', 'beyond both'] as const;

/** What fills cost the holders, by policy. */
export const Costs = ({
  policies,
  charted,
}: {
  policies: readonly PolicyResult[];
  charted: readonly PolicyResult[];
}) => (
  <section>
    <h2>What rebalancing cost the holders</h2>
    <p>
      Value given less value received at the true price of the moment, in basis points of what was filled. Beyond pool
      fees and the fill's own impact lies what keepers, searchers and prices off the true one took; part of it no oracle
      shows, as its prices lag.
    </p>
    <BarChart
      caption="Cost of fills by policy, in basis points of what was filled; lines show intervals of 95 %"
      series={PARTS}
      groups={charted.map(({ policy, costs: { poolFees, impact, beyond } }) => ({
        name: policy.name,
        bars: [poolFees, impact, beyond].map(({ mean, within }) => ({ value: mean, within })),
      }))}
      format={(value) => decimal(value, 1)}
    />
    <Table
      caption="Cost in basis points of what was filled, filled and crossed in USDC"
      columns={[
        'policy',
        'filled',
        'crossed',
        'pool fees',
        'impact',
        'beyond both',
        'of it unseen by the oracle',
        'worst index and day',
      ]}
      rows={policies.map(({ policy, volume, costs }) => [
        policy.name,
        usdc(volume.pools + volume.stock),
        usdc(volume.crossed),
        estimate(costs.poolFees, 2),
        estimate(costs.impact, 2),
        estimate(costs.beyond, 2),
        estimate(costs.lag, 2),
        decimal(costs.worst, 1),
      ])}
    />
    <Table
      caption="The same in basis points of NAV a day, pool fees included"
      columns={['policy', 'mean index on a mean day', 'worst index on its worst day']}
      rows={policies.map(({ policy, costs }) => [policy.name, estimate(costs.meanDay, 3), decimal(costs.worstDay, 2)])}
    />
  </section>
);
