import { approveClaims, claimsOf, holdingsOf, vaultAbi } from '@wicker/sdk';
import { type Address, encodeAbiParameters, erc20Abi, keccak256, numberToHex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, jsonOf, type Run, run } from './support/run.ts';
import { type CliWorld, endow, openCliWorld } from './support/world.ts';

/** {share} one whole */
const ONE = 10n ** 18n;
/** {tok} more than any command here takes of a token */
const PLENTY = 10n ** 24n;

type FlowJson = { readonly asset: Address; readonly amount: string; readonly claim: boolean };

let world: CliWorld;
let wdi: Address;
let alice: Address;

const wicker = (...args: string[]): Promise<Run> => run(...args, '--deployment', world.file);
const sending = (name: string, ...args: string[]): Promise<Run> => wicker(...args, '--as', name, '--json', '--yes');
const read = { abi: vaultAbi } as const;
const balanceOf = (token: Address, owner: Address): Promise<bigint> =>
  world.client.readContract({ abi: erc20Abi, address: token, functionName: 'balanceOf', args: [owner] });
const claims = async (owner: Address) => {
  const { legs } = await holdingsOf(world.client, { platform: world.platform, index: wdi });
  return claimsOf(world.client, { platform: world.platform, owner, assets: legs.map(({ asset }) => asset) });
};
const allowed = (asset: Address): Promise<bigint> =>
  world.client.readContract({
    ...{ ...read, address: world.platform.vault, functionName: 'allowance', args: [alice, wdi, BigInt(asset)] },
  });
const isOperator = (): Promise<boolean> =>
  world.client.readContract({ ...read, address: world.platform.vault, functionName: 'isOperator', args: [alice, wdi] });

beforeAll(async () => {
  world = await openCliWorld();
  const { deployment, accounts, market } = world;
  wdi = deployment.indices.WDI ?? '0x';
  alice = accounts.alice;
  await endow(
    world,
    alice,
    market.tokens.map(({ address }) => [address, PLENTY]),
  );
  jsonOf(await sending('alice', 'index', 'mint', 'WDI', '--shares', '1000'));
});
afterAll(() => world?.stop());

// One story: each test goes on where the one before it ended.
describe('claims instead of tokens', () => {
  it('come from a redemption: every asset as a claim, and no token moves', async () => {
    const [some] = (await holdingsOf(world.client, { platform: world.platform, index: wdi })).legs;
    const before = await balanceOf(some?.asset ?? '0x', alice);
    const { preview, result } = jsonOf(
      await sending('alice', 'index', 'redeem', 'WDI', '--shares', '400', '--to-claims'),
    );
    expect(preview).toMatchObject({
      title: 'Redeem 400 WDI to claims',
      allowances: [],
      fee: { shares: `${2n * ONE}` },
    });
    expect(preview.comes).toHaveLength(16);
    expect(preview.comes.every(({ claim }: FlowJson) => claim)).toBe(true);
    expect(preview.gas.transactions).toBe(1);
    expect([...(await claims(alice)).values()].map(String)).toEqual(result.amounts);
    expect(await balanceOf(some?.asset ?? '0x', alice)).toBe(before);
  });

  it('pay for a mint, with a bounded allowance of each, of which nothing is left', async () => {
    const { legs } = await holdingsOf(world.client, { platform: world.platform, index: wdi });
    const tokens = await Promise.all(legs.map(({ asset }) => balanceOf(asset, alice)));
    const before = await claims(alice);
    const { preview, transactions, result } = jsonOf(
      await sending('alice', 'index', 'mint', 'WDI', '--shares', '100', '--from-claims'),
    );
    expect(preview).toMatchObject({ title: 'Mint 100 WDI from claims', comes: [{ symbol: 'WDI', claim: false }] });
    expect(preview.goes.every(({ claim }: FlowJson) => claim)).toBe(true);
    expect(preview.allowances).toEqual(
      preview.goes.map(({ asset, amount }: FlowJson) => ({ asset, spender: wdi, amount, claim: true })),
    );
    expect(transactions).toHaveLength(17);
    expect(BigInt(result.minted)).toBe((998n * ONE) / 10n);
    const after = await claims(alice);
    for (const [i, { asset }] of legs.entries()) {
      expect((before.get(asset) ?? 0n) - (after.get(asset) ?? 0n)).toBe(BigInt(result.amounts[i]));
      expect(await balanceOf(asset, alice)).toBe(tokens[i]);
      expect(await allowed(asset)).toBeLessThanOrEqual(BigInt(preview.goes[i].amount) / 1_000_000n);
    }
    expect(await isOperator()).toBe(false);
  });

  it('are shown to people as claims', async () => {
    const mint = await wicker('index', 'mint', 'WDI', '--shares', '5', '--from-claims', '--as', 'alice');
    expect(mint.stdout).toMatch(/uniswap \(UNI\), as a claim +0\.27\d* +1\.49/);
    expect(mint.stdout).toContain(`allowances  of 16 claims, each the amount above, to ${wdi}`);
    expect(mint.stderr).toContain('--yes');
    const redeem = await wicker('index', 'redeem', 'WDI', '--shares', '5', '--to-claims', '--as', 'alice', '--yes');
    expect(redeem.stdout).toMatch(/\nRedeemed 5 WDI for claims on 16 assets: see `wicker index claims`\.\n$/);
  });

  it('need no allowance where the index is an operator already', async () => {
    const consent = { account: alice, platform: world.platform, spender: wdi };
    await approveClaims(world.client, consent);
    const { preview, transactions } = jsonOf(
      await sending('alice', 'index', 'mint', 'WDI', '--shares', '1', '--from-claims'),
    );
    expect([preview.allowances, transactions.length]).toEqual([[], 1]);
    await approveClaims(world.client, { ...consent, approved: false });
  });

  it('that are too few are named, and nothing is allowed', async () => {
    const much = await sending('alice', 'index', 'mint', 'WDI', '--shares', '1000', '--from-claims');
    expect(much.code).toBe(1);
    const { code, message, hint } = errorOf(much);
    expect([code, hint]).toEqual(['INSUFFICIENT_CLAIMS', expect.stringContaining('--to-claims')]);
    expect(message).toMatch(/lacks claims on\n {2}\d+\.\d+ \S+ \([A-Z]+\), having \d+\.\d+ of \d+\.\d+;\n/);
    expect(message.split('\n')).toHaveLength(17);
    const none = errorOf(await sending('bob', 'index', 'mint', 'WDI', '--shares', '1', '--from-claims'));
    expect(none.message).toContain('having 0 of');
  });

  it.each([
    [['mint', 'WDI', '--pay', '10', '--from-claims'], '--from-claims goes with --shares'],
    [['mint', 'WDI', '--from-claims'], 'give either --shares or --pay'],
    [['mint', 'WDI', '--shares', '1', '--from-claims', '--slippage', '1'], '--slippage goes with --pay'],
    [['redeem', 'WDI', '--shares', '1', '--to-claims', '--to-usdc'], 'give either --to-usdc or --to-claims'],
  ])('refuse %j', async (args, message) => {
    const refused = await sending('alice', 'index', ...args);
    expect([refused.code, errorOf(refused)]).toMatchObject([
      2,
      { code: 'USAGE', message: expect.stringContaining(message) },
    ]);
  });

  it('are told at what they are worth after their token lost a tenth of the balance, and pay at that', async () => {
    const { vault } = world.platform;
    const asset = world.deployment.addresses.uniswap ?? '0x';
    // OpenZeppelin's ERC-20 keeps balances in a mapping at slot 0.
    const index = keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [vault, 0n]));
    const left = ((await balanceOf(asset, vault)) * 9n) / 10n;
    await world.client.setStorageAt({ address: asset, index, value: numberToHex(left, { size: 32 }) });
    const all = jsonOf(await wicker('index', 'list', '--json')).map(({ address }: { address: Address }) => address);
    const holders: Address[] = [...all].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    const call = { ...read, address: vault, functionName: 'reconcile', args: [asset, holders] } as const;
    await world.client.writeContract({ ...call, account: world.accounts.bob, chain: null });
    await world.client.mine({ blocks: 1 });

    const listed = jsonOf(await wicker('index', 'claims', '--as', 'alice', '--json'));
    const cut = listed.find((claim: FlowJson) => claim.asset === asset);
    expect(Number(cut.amount) / Number(cut.claim)).toBeCloseTo(0.9, 6);
    const { preview, result } = jsonOf(
      await sending('alice', 'index', 'mint', 'WDI', '--shares', '1', '--from-claims'),
    );
    const at = preview.goes.findIndex((flow: FlowJson) => flow.asset === asset);
    expect(Number(preview.goes[at].amount) / Number(preview.allowances[at].amount)).toBeCloseTo(0.9, 6);
    expect(Number(result.amounts[at]) / Number(preview.goes[at].amount)).toBeCloseTo(1, 6);
    const before = await balanceOf(asset, alice);
    const redeemed = jsonOf(await sending('alice', 'index', 'claims', 'redeem', 'uniswap'));
    expect(redeemed.preview.goes[0].amount).toBe(redeemed.result[0].amount);
    expect((await balanceOf(asset, alice)) - before).toBe(BigInt(redeemed.result[0].amount));
  });
});
