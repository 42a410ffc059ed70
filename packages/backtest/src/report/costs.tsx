import { Collapsed, ColumnChart, decimal, percent, short, shortPercent, Table } from '@wicker/report';
import { type BacktestResult, COST_KINDS, type CostItem, type CostKind, type Rebalancing } from '../result.ts';
import { KINDS, REASONS } from './words.ts';

/** {USD} */
const cents = (amount: number): string => decimal(amount, 2);

const TRADE_KINDS = COST_KINDS.filter((kind) => kind !== 'management-fee');

/** {USD} by what `keyOf` says, and then by kind. */
const sumsOf = (
  ledger: readonly CostItem[],
  keyOf: (item: CostItem) => string,
): ReadonlyMap<string, ReadonlyMap<CostKind, number>> => {
  const sums = new Map<string, Map<CostKind, number>>();
  for (const item of ledger) {
    const own = sums.get(keyOf(item)) ?? new Map<CostKind, number>();
    sums.set(keyOf(item), own.set(item.kind, (own.get(item.kind) ?? 0) + item.paidUsd));
  }
  return sums;
};

/** {1} of NAV by month, of all rebalances in it. */
const turnoverOf = (rebalances: readonly Rebalancing[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { day, turnover } of rebalances) {
    sums.set(day.slice(0, 7), (sums.get(day.slice(0, 7)) ?? 0) + turnover);
  }
  return sums;
};

/** What was traded, and what that and the fees cost. */
export const Costs = ({ result }: { readonly result: BacktestResult }) => {
  const { days, nav, costs, ledger, rebalances, monthly } = result;
  const months = monthly.map(({ month }) => month);
  const [turnover, paid] = [turnoverOf(rebalances), sumsOf(ledger, ({ day }) => day.slice(0, 7))];
  const daily = sumsOf(ledger, ({ day }) => day);
  const navOn = new Map(days.map((day, i) => [day, nav.net[i] ?? 0]));
  const [gross, net] = [nav.gross.at(-1) ?? 0, nav.net.at(-1) ?? 0];
  const paidKinds = costs.filter(({ paidUsd }) => paidUsd > 0).map(({ kind }) => kind);
  return (
    <section>
      <h2>Turnover and costs</h2>
      <ColumnChart
        caption="Turnover by month, in percent of NAV: half the sum of all changes of weights"
        series={['turnover']}
        columns={months.map((name) => ({ name, values: [turnover.get(name) ?? 0] }))}
        format={shortPercent}
      />
      {paidKinds.length > 0 && (
        <ColumnChart
          caption="Costs by month, in USD"
          series={paidKinds.map((kind) => KINDS[kind])}
          columns={months.map((name) => ({ name, values: paidKinds.map((kind) => paid.get(name)?.get(kind) ?? 0) }))}
          format={short}
        />
      )}
      <Table
        caption="Costs in USD: paid on their days, and what the fund lacks for them on the last day, with all that the money would have gained or lost since"
        columns={['kind', 'paid', 'lacking on the last day', 'of the value before costs']}
        rows={[
          ...costs.map(({ kind, paidUsd, shortfallUsd }) => [
            KINDS[kind],
            cents(paidUsd),
            cents(shortfallUsd),
            percent(shortfallUsd / gross, 2),
          ]),
          [
            'all',
            cents(costs.reduce((sum, { paidUsd }) => sum + paidUsd, 0)),
            cents(gross - net),
            percent((gross - net) / gross, 2),
          ],
        ]}
      />
      <Collapsed title={`By rebalance: ${rebalances.length}`}>
        <Table
          caption="Turnover, and the costs of its trades in USD; the last column in basis points of NAV"
          columns={['day', 'reason', 'turnover', ...TRADE_KINDS.map((kind) => KINDS[kind]), 'all', 'bp of NAV']}
          words={[1]}
          rows={rebalances.map(({ day, reason, turnover: traded, costUsd }) => [
            day,
            REASONS[reason],
            percent(traded, 1),
            ...TRADE_KINDS.map((kind) => cents(daily.get(day)?.get(kind) ?? 0)),
            cents(costUsd),
            decimal((costUsd / ((navOn.get(day) ?? 0) + costUsd)) * 1e4, 2),
          ])}
        />
      </Collapsed>
    </section>
  );
};
