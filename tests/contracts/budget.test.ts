import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, first, HOUR, isolate, MINUTE, now } from './support/chain.ts';
import { createFund, type Fund, mint, shares } from './support/funds.ts';
import { lostBy, open, type RoundDone, round, roundAt } from './support/rounds.ts';
import { openWorld, refreshFeeds, say, type World } from './support/world.ts';

/** Sells LINK from the keeper's own stock; after 44 minutes it pays 9.90, so 1 % of what is sold is lost. */
const PLAN = { trades: [{ sell: 'link', buy: 'usdc' }] };
const LATE = 44n * MINUTE;

let world: World;
let fund: Fund;
beforeAll(async () => {
  world = await openWorld();
  // NAV 100 000 USDC, 40 000 of LINK to sell
  fund = await createFund(world, { link: ['50', '9000'], usdc: ['50', '10000'] });
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

/** Tries once more; nothing is sold but what the roundings of a budget leave. */
const expectSpent = async (sell: () => Promise<RoundDone>): Promise<void> => {
  const left = await sell().then(sold, (error: unknown) => {
    expect(String(error)).toContain('NothingExecuted()');
    return 0;
  });
  expect(left).toBeLessThan(0.001);
};

/** {tok} whole LINK sold */
const sold = ({ traded }: RoundDone): number => Number(first(traded).given) / 1e18;

describe('the loss budget of an index (docs/rules.md 6)', () => {
  it('is 30 bp of NAV a UTC day in a reweigh window', async () => {
    const epoch = await open(world, [fund]);
    // 300 USDC at 1 %: 3 000 of the 4 000 LINK
    expect(sold(await roundAt(world, epoch, LATE, [fund], PLAN))).toBeCloseTo(3_000, 3);
    expect(await lostBy(world, fund)).toBeCloseTo(30, 5);
    expect(await lostBy(world, fund)).toBeLessThanOrEqual(30);
    await expectSpent(() => round(world, epoch, [fund], PLAN));
  });

  it('is 15 bp in any other epoch', async () => {
    await open(world, [fund]);
    const epoch = await openAt((await now(world.client)) + 73n * HOUR);
    expect(sold(await roundAt(world, epoch, LATE, [fund], PLAN))).toBeCloseTo(1_500, 3);
    expect(await lostBy(world, fund)).toBeCloseTo(15, 5);
  });

  it('is whole again on the next UTC day, and not before', async () => {
    const epoch = await open(world, [fund]);
    await roundAt(world, epoch, LATE, [fund], PLAN);
    const midnight = ((await now(world.client)) / DAY + 1n) * DAY;
    await refreshFeeds(world);
    await expectSpent(() => roundAt(world, epoch, midnight - 1n - epoch.openedAt, [fund], PLAN));
    // the next block is the first one of the day
    const rest = await round(world, epoch, [fund], PLAN);
    expect(await now(world.client)).toBe(midnight);
    // the value of the whole fell by 300 USDC, the target of LINK by half of it: 15 LINK more to sell
    expect(sold(rest)).toBeCloseTo(1_000 + 15, 1);
    expect(await lostBy(world, fund)).toBeCloseTo(10.18, 2);
  });

  it('is spent by small losses too, and every round adds to it', async () => {
    const epoch = await open(world, [fund]);
    // 9.95: 0.5 % of 40 000 is 200, all is sold
    expect(sold(await roundAt(world, epoch, 34n * MINUTE, [fund], PLAN))).toBeCloseTo(4_000, 0);
    expect(await lostBy(world, fund)).toBeCloseTo(20, 3);
    // the target fell by 100: 10 LINK more, at 1 %
    await roundAt(world, epoch, LATE, [fund], PLAN);
    expect(await lostBy(world, fund)).toBeCloseTo(20.1, 2);
  });

  it('is not needed by a fill at or above the anchor', async () => {
    const epoch = await open(world, [fund]);
    expect(sold(await roundAt(world, epoch, 24n * MINUTE, [fund], PLAN))).toBeCloseTo(4_000, 5);
    expect(await lostBy(world, fund)).toBeLessThan(0.0000001);
  });

  it("is each index's own: who has spent it gives nothing, the others go on", async () => {
    const other = await createFund(world, { link: ['50', '6000'], usdc: ['50', '40000'] });
    const epoch = await open(world, [fund, other]);
    await roundAt(world, epoch, LATE, [fund], PLAN);
    const { delta } = await round(world, epoch, [fund, other], PLAN);
    expect(delta(fund, 'link')).toBeGreaterThan(-(10n ** 15n));
    expect(Number(-delta(other, 'link')) / 1e18).toBeCloseTo(1_000, 3);
  });

  it('is a part of NAV: no mint stretches what was spent', async () => {
    const epoch = await open(world, [fund]);
    await roundAt(world, epoch, LATE, [fund], PLAN);
    await mint(world, fund, world.who.alice, shares(900_000n));
    await expectSpent(() => round(world, epoch, [fund], PLAN));
  });

  it('counts what is got below the price of now, when that has risen above the anchor', async () => {
    const epoch = await open(world, [fund]);
    await say(world, 'link', '11');
    // 10.89 for what is worth 11: 11 cents each
    expect(sold(await roundAt(world, epoch, LATE, [fund], PLAN))).toBeCloseTo(300 / 0.11, 2);
    expect(await lostBy(world, fund)).toBeCloseTo(30, 4);
  });

  it('bounds what a lone keeper takes who waits for the floor every day', async () => {
    const epoch = await open(world, [fund]);
    const taken: number[] = [];
    for (const day of [0n, 1n, 2n]) {
      await roundAt(world, epoch, day * DAY + LATE, [fund], PLAN);
      taken.push(await lostBy(world, fund));
      await refreshFeeds(world);
    }
    expect(taken[0]).toBeCloseTo(30, 5);
    expect(taken[1]).toBeCloseTo(10.18, 2);
    expect(taken[2]).toBeCloseTo(0.05, 2);
  });
});

/** Opens the next epoch at a time {s}, all feeds fresh. */
async function openAt(timestamp: bigint) {
  await world.client.setNextBlockTimestamp({ timestamp });
  await refreshFeeds(world);
  return open(world, [fund]);
}
