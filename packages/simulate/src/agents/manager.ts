import { AumFee, ONE } from '@wicker/core';
import type { Fund, FundLeg } from '../chain/fund.ts';
import { weightsOf } from '../chain/funds.ts';
import type { Party } from '../chain/ledger.ts';
import type { World } from '../chain/world.ts';
import { normals, type Random } from '../random.ts';
import type { AgentGroup } from '../scenario/agents.ts';
import { DAY } from '../scenario.ts';
import type { Agent } from './agent.ts';

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

/** Sets the weights of its indices anew every so many days. @param fundsOf those that it manages */
export const manager = (
  { everyDays, style }: ManagerGroup,
  party: Party,
  random: Random,
  fundsOf: (world: World) => readonly Fund[],
): Agent => {
  const normal = normals(random);
  const phase = random();
  const since = new Map<number, number>();
  let rate: bigint | undefined;
  let times = 0;
  return {
    act(world) {
      const { stepSeconds, indices } = world.scenario;
      const elapsed = world.step * stepSeconds;
      if (indices.yearlyFeeBps > 0 && elapsed > 0 && elapsed % DAY < stepSeconds) {
        rate ??= AumFee.ratePerSecond((BigInt(Math.round(indices.yearlyFeeBps * 100)) * ONE) / 1_000_000n);
        for (const fund of fundsOf(world)) takeFee(world, party, fund, rate);
      }
      if (elapsed < (times + phase) * everyDays * DAY) return;
      times += 1;
      const rose = (asset: number): number => world.truth(asset) / (since.get(asset) ?? world.truth(asset));
      for (const fund of fundsOf(world)) {
        fund.reweigh(weightsOf(fund.legs.map((leg, i) => wanted(style, leg, i, { normal, times, rose }))));
        world.counts.reweighs += 1;
      }
      for (const place of world.market.assets.keys()) since.set(place, world.truth(place));
    },
  };
};
