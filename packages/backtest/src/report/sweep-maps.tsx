import { BarChart, type HeatRow, HeatTable } from '@wicker/report';
import { isMoreBetter, measureOf, type SweepResult } from '../result.ts';
import { MEASURE_NAMES, measureText, valueText } from './words.ts';

/** Of more than that nobody keeps an overview. */
const MOST_MAPS = 6;

type Pair = readonly [rows: number, columns: number];

/** Every two parameters, none where there is one only; the one with more values downwards, where pages have more room. */
const pairsOf = ({ parameters }: SweepResult): readonly Pair[] =>
  parameters.flatMap((one, i) =>
    parameters.slice(0, i).map((other, k): Pair => (one.values.length > other.values.length ? [i, k] : [k, i])),
  );

/** {scenario} by how many places the next value of each parameter is further. */
const stepsOf = ({ parameters }: SweepResult): readonly number[] =>
  parameters.map((_, i) => parameters.slice(i + 1).reduce((step, { values }) => step * values.length, 1));

/** The measure over two parameters through the best scenario: the others have its values. */
const rowsOf = (result: SweepResult, best: number, [row, column]: Pair): readonly HeatRow[] => {
  const { parameters, scenarios, measure } = result;
  const steps = stepsOf(result);
  const placeOf = (parameter: number): number => {
    const { length } = parameters[parameter]?.values ?? [];
    return Math.floor(best / (steps[parameter] ?? 1)) % length;
  };
  const [rowStep, columnStep] = [steps[row] ?? 1, steps[column] ?? 1];
  const corner = best - placeOf(row) * rowStep - placeOf(column) * columnStep;
  return (parameters[row]?.values ?? []).map((value, r) => ({
    name: valueText(value),
    cells: (parameters[column]?.values ?? []).map((_, c) => {
      const place = corner + r * rowStep + c * columnStep;
      const scenario = scenarios[place];
      return { value: scenario === undefined ? null : measureOf(scenario, measure), isBest: place === best };
    }),
  }));
};

/** The measure over the only parameter. */
const SweepBars = ({ result: { parameters, scenarios, measure } }: { readonly result: SweepResult }) => (
  <section>
    <h2>Map</h2>
    <BarChart
      caption={`${MEASURE_NAMES[measure]} by ${parameters[0]?.name}`}
      series={[MEASURE_NAMES[measure]]}
      groups={scenarios.flatMap((scenario) => {
        const value = measureOf(scenario, measure);
        return value === null ? [] : [{ name: valueText(scenario.values[0] ?? null), bars: [{ value }] }];
      })}
      format={(value) => measureText(value, measure)}
    />
  </section>
);

/** Maps of the measure, a pair of parameters each. */
export const SweepMaps = ({ result, best }: { readonly result: SweepResult; readonly best: number }) => {
  const { parameters, measure } = result;
  const pairs = pairsOf(result);
  const others = (pair: Pair): string =>
    parameters
      .flatMap(({ name }, i) =>
        pair.includes(i) ? [] : [`${name} ${valueText(result.scenarios[best]?.values[i] ?? null)}`],
      )
      .join(', ');
  if (pairs.length === 0) return <SweepBars result={result} />;
  return (
    <section>
      <h2>Map</h2>
      {pairs.slice(0, MOST_MAPS).map((pair) => {
        const [rows, columns] = pair.map((i) => parameters[i]?.name ?? '');
        const rest = others(pair);
        return (
          <HeatTable
            key={pair.join()}
            caption={`${MEASURE_NAMES[measure]}: ${rows} downwards, ${columns} across${rest && `, with ${rest}`}; framed: the best; empty: no figures`}
            rowName={rows ?? ''}
            columns={(parameters[pair[1]]?.values ?? []).map(valueText)}
            rows={rowsOf(result, best, pair)}
            format={(value) => measureText(value, measure)}
            scale={isMoreBetter(measure) ? 'more' : 'less'}
          />
        );
      })}
      {pairs.length > MOST_MAPS && (
        <p className="quiet">
          Shown are {MOST_MAPS} of {pairs.length} pairs of parameters.
        </p>
      )}
    </section>
  );
};
