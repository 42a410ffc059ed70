import {
  approveClaims,
  claimsOf,
  conservation,
  indexAbi,
  mintFromClaims,
  previewMint,
  previewRedeem,
  redeemClaim,
  redeemToClaims,
  vaultAbi,
} from '@wicker/sdk';
import { type Address, isAddressEqual, parseEventLogs, type TransactionReceipt } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROKEN, breakToken, setBalance } from './support/broken.ts';
import { isolate, send } from './support/chain.ts';
import { createFund, type Fund, mint, PDI, redeem, shares, sharesOf } from './support/funds.ts';
import { addressOf, balanceOf, openWorld, type World } from './support/world.ts';

let world: World;
let fund: Fund;
let other: Fund;
let alice: Address;
beforeAll(async () => {
  world = await openWorld();
  alice = world.who.alice;
  // NAV 100 000 and 50 000 USDC in the same assets, with fees and without
  fund = await createFund(world, { link: ['40', '4000'], weth: ['30', '15'], usdc: ['30', '30000'] }, PDI);
  other = await createFund(world, { link: ['50', '2500'], weth: ['30', '7.5'], usdc: ['20', '10000'] });
  await mint(world, fund, alice, shares(10_000n));
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

const IDS = ['link', 'weth', 'usdc'];
const assets = () => fund.ids.map((id) => addressOf(world, id));
const claims = (owner: Address) => claimsOf(world.client, { platform: world.platform, owner, assets: assets() });
const inVault = () => Promise.all(IDS.map((id) => balanceOf(world, id, world.platform.vault)));
const toClaims = async (owner: Address, amount: bigint, { index }: Fund = fund) => {
  const { amounts } = await previewRedeem(world.client, { index, shares: amount });
  const minAmounts = amounts.map((least) => (least * 999n) / 1_000n);
  return redeemToClaims(world.client, { account: owner, index, shares: amount, minAmounts, to: owner });
};
const fromClaims = async (owner: Address, amount: bigint, { index }: Fund = other) => {
  const { amounts } = await previewMint(world.client, { index, shares: amount });
  const maxAmounts = amounts.map((most) => (most * 1_001n) / 1_000n);
  return mintFromClaims(world.client, { account: owner, index, shares: amount, maxAmounts, to: owner });
};
const consent = (owner: Address, { index }: Fund = other, approved = true) =>
  approveClaims(world.client, { account: owner, platform: world.platform, spender: index, approved });
const requireSolvent = async () => {
  const indices = [fund.index, other.index];
  const books = await conservation(world.client, { platform: world.platform, indices, assets: assets() });
  expect(books.solvent).toBe(true);
  for (const { surplus } of books.assets) expect(surplus).toBeLessThan(20n);
};
/** Who emitted logs. */
const speakers = ({ logs }: TransactionReceipt) => new Set(logs.map(({ address }) => address.toLowerCase()));

describe('from one index to another by claims (docs/rules.md 2)', () => {
  it('touches no token, pays both fees, and leaves the rest as claims', async () => {
    const before = await inVault();
    const left = await toClaims(alice, shares(1_000n));
    expect(left.fee).toBe(shares(5n)); // 50 bps
    expect(left.setAside).toBe(7n);
    expect([...(await claims(alice)).values()]).toEqual(left.amounts);
    await consent(alice);
    const came = await fromClaims(alice, shares(500n));
    expect(came.fee).toBe(0n);
    expect(await sharesOf(world, other, alice)).toBe(shares(500n));
    const rest = await claims(alice);
    expect([...rest.values()]).toEqual(left.amounts.map((amount, i) => amount - (came.amounts[i] ?? 0n)));
    expect(await inVault()).toEqual(before);
    const { vault } = world.platform;
    const own = (index: Address) => new Set([vault, index].map((address) => address.toLowerCase()));
    expect(speakers(left.receipt)).toEqual(own(fund.index));
    expect(speakers(came.receipt)).toEqual(own(other.index));
    await requireSolvent();
    for (const [asset, claim] of rest) {
      const { amount } = await redeemClaim(world.client, {
        ...{ account: alice, platform: world.platform, asset, claim, to: alice },
      });
      expect(amount).toBe(claim);
    }
    expect((await claims(alice)).size).toBe(0);
    await requireSolvent();
  });

  it('says so: Minted and Redeemed as ever, and one event more', async () => {
    const { receipt } = await toClaims(alice, shares(10n));
    const [redeemed, marked] = parseEventLogs({ abi: indexAbi, logs: receipt.logs }).filter(
      ({ address, eventName }) => isAddressEqual(address, fund.index) && eventName !== 'Transfer',
    );
    expect(redeemed?.eventName).toBe('Redeemed');
    expect(marked).toMatchObject({ eventName: 'RedeemedToClaims', args: { owner: alice, shares: shares(10n) } });
    await consent(alice);
    const minted = parseEventLogs({ abi: indexAbi, logs: (await fromClaims(alice, shares(1n))).receipt.logs });
    expect(minted.map(({ eventName }) => eventName)).toEqual(expect.arrayContaining(['Minted', 'MintedFromClaims']));
  });

  it('works while every token is broken; the claims wait', async () => {
    await Promise.all(IDS.map((id) => breakToken(world, id, BROKEN.burnsAllGas)));
    await toClaims(alice, shares(1_000n));
    await consent(alice);
    expect((await fromClaims(alice, shares(500n))).minted).toBe(shares(500n));
  });

  it('spends claims that a broken token left, together with others', async () => {
    const heal = await breakToken(world, 'link', BROKEN.reverts);
    await redeem(world, fund, alice, shares(1_000n));
    await heal();
    expect((await claims(alice)).size).toBe(1);
    await consent(alice);
    await expect(fromClaims(alice, shares(100n))).rejects.toMatchObject({ code: 'ClaimTooSmall' });
    await toClaims(alice, shares(1_000n));
    await fromClaims(alice, shares(100n));
    await requireSolvent();
  });

  it('in circles never pays', async () => {
    await consent(alice, fund);
    await toClaims(alice, shares(1_000n));
    for (let i = 0; i < 3; ++i) {
      const before = await claims(alice);
      const owned = await sharesOf(world, fund, alice);
      const { minted } = await fromClaims(alice, shares(10n) + BigInt(i), fund);
      await toClaims(alice, minted);
      expect(await sharesOf(world, fund, alice)).toBe(owned);
      const after = await claims(alice);
      for (const [asset, claim] of before) expect(after.get(asset)).toBeLessThan(claim);
    }
    await requireSolvent();
  });
});

describe('consent is that of ERC-6909', () => {
  it('without it nothing is spent, and it can be taken back', async () => {
    await toClaims(alice, shares(1_000n));
    await expect(fromClaims(alice, shares(1n))).rejects.toMatchObject({
      code: 'ClaimAllowanceTooSmall',
      hint: 'let the index spend your claims first',
    });
    await consent(alice);
    await fromClaims(alice, shares(1n));
    await consent(alice, other, false);
    await expect(fromClaims(alice, shares(1n))).rejects.toMatchObject({ code: 'ClaimAllowanceTooSmall' });
  });

  it("an index spends its caller's claims and nobody else's", async () => {
    await toClaims(alice, shares(1_000n));
    await consent(alice);
    await consent(world.who.bob);
    await expect(fromClaims(world.who.bob, shares(1n))).rejects.toMatchObject({ code: 'ClaimTooSmall' });
    const join = { abi: vaultAbi, functionName: 'joinFromClaims', args: [alice, shares(1n), shares(1n)] };
    await expect(send(world.client, { from: world.who.bob, to: world.platform.vault, ...join })).rejects.toThrow(
      `UnknownIndex(${world.who.bob})`,
    );
  });
});

describe('after a token lost balance', () => {
  it('the same value takes more claim units, and nobody gains by changing sides', async () => {
    await toClaims(alice, shares(1_000n));
    const link = addressOf(world, 'link');
    const { vault } = world.platform;
    await setBalance(world, 'link', vault, ((await balanceOf(world, 'link', vault)) * 3n) / 4n);
    const list = [fund.index, other.index].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
    const reconcile = { abi: vaultAbi, functionName: 'reconcile', args: [link, list] };
    await send(world.client, { from: world.who.bob, to: vault, ...reconcile });
    const par = await world.client.readContract({ address: vault, abi: vaultAbi, functionName: 'parOf', args: [link] });
    expect(Number(par) / 1e27).toBeCloseTo(0.75, 9);
    const before = (await claims(alice)).get(link) ?? 0n;
    await consent(alice);
    const { amounts } = await fromClaims(alice, shares(10n));
    const spent = before - ((await claims(alice)).get(link) ?? 0n);
    const paid = amounts[other.ids.indexOf('link')] ?? 0n;
    expect(spent).toBe((paid * 10n ** 27n + par - 1n) / par);
    // 2 500 LINK behind 50 000 shares, less a quarter
    expect(Number(paid) / 1e18).toBeCloseTo(0.375, 9);
    await requireSolvent();
  });
});
