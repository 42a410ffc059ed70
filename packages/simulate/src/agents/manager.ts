import { AumFee, ONE } from '@wicker/core';
import type { Fund, FundLeg } from '../chain/fund.ts';
import { weightsOf } from '../chain/funds.ts';
import type { Party } from '../chain/ledger.ts';
import type { World } from '../chain/world.ts';
import { normals, type Random } from '../random.ts';
import type { AgentGroup } from '../scenario/agents.ts';
import { DAY, type Scenario } from '../scenario.ts';
import { type ScheduledAgent, scheduled } from './agent.ts';

type ManagerGroup = Extract<AgentGroup, { kind: 'manager' }>;

/** {1} standard deviation of the logarithm by which a random manager moves a weight. */
const RANDOM_MOVE = 0.15;
/** {1} how much more the favoured half of a flipped basket weighs. */
const FLIP = 4;

/** What moves the weights: random numbers, how often they were moved, by what factor each asset rose since the last time. */
interface Moves {
  readonly normal: Random;
  readonly times: number;
  readonly rose: (asset: number) => number;
}

/** What the next weight of a leg is in proportion to. */
const wanted = (style: ManagerGroup['style'], { asset, weight }: FundLeg, i: number, moves: Moves): number => {
  switch (style) {
    case 'random':
      return Number(weight) * Math.exp(RANDOM_MOVE * moves.normal());
    case 'momentum':
      return Number(weight) * moves.rose(asset);
    case 'flip':
      return (i + moves.times) % 2 === 0 ? FLIP : 1;
  }
};

/** {base} the management fee of a day: shares to the manager, out of all holders' (docs/rules.md 3). */
const takeFee = (world: World, party: Party, fund: Fund, rate: bigint): void => {
  const shares = AumFee.fee(fund.supply, rate, BigInt(DAY));
  if (shares === 0n) return;
  fund.accrue(shares);
  world.ledger.pay({ from: fund.holders, to: party, value: (fund.nav(world.truthExact) * shares) / fund.supply });
};

/** What a manager does in a step. */
interface Duty {
  readonly step: number;
  readonly does: 'take fee' | 'reweigh';
}

/** The fee once a day, and the weights every so many days, from a random moment on. */
const dutiesOf = ({ everyDays }: ManagerGroup, phase: number, { days, stepSeconds, indices }: Scenario): Duty[] => {
  const stepOf = (day: number): number => Math.ceil((day * DAY) / stepSeconds);
  const fees = indices.yearlyFeeBps > 0 ? Array.from({ length: days - 1 }, (_, i) => stepOf(i + 1)) : [];
  const times = Array.from({ length: Math.ceil(days / everyDays) }, (_, i) => stepOf((i + phase) * everyDays));
  return [
    ...fees.map((step): Duty => ({ step, does: 'take fee' })),
    ...times.map((step): Duty => ({ step, does: 'reweigh' })),
  ].sort((a, b) => a.step - b.step);
};

/** Sets the weights of its indices anew every so many days, and takes its fee. @param fundsOf those that it manages */
export const manager = (
  group: ManagerGroup,
  party: Party,
  random: Random,
  scenario: Scenario,
  fundsOf: (world: World) => readonly Fund[],
): ScheduledAgent => {
  const normal = normals(random);
  const duties = dutiesOf(group, random(), scenario);
  const rate = AumFee.ratePerSecond((BigInt(Math.round(scenario.indices.yearlyFeeBps * 100)) * ONE) / 1_000_000n);
  const since = new Map<number, number>();
  let times = 0;
  return scheduled(duties, (world, { does }) => {
    if (does === 'take fee') {
      for (const fund of fundsOf(world)) takeFee(world, party, fund, rate);
      return;
    }
    times += 1;
    const rose = (asset: number): number => world.truth(asset) / (since.get(asset) ?? world.truth(asset));
    for (const fund of fundsOf(world)) {
      fund.reweigh(weightsOf(fund.legs.map((leg, i) => wanted(group.style, leg, i, { normal, times, rose }))));
      world.counts.reweighs += 1;
    }
    for (const place of world.market.assets.keys()) since.set(place, world.truth(place));
  });
};
