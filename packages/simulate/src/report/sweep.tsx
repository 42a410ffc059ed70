import { decimal, Facts, renderPage, Table } from '@wicker/report';
import type { Sweep, SweepRow } from '../sweep.ts';
import { estimate } from './words.ts';

const HEADINGS = [
  'numbers',
  'better',
  'beyond fees and impact, bp',
  'drift, bp',
  'reached tolerance, %',
  'after minutes',
  'hostile: worst day, bp of NAV',
  'hostile: mean day, bp of NAV',
  'hostile: drift, bp',
  'pools alone: drift, bp',
] as const;

const cellsOf = (row: SweepRow): string[] => [
  row.policy.name,
  row.better ? 'yes' : '',
  estimate(row.beyond, 2),
  estimate(row.drift, 1),
  decimal(row.reached.mean * 100, 1),
  decimal(row.minutes.mean, 0),
  decimal(row.hostileWorstDay, 1),
  estimate(row.hostileMeanDay, 2),
  estimate(row.hostileDrift, 1),
  estimate(row.honestDrift, 1),
];

/** What other numbers for the rules do, as one HTML page that needs nothing but itself. */
export const ruleSweepPage = ({ scenario, grids }: Sweep, rows: readonly SweepRow[]): string =>
  renderPage({
    title: `Other numbers for the rules: ${scenario.name}`,
    children: (
      <>
        {scenario.about !== undefined && <p>{scenario.about}</p>}
        <Facts
          of={[
            ['days', String(scenario.days)],
            ['indices', String(scenario.indices.count)],
            ['markets', String(scenario.seeds.length)],
            ['sets of numbers', String(rows.length)],
          ]}
        />
        <p className="quiet">
          Each set met the same markets three times: among those who compete, with one hostile keeper alone, and over
          pools alone. Better is what is no worse than the first row of its table in cost, hostile loss and all drifts,
          and better in one.
        </p>
        {grids.map(({ of, vary }, grid) => (
          <section key={`${of} ${Object.keys(vary).join(' ')}`}>
            <h2>{`${of}: ${Object.keys(vary).join(', ')}`}</h2>
            <Table
              caption="The first row is the policy as it is"
              columns={HEADINGS}
              words={[1]}
              rows={rows.filter((row) => row.grid === grid).map(cellsOf)}
            />
          </section>
        ))}
      </>
    ),
  });
