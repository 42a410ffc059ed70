import type { Fund } from '../chain/fund.ts';
import type { Party } from '../chain/ledger.ts';
import type { World } from '../chain/world.ts';
import { arrivals, exponential, type Random } from '../random.ts';
import type { AgentGroup } from '../scenario/agents.ts';
import { type ScheduledAgent, scheduled } from './agent.ts';

interface Visit {
  readonly step: number;
  /** {1} place of the index among all, as a part. */
  readonly fund: number;
  readonly mints: boolean;
  /** {USD} */
  readonly size: number;
}

/** {1} one visit moves a tenth of the supply at most. */
const MOST_OF_SUPPLY = 10n;

const visit = (world: World, party: Party, fund: Fund, { mints, size }: Visit): void => {
  const { ledger } = world;
  const nav = fund.nav(world.truthExact);
  const wanted = (BigInt(Math.round(size * 1e6)) * fund.supply) / nav;
  const shares = wanted < fund.supply / MOST_OF_SUPPLY ? wanted : fund.supply / MOST_OF_SUPPLY;
  if (shares === 0n) return;
  const worth = (nav * shares) / fund.supply;
  const amounts = mints ? fund.mint(shares) : fund.redeem(shares);
  const [giver, getter] = mints ? [party, fund.holders] : [fund.holders, party];
  fund.legs.forEach(({ asset }, i) => {
    ledger.transfer({ from: giver, to: getter, asset, amount: amounts[i] ?? 0n });
  });
  ledger.pay({ from: getter, to: giver, value: worth });
  world.payGas(party, world.gas.mint);
  world.counts.visits += 1;
};

/** Mints and redeems in kind at random times, any index; the same whatever the policy. */
export const investor = (
  { visitsPerDay, size }: Extract<AgentGroup, { kind: 'investor' }>,
  party: Party,
  random: Random,
  time: { readonly days: number; readonly stepSeconds: number },
): ScheduledAgent => {
  const visits = arrivals(random, { perDay: visitsPerDay, ...time }).map(
    (step): Visit => ({
      ...{ step, fund: random(), mints: random() < 0.5, size: exponential(random, size) },
    }),
  );
  return scheduled(visits, (world, each) => {
    const fund = world.funds[Math.floor(each.fund * world.funds.length)];
    if (fund !== undefined) visit(world, party, fund, each);
  });
};
