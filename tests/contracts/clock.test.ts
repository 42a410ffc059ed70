import { BASIS_POINT, Clock, ONE, Orders } from '@wicker/core';
import { openingOf, rebalancerAbi } from '@wicker/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, first, HOUR, isolate, MINUTE, sendTogether } from './support/chain.ts';
import { createFund, type Fund, holdings } from './support/funds.ts';
import {
  anchorOf,
  lostBy,
  open,
  openCall,
  type RoundDone,
  readRound,
  round,
  roundAt,
  roundCall,
} from './support/rounds.ts';
import { amountOf, openWorld, refreshFeeds, say, USD, type World } from './support/world.ts';

/** Sells LINK, from the keeper's own stock: it pays exactly the limit. */
const PLAN = { trades: [{ sell: 'link', buy: 'usdc' }] };

let world: World;
let fund: Fund;
beforeAll(async () => {
  world = await openWorld();
  // 60 000 USD of LINK and 40 000 USDC: 1 000 LINK too many
  fund = await createFund(world, { link: ['50', '6000'], usdc: ['50', '40000'] });
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

/** {USD} what was paid for one LINK, to the 0.0001 of a cent, rounded */
const paidPerLink = ({ traded }: RoundDone): number => {
  const { given, received } = first(traded);
  return Math.round(Number((received * 10n ** 18n) / given)) / 1e6;
};

describe('the clock: LINK anchor 10, q = 1 % (docs/rules.md 6)', () => {
  it('t = 0: 10.12', async () => {
    const opening =
      1n +
      (await world.client.readContract({
        ...{ address: world.platform.rebalancer, abi: rebalancerAbi, functionName: 'openingCount' },
      }));
    const calls = [await openCall(world, [fund]), roundCall(world, opening, [fund], PLAN)];
    const done = readRound(world, first((await sendTogether(world.client, calls)).slice(1)));
    expect(paidPerLink(done)).toBeCloseTo(10.12, 5);
    const { given, received } = first(done.traded);
    expect(given).toBeLessThan(amountOf(world, 'link', '988.143'));
    expect(given).toBeGreaterThan(amountOf(world, 'link', '988.142'));
    expect(received).toBe(10_000n * USD);
  });

  it.each([
    [12n, 10.06],
    [24n, 10.0],
    [34n, 9.95],
    [44n, 9.9],
  ])('after %s minutes: %s', async (minutes, price) => {
    const epoch = await open(world, [fund]);
    const done = await roundAt(world, epoch, minutes * MINUTE, [fund], PLAN);
    expect(paidPerLink(done)).toBeCloseTo(price, 5);
    const { given, received } = first(done.traded);
    const [link, usdc] = [await anchorOf(world, epoch, 'link'), await anchorOf(world, epoch, 'usdc')];
    expect(received).toBe(Clock.minReceived(given, link, usdc, Clock.clockFactor(100n, minutes * MINUTE)));
    const lost = await lostBy(world, fund);
    // of NAV, a tenth of which is sold
    expect(lost).toBeCloseTo(Math.max(0, (10 - price) * 100), 4);
  });

  it('falls by the second', async () => {
    const epoch = await open(world, [fund]);
    const done = await roundAt(world, epoch, 30n * MINUTE + 1n, [fund], PLAN);
    const factor = Clock.clockFactor(100n, 30n * MINUTE + 1n);
    expect(factor).toBeLessThan(Clock.clockFactor(100n, 30n * MINUTE));
    const { given, received } = first(done.traded);
    expect(received).toBe(
      Clock.minReceived(given, await anchorOf(world, epoch, 'link'), await anchorOf(world, epoch, 'usdc'), factor),
    );
  });

  it('stays 100 bp below the price of now: 9.90 for ever while LINK stands at 10', async () => {
    const epoch = await open(world, [fund]);
    expect(paidPerLink(await roundAt(world, epoch, 5n * HOUR, [fund], PLAN))).toBeCloseTo(9.9, 5);
  });

  it('follows a price that rises: 10.395 while LINK stands at 10.50', async () => {
    const epoch = await open(world, [fund]);
    await say(world, 'link', '10.5');
    expect(paidPerLink(await roundAt(world, epoch, 5n * HOUR, [fund], PLAN))).toBeCloseTo(10.395, 5);
  });

  it('a price that falls pulls nothing down before its time', async () => {
    const epoch = await open(world, [fund]);
    await say(world, 'link', '9');
    expect(paidPerLink(await roundAt(world, epoch, 24n * MINUTE, [fund], PLAN))).toBeCloseTo(10, 5);
  });

  it('adds the thresholds of both feeds', async () => {
    const pair = await createFund(world, { link: ['50', '6000'], wbtc: ['50', '0.66666667'] });
    const epoch = await open(world, [pair]);
    const done = await roundAt(world, epoch, 60n, [pair], { trades: [{ sell: 'link', buy: 'wbtc' }] });
    const { given, received } = first(done.traded);
    const [link, wbtc] = [await anchorOf(world, epoch, 'link'), await anchorOf(world, epoch, 'wbtc')];
    const factor = Clock.clockFactor(150n, 60n);
    expect(factor).toBe(10n ** 18n + 165n * BASIS_POINT);
    expect(received).toBe(Clock.minReceived(given, link, wbtc, factor));
  });
});

describe("a fill from the filler's own stock (docs/rules.md 6)", () => {
  it('brings each traded asset nearer to its target, never past it', async () => {
    const epoch = await open(world, [fund]);
    const [link, usdc] = [await anchorOf(world, epoch, 'link'), await anchorOf(world, epoch, 'usdc')];
    const before = await holdings(world, fund);
    const nav = Orders.valueOf(before.link ?? 0n, link) + Orders.valueOf(before.usdc ?? 0n, usdc);
    const { delta } = await roundAt(world, epoch, 34n * MINUTE, [fund], PLAN);
    const held = await holdings(world, fund);
    const target = Orders.targetAmount(nav, ONE / 2n, link);
    expect((before.link ?? 0n) + delta(fund, 'link')).toBe(target);
    // a unit is rounded down: its dust is nobody's
    expect(held.link).toBe(target - 1n);
    expect(held.usdc).toBeLessThan(Orders.targetAmount(nav, ONE / 2n, usdc));
    expect(held.usdc).toBeGreaterThan(before.usdc ?? 0n);
    // what the trade lost moves the targets a little: 25 USDC are left to sell, of 10 000
    const rest = await round(world, epoch, [fund], PLAN);
    expect(first(rest.traded).given).toBeLessThan(amountOf(world, 'link', '2.6'));
  });

  it('needs the filler to pay: who cannot is skipped, and nothing moves', async () => {
    const epoch = await open(world, [fund]);
    const call = { ...roundCall(world, epoch.opening, [fund], PLAN), from: world.who.bob };
    await at(world.client, epoch.openedAt + HOUR);
    await expect(sendTogether(world.client, [call])).rejects.toThrow('NothingExecuted()');
  });

  it('passes over who is not in the epoch, or whose epoch is over', async () => {
    const other = await createFund(world, { link: ['50', '6000'], usdc: ['50', '40000'] });
    const epoch = await open(world, [fund]);
    await expect(round(world, epoch, [other], PLAN)).rejects.toThrow('NothingExecuted()');
    const { delta } = await roundAt(world, epoch, HOUR, [fund, other], PLAN);
    expect(delta(fund, 'link')).toBeLessThan(0n);
    expect(delta(other, 'link')).toBe(0n);
    await at(world.client, epoch.openedAt + 72n * HOUR);
    await refreshFeeds(world);
    await expect(round(world, epoch, [fund], PLAN)).rejects.toThrow('NothingExecuted()');
  });

  it('wants an opening that there was, and each index once', async () => {
    const epoch = await open(world, [fund]);
    await expect(round(world, { ...epoch, opening: 99n }, [fund], PLAN)).rejects.toThrow('UnknownOpening(99)');
    await expect(round(world, epoch, [fund, fund], PLAN)).rejects.toThrow('NotAscending');
    const unknown = openingOf(world.client, { platform: world.platform, opening: 99n });
    await expect(unknown).rejects.toThrow('UnknownOpening(99)');
  });

  it('takes no more than the filler asks for', async () => {
    const epoch = await open(world, [fund]);
    const most = amountOf(world, 'link', '123.456');
    const { traded } = await roundAt(world, epoch, HOUR, [fund], { trades: [{ sell: 'link', buy: 'usdc', most }] });
    expect(first(traded).given).toBe(most);
    const little = { trades: [{ sell: 'link', buy: 'usdc', most: amountOf(world, 'link', '9.99') }] };
    await expect(round(world, epoch, [fund], little)).rejects.toThrow('NothingExecuted()');
  });
});
