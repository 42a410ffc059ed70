import { Facts, MOST_SERIES, renderPage, Table } from '@wicker/report';
import type { SimulationResult } from '../result.ts';
import { Costs } from './costs.tsx';
import { Drifts } from './drifts.tsx';
import { Gains } from './gains.tsx';
import { rulesOf } from './rules.ts';
import { usdc } from './words.ts';

/** What a simulation found as one HTML page of tables and charts that needs nothing but itself; the same result gives the same bytes. */
export const simulationPage = ({ scenario, agentDays, policies }: SimulationResult): string => {
  const charted = policies.slice(0, MOST_SERIES);
  return renderPage({
    title: scenario.name,
    children: (
      <>
        {scenario.about !== undefined && <p>{scenario.about}</p>}
        <Facts
          of={[
            ['days', String(scenario.days)],
            ['indices', String(scenario.indices)],
            ['assets', String(scenario.assets)],
            ['pools', String(scenario.pools)],
            ['agents', String(scenario.agents)],
            ['markets', String(scenario.seeds.length)],
            ['policies', String(policies.length)],
            ['agent-days', String(agentDays)],
          ]}
        />
        <p className="quiet">
          Simulated with the rules that the contracts enforce, from seed {scenario.seeds.join(', ')}; every policy met
          the same markets. The same scenario gives the same page.
          {charted.length < policies.length && ` Charts show the first ${MOST_SERIES} policies, tables all.`}
        </p>
        <Table
          caption="The policies; section 6 of the rules says what the numbers mean"
          columns={['policy', 'limit of a fill', 'loss budget a day', 'epoch', 'opens when']}
          words={[1, 2, 3, 4]}
          rows={policies.map(({ policy }) => [policy.name, ...rulesOf(policy)])}
        />
        <Costs policies={policies} charted={charted} />
        <Drifts policies={policies} charted={charted} />
        <Gains policies={policies} charted={charted} />
        <section>
          <h2>What happened</h2>
          <Table
            caption="Numbers of deeds, and NAV of all indices in USDC"
            columns={[
              'policy',
              'fills on pools',
              'of them sandwiched',
              'fills from stock',
              'crossings',
              'refused',
              'swaps',
              'mints and redemptions',
              'reweighs',
              'NAV at first',
              'NAV at last',
            ]}
            rows={policies.map(({ policy, counts, nav }) => [
              policy.name,
              String(counts.poolFills),
              String(counts.sandwiched),
              String(counts.stockFills),
              String(counts.crosses),
              String(counts.refused),
              String(counts.swaps),
              String(counts.visits),
              String(counts.reweighs),
              usdc(nav.start),
              usdc(nav.end),
            ])}
          />
        </section>
      </>
    ),
  });
};
