import { Collapsed, decimal, HeatTable, type Points, percent, type Strip, StripChart } from '@wicker/report';
import type { BacktestResult, Rebalancing } from '../result.ts';
import { MONTHS } from './words.ts';

/** Strips above this number are for nobody's eyes. */
const MOST_STRIPS = 24;

/** The last rebalance of every month: bands may have one a day. */
const monthly = (rebalances: readonly Rebalancing[]): readonly Rebalancing[] => [
  ...new Map(rebalances.map((one) => [one.day.slice(0, 7), one])).values(),
];

/** The times in which an asset was held, each from its first weight to its last. */
const areasOf = (id: string, rebalances: readonly Rebalancing[]): readonly Points[] => {
  const areas: (readonly [string, number])[][] = [];
  let open: (readonly [string, number])[] | undefined;
  for (const { day, assets } of rebalances) {
    const { before = 0, after = 0 } = assets.find((one) => one.id === id) ?? {};
    if (open !== undefined) open.push([day, before]);
    if (after === 0) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      areas.push(open);
    }
    open.push([day, after]);
  }
  return areas;
};

/** {id: sum of weights after rebalances}, the highest first. */
const heldMost = (rebalances: readonly Rebalancing[]): readonly string[] => {
  const sums = new Map<string, number>();
  for (const { assets } of rebalances) {
    for (const { id, after } of assets) sums.set(id, (sums.get(id) ?? 0) + after);
  }
  return [...sums].sort(([, a], [, b]) => b - a).map(([id]) => id);
};

const yearOf = ({ day }: Rebalancing): string => day.slice(0, 4);

/** The weights of a year: a table that has room on paper. */
const Year = ({
  year,
  ids,
  rebalances,
}: {
  readonly year: string;
  readonly ids: readonly string[];
  readonly rebalances: readonly Rebalancing[];
}) => {
  const weights = rebalances.map(({ assets }) => new Map(assets.map(({ id, after }) => [id, after])));
  const held = ids.filter((id) => weights.some((one) => (one.get(id) ?? 0) > 0));
  return (
    <HeatTable
      caption={`${year}: weights in percent after the last rebalance of each month`}
      rowName="asset"
      columns={rebalances.map(({ day }) => MONTHS[Number(day.slice(5, 7)) - 1] ?? '')}
      rows={held.map((id) => ({ name: id, cells: weights.map((one) => ({ value: one.get(id) || null })) }))}
      format={(value) => decimal(value * 100, 1)}
      scale="more"
    />
  );
};

/** What the fund held, and when. */
export const Weights = ({ result: { rebalances } }: { readonly result: BacktestResult }) => {
  const ids = heldMost(rebalances);
  const [first, last] = [rebalances[0]?.day ?? '', rebalances.at(-1)?.day ?? ''];
  const latest = new Map(rebalances.at(-1)?.assets.map(({ id, after }) => [id, after]));
  const shown = monthly(rebalances);
  const strips = ids.slice(0, MOST_STRIPS).map((id): Strip => {
    const weight = latest.get(id) ?? 0;
    return { name: id, areas: areasOf(id, rebalances), note: weight > 0 ? percent(weight, 1) : 'left' };
  });
  return (
    <section>
      <h2>Weights</h2>
      <p>
        From rebalance to rebalance, straight between: a fall at a rebalance is what was sold, a rise what was bought.
        All strips have one scale; the number is the weight after the last rebalance, on {last}.
        {ids.length > MOST_STRIPS && ` Shown are the ${MOST_STRIPS} with the highest mean weight.`}
      </p>
      <StripChart caption={`Weight of each asset from ${first} to ${last}`} days={[first, last]} strips={strips} />
      <Collapsed title={`All weights after rebalances, year by year: ${ids.length} assets`}>
        {[...new Set(shown.map(yearOf))].map((year) => (
          <Year key={year} year={year} ids={ids} rebalances={shown.filter((one) => yearOf(one) === year)} />
        ))}
      </Collapsed>
    </section>
  );
};
