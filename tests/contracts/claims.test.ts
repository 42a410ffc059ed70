import { conservation, indexAbi, vaultAbi } from '@wicker/sdk';
import { type Address, type Hex, parseEventLogs } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROKEN, breakToken, callingBack, setBalance } from './support/broken.ts';
import { dataOf, first, HOUR, isolate, revertText, send, traceOf } from './support/chain.ts';
import { byId, createFund, type Fund, holdings, mint, redeem, shares } from './support/funds.ts';
import { open, roundAt } from './support/rounds.ts';
import { addressOf, balanceOf, openWorld, type World } from './support/world.ts';

let world: World;
let fund: Fund;
let other: Fund;
beforeAll(async () => {
  world = await openWorld();
  // NAV 100 000 USDC
  fund = await createFund(world, { link: ['40', '5000'], weth: ['30', '15'], usdc: ['30', '20000'] });
  other = await createFund(world, { link: ['50', '1000'], wbtc: ['50', '0.5'] });
  await mint(world, fund, world.who.alice, shares(1_000n));
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

/** The bit of a leg in `setAside`. */
const bit = (id: string): bigint => 1n << BigInt(fund.ids.indexOf(id));
const vault = (from: Address, functionName: string, args: readonly unknown[]) =>
  send(world.client, { from, to: world.platform.vault, abi: vaultAbi, functionName, args });
const claimOf = (id: string, owner: Address): Promise<bigint> =>
  world.client.readContract({
    ...{ address: world.platform.vault, abi: vaultAbi, functionName: 'balanceOf' },
    args: [owner, BigInt(addressOf(world, id))],
  });
const requireSolvent = async () => {
  const indices = [fund.index, other.index];
  const assets = ['link', 'weth', 'usdc', 'wbtc'].map((id) => addressOf(world, id));
  const books = await conservation(world.client, { platform: world.platform, indices, assets });
  expect(books.solvent).toBe(true);
  return books.assets;
};

describe('a broken token never blocks the others (docs/rules.md 1)', () => {
  it.each(Object.entries(BROKEN))('one that %s becomes a claim at par', async (_, code) => {
    const heal = await breakToken(world, 'link', code);
    const before = { weth: await balanceOf(world, 'weth', world.who.alice) };
    const done = await redeem(world, fund, world.who.alice, shares(100n));
    await heal();
    const amounts = byId(fund.ids, done.amounts);
    expect(done.setAside).toBe(bit('link'));
    expect((await balanceOf(world, 'weth', world.who.alice)) - before.weth).toBe(amounts.weth);
    expect(await claimOf('link', world.who.alice)).toBe(amounts.link);
    expect(Number(amounts.link) / 1e18).toBeCloseTo(5, 5);
    await requireSolvent();
  });

  it('all tokens broken: all legs are claims, and minAmounts count them', async () => {
    const healers = await Promise.all(fund.ids.map((id) => breakToken(world, id, BROKEN.burnsAllGas)));
    const done = await redeem(world, fund, world.who.alice, shares(100n), [1n, 1n, 1n]);
    expect(done.setAside).toBe(7n);
    for (const heal of healers) await heal();
    for (const [id, amount] of Object.entries(byId(fund.ids, done.amounts))) {
      const [claim, held] = [await claimOf(id, world.who.alice), await balanceOf(world, id, world.who.alice)];
      expect(claim).toBe(amount);
      await vault(world.who.alice, 'redeemClaim', [addressOf(world, id), claim, world.who.alice]);
      expect(await balanceOf(world, id, world.who.alice)).toBe(held + amount);
    }
  });

  it('lack of gas never makes a claim: the call reverts', async () => {
    const args = [shares(100n), [0n, 0n, 0n], world.who.alice];
    const call = { from: world.who.alice, to: fund.index, abi: indexAbi, functionName: 'redeem', args };
    await expect(send(world.client, { ...call, gas: 380_000n })).rejects.toThrow('PayoutNeedsGas');
    const { gasUsed } = await send(world.client, call);
    expect(gasUsed).toBeLessThan(380_000n);
  });

  it('minting with a broken token is refused, nothing is taken', async () => {
    const before = await balanceOf(world, 'weth', world.who.alice);
    await breakToken(world, 'link', BROKEN.reverts);
    await expect(mint(world, fund, world.who.alice, shares(1n))).rejects.toThrow('BalanceUnknown');
    expect(await balanceOf(world, 'weth', world.who.alice)).toBe(before);
  });
});

describe('claims (docs/rules.md 2)', () => {
  /** Makes a claim of alice of 5 LINK. */
  const claim = async (): Promise<bigint> => {
    const heal = await breakToken(world, 'link', BROKEN.reverts);
    const { amounts } = await redeem(world, fund, world.who.alice, shares(100n));
    await heal();
    return byId(fund.ids, amounts).link ?? 0n;
  };

  it('belong to their owner, who may give them away, and pay 1:1, in parts too', async () => {
    const amount = await claim();
    const id = BigInt(addressOf(world, 'link'));
    await vault(world.who.alice, 'transfer', [world.who.bob, id, amount - 7n]);
    const before = await balanceOf(world, 'link', world.who.bob);
    const receipt = await vault(world.who.bob, 'redeemClaim', [addressOf(world, 'link'), amount - 7n, world.who.bob]);
    expect(await balanceOf(world, 'link', world.who.bob)).toBe(before + amount - 7n);
    const { args } = first(parseEventLogs({ abi: vaultAbi, logs: receipt.logs, eventName: 'ClaimRedeemed' }));
    expect(args).toMatchObject({ claim: amount - 7n, amount: amount - 7n });
    await expect(vault(world.who.bob, 'redeemClaim', [addressOf(world, 'link'), 1n, world.who.bob])).rejects.toThrow();
    await requireSolvent();
  });

  it('wait while the token is broken: redeeming one reverts and leaves it', async () => {
    const amount = await claim();
    await breakToken(world, 'link', BROKEN.reverts);
    const args = [addressOf(world, 'link'), amount, world.who.alice];
    await expect(vault(world.who.alice, 'redeemClaim', args)).rejects.toThrow('TransferFailed()');
    expect(await claimOf('link', world.who.alice)).toBe(amount);
  });

  it('are touched by no trade', async () => {
    const amount = await claim();
    const epoch = await open(world, [fund]);
    const { traded } = await roundAt(world, epoch, HOUR, [fund], { trades: [{ sell: 'link', buy: 'usdc' }] });
    expect(traded).toHaveLength(1);
    const [link] = await requireSolvent();
    expect(await claimOf('link', world.who.alice)).toBe(amount);
    expect(link?.surplus).toBeLessThan(10n);
  });
});

describe('reconcile, when a token lost balance by itself (docs/rules.md 2)', () => {
  const reconcile = (indices: readonly Address[]) =>
    vault(world.who.bob, 'reconcile', [
      addressOf(world, 'link'),
      [...indices].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)),
    ]);
  const lose = async (numerator: bigint, denominator: bigint) => {
    const { vault: owner } = world.platform;
    await setBalance(world, 'link', owner, ((await balanceOf(world, 'link', owner)) * numerator) / denominator);
  };

  it('a balance less by 10 % leaves 90 % to everybody: all indices and all claims', async () => {
    const heal = await breakToken(world, 'link', BROKEN.reverts);
    await redeem(world, fund, world.who.alice, shares(100n));
    await heal();
    const claim = await claimOf('link', world.who.alice);
    const before = [(await holdings(world, fund)).link ?? 0n, (await holdings(world, other)).link ?? 0n];
    await lose(9n, 10n);
    await reconcile([fund.index, other.index]);
    const after = [(await holdings(world, fund)).link ?? 0n, (await holdings(world, other)).link ?? 0n];
    for (const [i, amount] of after.entries()) {
      expect(Number((amount * 10n ** 12n) / (before[i] ?? 1n)) / 1e12).toBeCloseTo(0.9, 11);
    }
    const held = await balanceOf(world, 'link', world.who.alice);
    await vault(world.who.alice, 'redeemClaim', [addressOf(world, 'link'), claim, world.who.alice]);
    const paid = (await balanceOf(world, 'link', world.who.alice)) - held;
    expect(Number((paid * 10n ** 12n) / claim) / 1e12).toBeCloseTo(0.9, 11);
    await requireSolvent();
    // the last who leaves gets the same
    await redeem(world, fund, world.who.alice, shares(900n));
    const rest = await redeem(world, fund, world.who.manager, shares(99_000n));
    expect(rest.setAside).toBe(0n);
  });

  it('an incomplete list of holders is refused', async () => {
    await lose(9n, 10n);
    await expect(reconcile([fund.index])).rejects.toThrow(`IncompleteHolders(${addressOf(world, 'link')}, 1, 2)`);
    await expect(reconcile([fund.index, fund.index])).rejects.toThrow('LegsNotAscending');
  });

  it('nothing is cut while the balance suffices', async () => {
    await expect(reconcile([fund.index, other.index])).rejects.toThrow('NothingToReconcile');
  });

  it('a token whose balance cannot be read is not reconciled: nobody is cut to 0', async () => {
    const before = await holdings(world, fund);
    const heal = await breakToken(world, 'link', BROKEN.reverts);
    await expect(reconcile([fund.index, other.index])).rejects.toThrow('BalanceUnknown');
    await heal();
    expect(await holdings(world, fund)).toEqual(before);
  });
});

describe('one lock (docs/rules.md 2)', () => {
  it.each([
    ['holdingsOf', () => [fund.index]],
    ['join', () => [world.who.bob, 1n, 1n]],
    ['exit', () => [world.who.bob, 1n, 1n]],
    ['redeemClaim', () => [addressOf(world, 'weth'), 0n, world.who.bob]],
    ['reconcile', () => [addressOf(world, 'weth'), []]],
  ] as const)(
    'a token that calls %s in the middle of its own transfer finds it closed',
    async (functionName, argsOf) => {
      const { vault: target } = world.platform;
      const data: Hex = dataOf({ abi: vaultAbi, functionName, args: argsOf() });
      await breakToken(world, 'link', callingBack(target, data));
      const args = [shares(100n), [0n, 0n, 0n], world.who.alice];
      const call = { from: world.who.alice, to: fund.index, abi: indexAbi, functionName: 'redeem', args };
      const { transactionHash } = await send(world.client, call);
      const token = addressOf(world, 'link').toLowerCase();
      const calls = [await traceOf(world.client, transactionHash)];
      for (const each of calls) calls.push(...each.calls);
      const inner = first(calls.filter(({ from }) => from.toLowerCase() === token));
      expect(inner.to?.toLowerCase()).toBe(target.toLowerCase());
      expect(revertText(inner.output)).toBe('Locked()');
    },
  );
});
