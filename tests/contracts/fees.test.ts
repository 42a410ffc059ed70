import { AumFee } from '@wicker/core';
import { indexAbi } from '@wicker/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, DAY, isolate, now, pass, send } from './support/chain.ts';
import {
  createFund,
  type Fees,
  FREE,
  type Fund,
  type Legs,
  mint,
  PDI,
  RATE_1,
  redeem,
  shares,
  sharesOf,
  totalSupply,
} from './support/funds.ts';
import { openWorld, RAY, type World } from './support/world.ts';

const NOTICE = 14n * DAY;
/** A million USDC to the last unit: prices are floored, which the least of change makes up for. */
const MILLION: Legs = { link: ['60', '60000.000000001'], weth: ['40', '200.000000000001'] };
/** {share} */
const FOUNDED = 10n ** 24n;
/** {ray/s} 1.5 % a year */
const RATE_1_5 = AumFee.ratePerSecond(15n * 10n ** 15n);

let world: World;
let fund: Fund;
/** {s} */
let created: bigint;
beforeAll(async () => {
  world = await openWorld();
  fund = await createFund(world, MILLION, PDI);
  created = (await world.client.getBlock({ blockNumber: fund.receipt.blockNumber })).timestamp;
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

const call = (from: `0x${string}`, functionName: string, ...args: readonly unknown[]) =>
  send(world.client, { from, to: fund.index, abi: indexAbi, functionName, args });
const schedule = (fees: Partial<Fees>) => call(world.who.manager, 'scheduleFees', { ...PDI, ...fees });
const feesNow = () => world.client.readContract({ address: fund.index, abi: indexAbi, functionName: 'fees' });
/** Waits until the index is this old {s}. */
const age = async (seconds: bigint) => pass(world.client, created + seconds - (await now(world.client)));
const grown = (supply: bigint, rate: bigint, seconds: bigint) => supply + AumFee.fee(supply, rate, seconds);

describe('the management fee (docs/rules.md 3)', () => {
  it('a supply of 1e24 at 1 % grows in 86 400 s by 27 517 263 548 840 815 255', async () => {
    expect(await sharesOf(world, fund, world.who.manager)).toBe(FOUNDED - shares(1n));
    await age(86_400n);
    expect((await totalSupply(world, fund)) - FOUNDED).toBe(27_517_263_548_840_815_255n);
    const feesOwed = { address: fund.index, abi: indexAbi, functionName: 'feesOwed' } as const;
    expect(await world.client.readContract(feesOwed)).toBe(27_517_263_548_840_815_255n);
  });

  it('rate^31 556 952 = 1.010101010101010101004989923: after a year holders have 99 %', async () => {
    await age(AumFee.YEAR);
    const power = 1_010_101_010_101_010_101_004_989_923n;
    expect(await totalSupply(world, fund)).toBe(FOUNDED + (FOUNDED * (power - RAY)) / RAY);
    expect(Number((FOUNDED * 10n ** 12n) / (await totalSupply(world, fund))) / 1e12).toBeCloseTo(0.99, 11);
  });

  it('fee accruals lost to low precision: settling often or once comes to the same, but for one unit each', async () => {
    for (const day of [10n, 20n, 30n, 40n]) {
      await at(world.client, created + day * DAY);
      await call(world.who.bob, 'distributeFees');
    }
    const once = grown(FOUNDED, RATE_1, 40n * DAY);
    const often = await totalSupply(world, fund);
    expect(Math.abs(Number(once - often))).toBeLessThanOrEqual(4);
  });

  it('touches no asset: what a redeemer gets shrinks, what the index holds stays', async () => {
    const { amounts: before } = await redeem(world, fund, world.who.manager, shares(100n));
    await pass(world.client, AumFee.YEAR);
    const { amounts: after } = await redeem(world, fund, world.who.manager, shares(100n));
    for (const [i, amount] of after.entries()) {
      expect(Number((amount * 10n ** 9n) / (before[i] ?? 1n)) / 1e9).toBeCloseTo(0.99, 7);
    }
  });
});

describe('mint and redeem fees (docs/rules.md 3)', () => {
  it('20 bp of a mint, ceiled: the minter gets the rest', async () => {
    expect((await mint(world, fund, world.who.alice, 1_001n)).fee).toBe(3n);
    expect(await sharesOf(world, fund, world.who.alice)).toBe(998n);
  });

  it('50 bp of a redeem, ceiled', async () => {
    expect((await redeem(world, fund, world.who.manager, 999n)).fee).toBe(5n);
    expect((await redeem(world, fund, world.who.manager, shares(100n))).fee).toBe(shares(1n) / 2n);
  });

  it('are bounded at creation: 1 000 bp, 200 bp, 10 % a year', async () => {
    const highest: Fees = { mintBps: 1_000, redeemBps: 200, aumRate: AumFee.MAX_RATE };
    await createFund(world, MILLION, highest);
    const attempt = (fees: Partial<Fees>) => createFund(world, MILLION, { ...highest, ...fees });
    await expect(attempt({ mintBps: 1_001 })).rejects.toThrow('FeeTooHigh(1001, 1000)');
    await expect(attempt({ redeemBps: 201 })).rejects.toThrow('FeeTooHigh(201, 200)');
    const rate = AumFee.MAX_RATE + 1n;
    await expect(attempt({ aumRate: rate })).rejects.toThrow(`RateOutOfRange(${rate})`);
    await expect(attempt({ aumRate: RAY - 1n })).rejects.toThrow('RateOutOfRange');
  });
});

describe('changing fees (docs/rules.md 3)', () => {
  it('a raise counts from 14 days on, the old fee until then, whenever anybody calls', async () => {
    await schedule({ aumRate: RATE_1_5 });
    const announced = await now(world.client);
    const atNotice = grown(grown(FOUNDED, RATE_1, announced - created), RATE_1, NOTICE);
    await pass(world.client, NOTICE);
    expect(await totalSupply(world, fund)).toBe(atNotice);
    await pass(world.client, 6n * DAY);
    const later = grown(atNotice, RATE_1_5, 6n * DAY);
    expect(await totalSupply(world, fund)).toBe(later);
    await call(world.who.bob, 'applyScheduledFees');
    expect(await totalSupply(world, fund)).toBe(grown(atNotice, RATE_1_5, 6n * DAY + 1n));
    expect((await feesNow()).aumRate).toBe(RATE_1_5);
  });

  it('a raise of a mint fee: the last second before is at the old one', async () => {
    await schedule({ mintBps: 120 });
    const from = (await now(world.client)) + NOTICE;
    await at(world.client, from - 1n);
    expect((await mint(world, fund, world.who.alice, 10_000n)).fee).toBe(20n);
    await at(world.client, from);
    expect((await mint(world, fund, world.who.alice, 10_000n)).fee).toBe(120n);
  });

  it('a cut acts at once, with what was accrued settled at the old fee', async () => {
    await pass(world.client, DAY);
    await schedule({ mintBps: 0, redeemBps: 10, aumRate: RAY });
    const supply = grown(FOUNDED, RATE_1, (await now(world.client)) - created);
    await pass(world.client, 30n * DAY);
    expect(await totalSupply(world, fund)).toBe(supply);
    expect((await mint(world, fund, world.who.alice, 10_000n)).fee).toBe(0n);
    expect((await redeem(world, fund, world.who.alice, 10_000n)).fee).toBe(10n);
  });

  it('a change that cuts one and raises another does each in its time', async () => {
    await schedule({ mintBps: 10, redeemBps: 60 });
    expect(await feesNow()).toMatchObject({ mintBps: 10, redeemBps: 50 });
    await pass(world.client, NOTICE);
    expect(await feesNow()).toMatchObject({ mintBps: 10, redeemBps: 60 });
  });

  it('a raise is at most 100 bp, or 0.5 % a year, at a time', async () => {
    await schedule({ mintBps: 120, redeemBps: 150, aumRate: RATE_1_5 });
    await expect(schedule({ mintBps: 121 })).rejects.toThrow('FeeStepTooLarge(20, 121, 120)');
    await expect(schedule({ redeemBps: 151 })).rejects.toThrow('FeeStepTooLarge(50, 151, 150)');
    const tooMuch = AumFee.ratePerSecond(151n * 10n ** 14n);
    await expect(schedule({ aumRate: tooMuch })).rejects.toThrow('FeeStepTooLarge');
    await pass(world.client, NOTICE);
    await expect(schedule({ redeemBps: 201 })).rejects.toThrow('FeeTooHigh(201, 200)');
  });

  it('a later announcement replaces the earlier one and starts its own notice', async () => {
    await schedule({ mintBps: 120 });
    await pass(world.client, 10n * DAY);
    await schedule({ mintBps: 100 });
    await pass(world.client, 10n * DAY);
    expect((await feesNow()).mintBps).toBe(20);
    await expect(call(world.who.bob, 'applyScheduledFees')).rejects.toThrow('NotYet');
    await pass(world.client, 4n * DAY);
    expect((await feesNow()).mintBps).toBe(100);
    await schedule({ mintBps: 100 });
    await expect(call(world.who.bob, 'applyScheduledFees')).rejects.toThrow('NothingScheduled()');
  });

  it('only the manager announces', async () => {
    await expect(call(world.who.admin, 'scheduleFees', PDI)).rejects.toThrow(`NotManager(${world.who.admin})`);
  });
});

describe('the split of fees (docs/rules.md 3)', () => {
  it('3 333 / 6 667 of 12 345: 4 114 / 8 230, the 1 stays for the next distribution', async () => {
    fund = await createFund(world, MILLION, { ...FREE, mintBps: 1 });
    const { manager, treasury, bob } = world.who;
    const collectable = (who: `0x${string}`) =>
      world.client.readContract({ address: fund.index, abi: indexAbi, functionName: 'collectable', args: [who] });
    expect((await mint(world, fund, world.who.alice, 123_450_000n)).fee).toBe(12_345n);
    await call(bob, 'distributeFees');
    expect([await collectable(treasury), await collectable(manager)]).toEqual([4_114n, 8_230n]);
    await call(bob, 'distributeFees');
    expect([await collectable(treasury), await collectable(manager)]).toEqual([4_114n, 8_230n]);
    // 12 344 and the 1 that stayed
    await mint(world, fund, world.who.alice, 123_440_000n);
    await call(bob, 'distributeFees');
    expect([await collectable(treasury), await collectable(manager)]).toEqual([8_228n, 16_460n]);
    const supply = await totalSupply(world, fund);
    const held = await sharesOf(world, fund, manager);
    await call(treasury, 'collectFees');
    await call(manager, 'collectFees');
    await call(bob, 'collectFees');
    expect(await sharesOf(world, fund, treasury)).toBe(8_228n);
    expect(await sharesOf(world, fund, manager)).toBe(held + 16_460n);
    expect(await sharesOf(world, fund, bob)).toBe(0n);
    expect(await totalSupply(world, fund)).toBe(supply);
  });
});
