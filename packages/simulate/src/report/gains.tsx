import { BarChart, Table } from '@wicker/report';
import type { Gain, PartyKind, PolicyResult } from '../result.ts';
import { PARTIES, usdc } from './words.ts';

const KINDS = Object.keys(PARTIES) as readonly PartyKind[];

const sum = (gains: readonly Gain[]): bigint => gains.reduce((total, { gain }) => total + gain, 0n);

/** {base} */
const ofKind = ({ gains }: PolicyResult, kind: PartyKind): bigint => sum(gains.filter((one) => one.kind === kind));

/** Kinds of which somebody is there, in one order for all policies. */
const kindsIn = (policies: readonly PolicyResult[]): readonly PartyKind[] =>
  KINDS.filter((kind) => policies.some(({ gains }) => gains.some((one) => one.kind === kind)));

/** {kind, group} of every group of agents, in the order of the first policy that has it. */
const groupsIn = (policies: readonly PolicyResult[]): readonly (readonly [PartyKind, string])[] => {
  const groups = new Map<string, readonly [PartyKind, string]>();
  for (const { kind, group } of policies.flatMap(({ gains }) => gains)) groups.set(`${kind}\n${group}`, [kind, group]);
  return [...groups.values()];
};

/** Who gained and who lost, by policy. */
export const Gains = ({
  policies,
  charted,
}: {
  policies: readonly PolicyResult[];
  charted: readonly PolicyResult[];
}) => {
  const names = policies.map(({ policy }) => policy.name);
  const groups = groupsIn(policies);
  return (
    <section>
      <h2>Who gained, who lost</h2>
      <p>
        Every transfer between two parties counts at the true price of its moment: what one gains another loses, and all
        gains of a policy sum to zero. What prices did to anybody's stock is not in it.
      </p>
      <BarChart
        caption="Gains and losses in USDC, by kind of party"
        series={charted.map(({ policy }) => policy.name)}
        groups={kindsIn(charted).map((kind) => ({
          name: PARTIES[kind],
          bars: charted.map((one) => ({ value: Number(ofKind(one, kind)) / 1e6 })),
        }))}
        format={(value) => usdc(BigInt(Math.round(value * 1e6)))}
      />
      <Table
        caption="Gains and losses in USDC, by group"
        columns={['group', 'kind', ...names]}
        words={[1]}
        rows={[
          ...groups.map(([kind, group]) => [
            group,
            PARTIES[kind],
            ...policies.map(({ gains }) => usdc(sum(gains.filter((one) => one.kind === kind && one.group === group)))),
          ]),
          ['all together', '', ...policies.map(({ gains }) => usdc(sum(gains)))],
        ]}
      />
    </section>
  );
};
