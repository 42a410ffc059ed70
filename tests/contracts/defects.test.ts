import { holdingsOf, quotesOf, readIndex } from '@wicker/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, isolate, MINUTE, pass, send } from './support/chain.ts';
import {
  byId,
  createFund,
  type Fund,
  holdings,
  mint,
  redeem,
  setWeights,
  shares,
  weightsCall,
} from './support/funds.ts';
import { open, roundAt } from './support/rounds.ts';
import { type AssetOf, addressOf, amountOf, openWorld, refreshFeeds, type World } from './support/world.ts';

// The defects of docs/rules.md 15 that concern these parts and are not named in the other files of this folder.

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

describe('defects of earlier systems (docs/rules.md 15)', () => {
  it('inactive assets counted as 0 on mint and paid out on burn: 1 000 for 1 000, not 1 250', async () => {
    // active: 1 000 USDC of LINK and WETH; skipped: 500 of SNX, out of the targets and without a price
    const legs = { link: ['40', '50'], weth: ['30', '0.25'], snx: ['30', '200'] } as const;
    const fund = await createFund(world, legs);
    await setWeights(world, fund, { link: '50', weth: '50' });
    await pass(world.client, 3n * DAY);
    await refreshFeeds(world, ['snx']);
    // to double the supply one brings as much of the skipped asset as there is
    const paid = byId(fund.ids, (await mint(world, fund, world.who.alice, shares(1_500n))).amounts);
    expect(Number(paid.snx) / 1e18).toBeCloseTo(200, 5);
    const got = byId(fund.ids, (await redeem(world, fund, world.who.alice, shares(1_500n))).amounts);
    for (const id of fund.ids) {
      expect(got[id]).toBeLessThanOrEqual(paid[id] ?? 0n);
      expect((paid[id] ?? 0n) - (got[id] ?? 0n)).toBeLessThanOrEqual(1n);
    }
  });

  it('NAV floored on mint so that the minter gains: many small mints gain nothing', async () => {
    const fund = await createFund(world, { link: ['60', '60'], wbtc: ['40', '0.00666667'] });
    let paid = 0n;
    for (let i = 0; i < 20; ++i)
      paid += byId(fund.ids, (await mint(world, fund, world.who.alice, 1_000n)).amounts).wbtc ?? 0n;
    // each pays a whole satoshi for next to nothing, and all of them together bring back none
    expect(paid).toBe(20n);
    expect(byId(fund.ids, (await redeem(world, fund, world.who.alice, 20_000n)).amounts).wbtc).toBe(0n);
  });

  it('share change 0/0 when an index owns the whole pool: it sells all of it, and buys it again', async () => {
    const fund = await createFund(world, { snx: ['40', '16000'], usdc: ['60', '60000'] });
    await setWeights(world, fund, { usdc: '50', link: '50' });
    const epoch = await open(world, [fund]);
    await roundAt(world, epoch, 29n * MINUTE, [fund], { trades: [{ sell: 'snx', buy: 'link' }] });
    expect((await holdings(world, fund)).snx).toBe(0n);
    await setWeights(world, fund, { usdc: '60', snx: '40' });
    const next = await open(world, [fund]);
    const { delta } = await roundAt(world, next, 34n * MINUTE, [fund], { trades: [{ sell: 'link', buy: 'snx' }] });
    expect(Number(delta(fund, 'snx')) / 1e18).toBeGreaterThan(15_000);
    expect((await holdings(world, fund)).snx).toBe(delta(fund, 'snx') - 1n);
    const { setAside } = await redeem(world, fund, world.who.manager, shares(90_000n));
    expect(setAside).toBe(0n);
  });

  it('a partial reweigh that leaves drift of unlisted assets: what is not named has target 0 and is sold', async () => {
    const fund = await createFund(world, { link: ['50', '5000'], snx: ['30', '12000'], usdc: ['20', '20000'] });
    await setWeights(world, fund, { link: '60', usdc: '40' });
    const { assets, driftBps } = await readIndex(world.client, { platform: world.platform, index: fund.index });
    const snx = assets.find(({ asset }) => asset === addressOf(world, 'snx'));
    expect(snx?.target).toBe(0n);
    expect(Number(snx?.excess) / 1e18).toBeCloseTo(12_000, 5);
    expect(driftBps).toBeCloseTo(3_000, 0);
    const epoch = await open(world, [fund]);
    const trades = ['link', 'usdc'].map((buy) => ({ sell: 'snx', buy }));
    await roundAt(world, epoch, HOUR, [fund], { trades });
    // sold down to what the loss budget of a day pays for, or wholly
    expect((await holdings(world, fund)).snx).toBeLessThan(amountOf(world, 'snx', '200'));
  });

  it('path oracle answering for an unknown asset: it has no price', async () => {
    const stranger = world.platform.vault;
    const call = quotesOf(world.client, { platform: world.platform, assets: [addressOf(world, 'link'), stranger] });
    await expect(call).rejects.toThrow(`UnknownAsset(${stranger})`);
  });

  it('stale feed answers: a price older than heartbeat and grace is not live, and a day later it is none', async () => {
    const statusAfter = async (seconds: bigint) => {
      const id = await world.client.snapshot();
      await pass(world.client, seconds);
      await refreshFeeds(world, ['link']);
      const assets = [addressOf(world, 'link')];
      const [quote] = await quotesOf(world.client, { platform: world.platform, assets });
      await world.client.revert({ id });
      return quote?.status;
    };
    // a heartbeat of 24 h and a tenth of it; some seconds pass while the feeds are refreshed
    expect(await statusAfter(26n * HOUR)).toBe('live');
    expect(await statusAfter(27n * HOUR)).toBe('frozen');
    expect(await statusAfter(51n * HOUR)).toBe('dead');
  });
});

describe('component limit compared with the update list instead of the result (docs/rules.md 15)', () => {
  const ASSETS = Array.from({ length: 51 }, (_, i): AssetOf => [`t${i}`, 18, '1', 0n]);
  const equal = (ids: readonly string[]) => {
    const each = Math.floor(100_000 / ids.length) / 1_000;
    const rest = (100 - each * (ids.length - 1)).toFixed(3);
    return Object.fromEntries(ids.map((id, i) => [id, i === 0 ? rest : String(each)]));
  };
  let wide: World;
  let fund: Fund;
  const ids = ASSETS.map(([id]) => id);
  beforeAll(async () => {
    wide = await openWorld({ assets: ASSETS });
    const held = ids.slice(0, 26);
    const weights = equal(held);
    fund = await createFund(wide, Object.fromEntries(held.map((id) => [id, [weights[id] ?? '0', '1000']])));
  });
  afterAll(() => wide.chain.stop());

  it('25 new ones besides the 26 that are held are too many, 24 are not', async () => {
    const call = weightsCall(wide, fund, equal(ids.slice(26)));
    await expect(send(wide.client, call)).rejects.toThrow('BadLegCount(51)');
    await setWeights(wide, fund, equal(ids.slice(26, 50)));
    const { legs } = await holdingsOf(wide.client, { platform: wide.platform, index: fund.index });
    expect(legs).toHaveLength(50);
  });
});
