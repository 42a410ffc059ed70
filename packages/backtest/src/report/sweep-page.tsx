import { decimal, Facts, renderPage } from '@wicker/report';
import { beginningsOf, isMoreBetter, measureOf, type SweepResult } from '../result.ts';
import { SweepMaps } from './sweep-maps.tsx';
import { SweepTable } from './sweep-table.tsx';
import { MEASURE_NAMES, measureText, valueText } from './words.ts';

/** A sweep as one HTML page of maps and tables that needs nothing but itself; the same result gives the same bytes. */
export const sweepPage = (result: SweepResult): string => {
  const { methodology, from, to, settings, measure, parameters, scenarios, best } = result;
  const found = best === null ? undefined : scenarios[best];
  const highest = found && measureOf(found, measure);
  const beginnings = beginningsOf(result);
  return renderPage({
    title: `Sweep: ${methodology.title}`,
    children: (
      <>
        <p>
          The methodology {methodology.id} from {from} to {to} with every combination of{' '}
          {parameters.map(({ name }) => name).join(', ')}; the best has the{' '}
          {isMoreBetter(measure) ? 'highest' : 'lowest'} {MEASURE_NAMES[measure]}.
        </p>
        <Facts
          of={[
            ['scenarios', String(scenarios.length)],
            ...(typeof highest === 'number'
              ? [[`best ${MEASURE_NAMES[measure]}`, measureText(highest, measure)] as const]
              : []),
            ...parameters.map(
              ({ name }, i) => [name, found === undefined ? 'none' : valueText(found.values[i] ?? null)] as const,
            ),
          ]}
        />
        <p className="quiet">
          Every scenario began with {decimal(settings.capitalUsd, 0)} USD and was rebalanced by {settings.rebalancing}.
          The best of many is partly luck: neighbours on the map that are as good say more than the frame does.
          {beginnings &&
            ` They begin on different days, ${beginnings[0]} to ${beginnings[1]}: part of what tells them apart is the time.`}
        </p>
        {best !== null && <SweepMaps result={result} best={best} />}
        <SweepTable result={result} />
      </>
    ),
  });
};
