import { describe, expect, it } from 'vitest';
import { World } from '../chain/world.ts';
import { marketOf } from '../market/market.ts';
import { rulesOf } from '../rules.ts';
import { week } from '../scenario.fixture.ts';
import { sandwich } from './sandwich.ts';

const setting = () => {
  const scenario = week({ days: 1 });
  const [policy] = scenario.policies;
  if (policy === undefined) throw new Error('no policy');
  const world = new World(scenario, rulesOf(policy), marketOf(scenario, 1), 1);
  const party = world.ledger.enter('searcher', 'thief', 'thief');
  const pool = world.poolOf('link 1');
  if (pool === undefined) throw new Error('no pool');
  return { world, party, pool, attack: sandwich(party) };
};

/** A fill that sells part of a pool's reserve {bps} at a limit so far {bps} below what it would bring. */
const fillOf = ({ pool }: ReturnType<typeof setting>, partBps: bigint, slackBps: bigint) => {
  const given = (pool.at(0).reserve0 * partBps) / 10_000n;
  const limit = (pool.quote('asset', given) * (10_000n - slackBps)) / 10_000n;
  return { given, fill: { steps: [{ pool, side: 'asset' as const }] as const, given, limit } };
};

describe('a sandwich', () => {
  it('pushes a pool as far as a large fill allows, never below its limit, and gains', () => {
    const all = setting();
    const { world, party, pool, attack } = all;
    const { given, fill } = fillOf(all, 500n, 100n);
    const after = attack(world, fill);
    expect(after).toBeTypeOf('function');
    expect(pool.quote('asset', given)).toBeGreaterThanOrEqual(fill.limit);
    pool.swap('asset', given);
    after?.();
    expect(party.stock[pool.asset]).toBeGreaterThanOrEqual(0n);
    expect(party.gain).toBeGreaterThan(0n);
  });

  it('leaves alone what does not pay two fees: fills within the impact limit of 15 bp, and those without slack', () => {
    for (const [part, slack] of [
      [15n, 100n],
      [15n, 1_000n],
      [500n, 0n],
    ] as const) {
      const all = setting();
      expect(all.attack(all.world, fillOf(all, part, slack).fill)).toBeUndefined();
      expect(all.party.volume).toBe(0n);
    }
  });
});
