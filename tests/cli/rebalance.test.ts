import { jump } from '@wicker/devnet';
import { epochOf, readIndex } from '@wicker/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movePrices, passTime } from '../../packages/cli/src/demo/market-day.ts';
import { errorOf, jsonOf, type Run, run } from './support/run.ts';
import { type CliWorld, openCliWorld } from './support/world.ts';

let world: CliWorld;

beforeAll(async () => {
  world = await openCliWorld();
});
afterAll(() => world?.stop());

const wicker = (...args: string[]): Promise<Run> => run(...args, '--deployment', world.file);
const plan = async (...names: string[]) => jsonOf(await wicker('rebalance', 'plan', ...names, '--json'));
const rebalance = (...names: string[]): Promise<Run> =>
  wicker('rebalance', 'run', ...names, '--as', 'keeper', '--yes', '--json');
const drift = async (): Promise<number> => {
  const { client, platform, deployment } = world;
  return (await readIndex(client, { platform, index: deployment.indices.WDI ?? '0x' })).driftBps;
};

// One story: each test goes on where the one before it ended.
describe('wicker rebalance', () => {
  it('has nothing to do while the indices are in tolerance', async () => {
    const { openable, epochs, indices } = await plan();
    expect([openable, epochs]).toEqual([[], []]);
    expect(indices).toMatchObject([
      { symbol: 'WDI', standing: 'in tolerance' },
      { symbol: 'WBC', standing: 'in tolerance' },
    ]);
    const none = await wicker('rebalance', 'run', '--as', 'keeper', '--yes');
    expect(none).toMatchObject({ code: 0, stderr: '' });
    expect(none.stdout).toContain('Nothing can be opened or traded now: nothing was sent.');
    expect(jsonOf(await rebalance()).sent).toBe(false);
  });

  it('says what would be opened, why, and when pairs may cross', async () => {
    await movePrices(
      world,
      new Map([
        ['uniswap', 1.1],
        ['lido-dao', 0.9],
      ]),
    );
    const { openable, epochs, indices, says } = await plan();
    expect(openable).toHaveLength(2);
    expect(indices[0].standing).toMatch(/^may open now: WDI has drifted [\d.]+ bps$/);
    expect(says).toMatch(/^Opens an epoch for 2 indices together: /);
    expect(epochs).toMatchObject([{ opening: null, elapsed: '0', fills: [] }]);
    // Feeds of 50 bps each: the clock begins at 100 + 20 bps over the anchor and needs 24 minutes to it.
    const pair = epochs[0].pairs[0];
    expect(pair).toMatchObject({ o: world.deployment.addresses.uniswap, u: world.deployment.addresses['lido-dao'] });
    expect(pair).toMatchObject({ limit: '1012000000000000000', crossesIn: '1440' });
    const { stdout } = await wicker('rebalance', 'plan', 'WDI');
    expect(stdout).toMatch(/uniswap for lido-dao +\d+ \d+ +\+120\.0 +in 24 min +waits/);
    expect(stdout).not.toContain('WBC');
  });

  it('opens, and tells what entered', async () => {
    const { result, preview, transactions } = jsonOf(await rebalance());
    expect(preview.title).toBe('Open an epoch for WDI, WBC');
    expect(result).toMatchObject([{ kind: 'open', opening: '1' }]);
    expect(result[0].entered).toHaveLength(2);
    expect(Math.abs(Number(transactions[0].gasUsed) / Number(preview.gas.gas) - 1)).toBeLessThan(0.05);
    const { indices, epochs } = await plan();
    expect(indices[0].standing).toMatch(/^in epoch 1, open for \d+ s, ends in 7[12] h \d+ min$/); // the first epoch has the time of a reweigh
    expect(epochs).toMatchObject([{ opening: '1', fills: [] }]);
  });

  it('trades when the clock has come down, as planned', async () => {
    await passTime(world, 40n * 60n);
    const before = await drift();
    const { epochs } = await plan();
    const { fills, pairs } = epochs[0];
    expect(pairs[0].crossesIn).toBe('0');
    expect(fills.length).toBeGreaterThan(0);
    expect(
      fills.every(({ kind, route }: { kind: string; route: string[] }) => kind === 'cross' || route.length > 0),
    ).toBe(true);
    // Two pools keep 60 bps; the limit is at 120 - 5 x 40 bps under the anchor.
    expect(fills.every(({ costBps }: { costBps: number }) => costBps > 0 && costBps < 100)).toBe(true);
    const { stdout } = await wicker('rebalance', 'plan');
    expect(stdout).toMatch(/trade [\d ]+ USDC over 2 pools, costs about \d+\.\d bps/);

    const { result } = jsonOf(await rebalance());
    const [{ opening, crossed, traded, skipped }] = result;
    expect(opening).toBe('1');
    expect(crossed.length + traded.length).toBe(fills.length);
    expect(skipped).toEqual([]);
    expect(await drift()).toBeLessThan(before);
  });

  it('is told to people fill by fill', async () => {
    await passTime(world, 5n * 60n);
    const { code, stdout } = await wicker('rebalance', 'run', '--as', 'keeper', '--yes');
    expect(code).toBe(0);
    if (!stdout.includes('nothing was sent')) {
      expect(stdout).toMatch(/epoch 1: traded [\d ]+ USDC of \S+ for [\d ]+ USDC of \S+ over 2 pools/);
    }
  });

  it('tells when an index that is out of tolerance may open again', async () => {
    const { client, platform, deployment } = world;
    await movePrices(world, new Map([['uniswap', 0.6]]));
    const { until } = await epochOf(client, { platform, index: deployment.indices.WDI ?? '0x' });
    const { timestamp } = await client.getBlock();
    await passTime(world, until - timestamp + 60n);
    expect((await plan('WDI')).indices[0].standing).toMatch(/^may open now/);
    jsonOf(await rebalance('WDI'));
    const { stdout } = await wicker('rebalance', 'plan', 'WDI');
    expect(stdout).toMatch(/in epoch 2, open for [\d ]+s, ends in 2[34] h \d+ min/);
  });

  it('does not take an index without prices for one in tolerance', async () => {
    await jump(world.client, 30n * 86_400n);
    expect((await plan('WDI')).indices[0].standing).toBe('no asset of it has a price: not traded');
    expect(errorOf(await wicker('index', 'show', 'WDI', '--json')).code).toBe('NO_PRICE');
    const { stdout } = await wicker('index', 'list');
    expect(stdout).toContain('WDI  no asset of WDI has a price');
  });

  it('refuses an index that is not there, and an account that is not', async () => {
    expect(errorOf(await rebalance('WDJ'))).toMatchObject({ code: 'UNKNOWN_INDEX' });
    const nobody = await wicker('rebalance', 'run', '--yes', '--json');
    expect([nobody.code, errorOf(nobody).code]).toEqual([2, 'NO_ACCOUNT']);
  });
});
