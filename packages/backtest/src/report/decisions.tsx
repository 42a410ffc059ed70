import { comparisonOf, type Decision } from '@wicker/core';
import { Collapsed, Table } from '@wicker/report';
import type { BacktestResult, Departure, Rebalancing } from '../result.ts';
import { isDetermined } from '../trades.ts';
import { figure, NONE, REASONS } from './words.ts';

const ruleText = ({ rule, value, threshold }: Decision): string =>
  `${rule} ${figure(value)}, wanted ${comparisonOf(rule)} ${figure(threshold)}`;

const departureText = (departure: Departure): string => {
  const { id, rule } = departure;
  if (rule === 'not-considered') return `${id} (considered no more)`;
  if (rule === 'delisted') return `${id} (its prices ended)`;
  return `${id} (${ruleText({ ...departure, rule })})`;
};

/** Rebalances in a row at which one rule kept an asset out. */
interface Exclusion {
  readonly first: Rebalancing;
  readonly last: Rebalancing;
  readonly before: Decision;
  readonly now: Decision;
}

/** By asset, then by time. Only rebalances that decided on members count. */
const exclusionsOf = (rebalances: readonly Rebalancing[]): readonly Exclusion[] => {
  const decided = rebalances.filter(({ reason }) => isDetermined(reason));
  const [closed, open]: [Exclusion[], Map<string, Exclusion>] = [[], new Map()];
  for (const [i, rebalance] of decided.entries()) {
    for (const now of rebalance.excluded) {
      const running = open.get(now.id);
      const goesOn = running !== undefined && running.last === decided[i - 1] && running.now.rule === now.rule;
      if (running !== undefined && !goesOn) closed.push(running);
      const { first, before } = goesOn ? running : { first: rebalance, before: now };
      open.set(now.id, { first, before, last: rebalance, now });
    }
  }
  const compare = (a: Exclusion, b: Exclusion): number => {
    const [x, y] = [`${a.now.id} ${a.first.day}`, `${b.now.id} ${b.first.day}`];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  return [...closed, ...open.values()].sort(compare);
};

const valuesOf = ({ before, now }: Exclusion): string =>
  before.value === now.value ? figure(now.value) : `${figure(before.value)} … ${figure(now.value)}`;

/** Who entered, who left, who was kept out, and by which rule. */
export const Decisions = ({ result: { rebalances } }: { readonly result: BacktestResult }) => {
  const changed = rebalances.filter(({ entered, left }) => entered.length + left.length > 0);
  const exclusions = exclusionsOf(rebalances);
  return (
    <section>
      <h2>Decisions</h2>
      <Table
        caption={`Who entered and who left, and why: ${changed.length} of ${rebalances.length} rebalances changed the members`}
        columns={['day', 'reason', 'figures of', 'entered', 'left']}
        words={[1, 2, 3, 4]}
        rows={changed.map(({ day, reason, determined, entered, left }) => [
          day,
          REASONS[reason],
          determined,
          entered.join(', ') || NONE,
          left.map(departureText).join('; ') || NONE,
        ])}
      />
      {exclusions.length > 0 && (
        <Collapsed title={`Considered and not taken: ${exclusions.length} decisions`}>
          <Table
            caption="Rebalances in a row at which the same rule decided; values at the first and the last of them"
            columns={['asset', 'from', 'to', 'rule', 'value', 'wanted']}
            words={[1, 2, 3]}
            rows={exclusions.map((one) => [
              one.now.id,
              one.first.day,
              one.last.day,
              one.now.rule,
              valuesOf(one),
              `${comparisonOf(one.now.rule)} ${figure(one.now.threshold)}`,
            ])}
          />
        </Collapsed>
      )}
    </section>
  );
};
