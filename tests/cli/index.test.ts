import { claimsOf, holdingsOf, indexAbi, readIndex } from '@wicker/sdk';
import { type Address, erc20Abi } from 'viem';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { movePrices } from '../../packages/cli/src/demo/market-day.ts';
import { errorOf, jsonOf, type Run, run } from './support/run.ts';
import { type CliWorld, endow, openCliWorld, writeInto } from './support/world.ts';

/** {share} one whole */
const ONE = 10n ** 18n;
/** {tok} more than any command here takes of a token */
const PLENTY = 10n ** 24n;
/** {base} one whole USDC */
const USD = 10n ** 6n;

/** What a person answers at the terminal; without it there is none. */
const terminal = vi.hoisted((): { answer?: () => Promise<string> } => ({}));
vi.mock('node:readline/promises', () => ({
  createInterface: () => ({ question: () => terminal.answer?.(), once: () => {}, close: () => {} }),
}));

/** Lets a command run at a terminal where somebody answers. */
const answering = async (answer: () => Promise<string>, command: () => Promise<Run>): Promise<Run> => {
  const { isTTY } = process.stdin;
  terminal.answer = answer;
  process.stdin.isTTY = true;
  try {
    return await command();
  } finally {
    process.stdin.isTTY = isTTY;
  }
};

let world: CliWorld;
let wdi: Address;
let base: Address;

beforeAll(async () => {
  world = await openCliWorld();
  const { deployment, accounts, market } = world;
  wdi = deployment.indices.WDI ?? '0x';
  base = deployment.addresses.base;
  for (const to of [accounts.alice, accounts.bob]) {
    await endow(
      world,
      to,
      [market.base, ...market.tokens].map(({ address }) => [address, PLENTY]),
    );
  }
});
afterAll(() => world?.stop());

const wicker = (...args: string[]): Promise<Run> => run(...args, '--deployment', world.file);
const as = (name: string, ...args: string[]): Promise<Run> => wicker(...args, '--as', name, '--json');
const sending = (name: string, ...args: string[]): Promise<Run> => as(name, ...args, '--yes');

const owned = (token: Address, owner: Address): Promise<bigint> =>
  world.client.readContract({ abi: erc20Abi, address: token, functionName: 'balanceOf', args: [owner] });
const allowed = (token: Address, owner: Address, spender: Address): Promise<bigint> =>
  world.client.readContract({ abi: erc20Abi, address: token, functionName: 'allowance', args: [owner, spender] });
const token = (id: string): Address => world.deployment.addresses[id] ?? '0x';

/** Makes a token refuse every transfer, without changing what anybody has; returns what mends it. */
const breakToken = async (id: string): Promise<() => Promise<void>> => {
  const address = token(id);
  const code = await world.client.getCode({ address });
  await world.client.setCode({ address, bytecode: '0x5f5ffd' });
  return () => world.client.setCode({ address, bytecode: code ?? '0x' });
};

describe('wicker index list and show', () => {
  it('show also an index that no file names, with its address', async () => {
    const { stdout } = await wicker('index', 'list');
    expect(stdout).toMatch(
      /^index +NAV USDC +price USDC +drift bps +address\n[─ ]+\nWDI +[\d ]+ +[\d.]+ +\d\.\d\nWBC .+ 0x[\da-fA-F]{40}\n$/,
    );

    const [first, second] = jsonOf(await wicker('index', 'list', '--json'));
    expect(first).toMatchObject({ symbol: 'WDI', address: wdi });
    const shown = jsonOf(await wicker('index', 'show', 'WBC', '--json'));
    expect(shown).toMatchObject({ symbol: 'WBC', address: second.address });
    expect(shown.assets).toHaveLength(8);
    expect(shown.assets).toContainEqual(expect.objectContaining({ id: 'uniswap', target: '0.125000000000000000' }));
  });

  it('suggest what somebody may have meant', async () => {
    const near = errorOf(await wicker('index', 'show', 'WDJ', '--json'));
    expect(near).toMatchObject({ code: 'UNKNOWN_INDEX', hint: "Use 'WDI', or an address." });
    const far = errorOf(await wicker('index', 'show', 'NOTHING', '--json'));
    expect(far.hint).toBe('Use one of WDI, WBC, or an address.');
    const stranger = await wicker('index', 'show', `0x${'1'.repeat(40)}`, '--json');
    expect([stranger.code, errorOf(stranger).code]).toEqual([1, 'UnknownIndex']);
  });
});

describe('wicker index mint', () => {
  it('in kind takes what the preview said, gives exact allowances, and leaves none', async () => {
    const { alice } = world.accounts;
    const before = await owned(wdi, alice);
    const { sent, preview, transactions, result } = jsonOf(
      await sending('alice', 'index', 'mint', 'WDI', '--shares', '1000'),
    );
    expect(sent).toBe(true);
    expect(preview).toMatchObject({ title: 'Mint 1 000 WDI in kind', account: alice });
    expect(preview.goes).toHaveLength(16);
    expect(preview.allowances).toEqual(
      preview.goes.map(({ asset, amount }: { asset: string; amount: string }) => ({
        ...{ asset, spender: wdi, amount, claim: false },
      })),
    );
    const value = preview.goes.reduce((sum: bigint, flow: { value: string }) => sum + BigInt(flow.value), 0n);
    expect(Number(value)).toBeCloseTo(Number(1_000n * USD), -6); // one share is worth one USDC here
    expect(preview.fee).toEqual({ shares: `${2n * ONE}`, value: expect.stringMatching(/^1999\d{3}$|^2000000$/) });
    expect(preview.comes).toMatchObject([{ symbol: 'WDI', amount: `${998n * ONE}` }]);
    expect(transactions).toHaveLength(17);
    expect(result).toMatchObject({ minted: `${998n * ONE}`, fee: `${2n * ONE}` });
    expect((await owned(wdi, alice)) - before).toBe(998n * ONE);
    const gasUsed = transactions.reduce((sum: bigint, one: { gasUsed: string }) => sum + BigInt(one.gasUsed), 0n);
    expect(Math.abs(Number(gasUsed) / Number(preview.gas.gas) - 1)).toBeLessThan(0.1); // what is left of an allowance costs a refund
    for (const { asset, amount } of preview.goes) {
      // The management fee of the seconds between makes a share cost a little less.
      expect(await allowed(asset, alice, wdi)).toBeLessThanOrEqual(BigInt(amount) / 1_000_000n);
    }
  });

  it('with USDC over the best pools costs what the preview said', async () => {
    const { bob } = world.accounts;
    const [shares, usdc] = [await owned(wdi, bob), await owned(base, bob)];
    const { preview, result, transactions } = jsonOf(await sending('bob', 'index', 'mint', 'WDI', '--pay', '25000'));
    expect(preview.allowances).toMatchObject([
      { asset: base, spender: token('router'), amount: `${25_000n * USD}`, claim: false },
    ]);
    expect(transactions).toHaveLength(2);
    expect(Number(preview.goes[0].amount) / Number(result.paid)).toBeCloseTo(1, 6);
    expect(usdc - (await owned(base, bob))).toBe(BigInt(result.paid));
    expect(BigInt(result.paid)).toBeLessThanOrEqual(25_000n * USD);
    expect((await owned(wdi, bob)) - shares).toBe(BigInt(result.minted));
    // Pools keep 30 bps; the parts of the cost make the difference to the value at the feeds, up to a unit a leg.
    const { fee, impact, offFeeds } = preview.cost;
    expect(Number(fee) / Number(result.paid)).toBeCloseTo(0.003, 5);
    expect(Number(impact)).toBeGreaterThan(0);
    const got = BigInt(preview.comes[0].value) + BigInt(preview.fee.value);
    const lost = BigInt(result.paid) - got;
    expect(Number(lost - BigInt(fee) - BigInt(impact) - BigInt(offFeeds))).toBeCloseTo(0, -2);
    const uniswap = world.market.pools.filter(({ venue }) => venue === 'uniswap-v2').map(({ pair }) => pair);
    expect(preview.pools.every(({ pool }: { pool: Address }) => uniswap.includes(pool))).toBe(true);
    expect(preview.limits[0]).toMatch(/^at least 24 \d{3}\.\d+ WDI for at most 25 000\.00 USDC, or nothing is minted$/);
  });

  it('shows people a preview, and asks before anything is sent', async () => {
    const { alice } = world.accounts;
    const before = await owned(wdi, alice);
    const { code, stdout, stderr } = await wicker('index', 'mint', 'WDI', '--shares', '5', '--as', 'alice');
    expect(code).toBe(2);
    expect(stderr).toContain('--yes');
    expect(stdout).toContain(`Mint 5 WDI in kind, as ${alice}`);
    expect(stdout).toMatch(/goes +amount +value USDC\n─+/);
    expect(stdout).toMatch(/uniswap \(UNI\) +0\.27\d* +1\.49/);
    expect(stdout).toMatch(/fee +0\.01 WDI, 0\.0[01] USDC/);
    expect(stdout).toMatch(/gas +(1 )?\d{3} \d{3} in 17 transactions, 0\.00\d+ ETH at [\d.]+ gwei/);
    expect(errorOf(await as('alice', 'index', 'mint', 'WDI', '--shares', '5')).code).toBe('NOT_ASKED');
    expect(await owned(wdi, alice)).toBe(before);
  });

  it.each([
    ['no amount', [], 'USAGE', 2],
    ['both amounts', ['--shares', '1', '--pay', '1'], 'USAGE', 2],
    ['more than there can be', ['--shares', '9'.repeat(78)], 'BAD_AMOUNT', 2],
    ['a slippage that would not act', ['--shares', '1', '--slippage', '1'], 'USAGE', 2],
    ['0', ['--shares', '0'], 'BAD_AMOUNT', 2],
    ['less than a unit', ['--pay', '0.0000001'], 'BAD_AMOUNT', 2],
    ['a word', ['--shares', 'many'], 'BAD_AMOUNT', 2],
    ['all of it as slippage', ['--pay', '1', '--slippage', '100%'], 'BAD_SLIPPAGE', 2],
    ['a negative slippage', ['--pay', '1', '--slippage=-1'], 'BAD_SLIPPAGE', 2],
  ])('refuses %s', async (_, args, code, exit) => {
    const refused = await sending('alice', 'index', 'mint', 'WDI', ...args);
    expect(errorOf(refused).code).toBe(code);
    expect(refused.code).toBe(exit);
  });

  it('says of every token how much is missing, and sends nothing', async () => {
    const refused = await sending('watchman', 'index', 'mint', 'WDI', '--shares', '10');
    expect(refused.code).toBe(1);
    const { code, message } = errorOf(refused);
    expect(code).toBe('INSUFFICIENT_BALANCE');
    expect(message).toMatch(/lacks\n {2}0\.\d+ \S+ \([A-Z]+\), having 0 of 0\.\d+;\n/);
    expect(message.split('\n')).toHaveLength(17);
    const poor = errorOf(await sending('watchman', 'index', 'mint', 'WDI', '--pay', '1.5'));
    expect(poor.message).toMatch(/lacks 1\.5 usd-coin \(USDC\), having 0 of 1\.5$/);
    expect(await allowed(base, world.accounts.watchman, token('router'))).toBe(0n);
  });
});

describe('wicker index redeem', () => {
  it('in kind gives what the preview said', async () => {
    const { alice } = world.accounts;
    const uni = await owned(token('uniswap'), alice);
    const { preview, result } = jsonOf(await sending('alice', 'index', 'redeem', 'WDI', '--shares', '400'));
    expect(preview).toMatchObject({ title: 'Redeem 400 WDI in kind', allowances: [], fee: { shares: `${2n * ONE}` } });
    const { legs } = await holdingsOf(world.client, { platform: world.platform, index: wdi });
    const at = legs.findIndex(({ asset }) => asset === token('uniswap'));
    expect((await owned(token('uniswap'), alice)) - uni).toBe(BigInt(result.amounts[at]));
  });

  it('to USDC gives what the preview said, all that there is', async () => {
    const { bob } = world.accounts;
    const usdc = await owned(base, bob);
    const { preview, result } = jsonOf(await sending('bob', 'index', 'redeem', 'WDI', '--shares', 'all', '--to-usdc'));
    expect(preview.comes).toMatchObject([{ asset: base, claim: false }]);
    // In the seconds between, the management fee takes a little.
    expect(Number(preview.comes[0].amount) / Number(result.received)).toBeCloseTo(1, 6);
    expect((await owned(base, bob)) - usdc).toBe(BigInt(result.received));
    expect(await owned(wdi, bob)).toBe(0n);
    expect(Number(preview.cost.fee) / Number(result.received)).toBeCloseTo(0.003, 4);
  });

  it('refuses more than there is, and nothing', async () => {
    const much = await sending('alice', 'index', 'redeem', 'WDI', '--shares', '100000');
    expect(errorOf(much)).toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
      message: expect.stringMatching(/lacks 99402 WDI, having 598 of 100000$/),
    });
    expect(errorOf(await sending('bob', 'index', 'redeem', 'WDI', '--shares', 'all')).code).toBe('NO_SHARES');
  });

  it('keeps the shares when the pools fall while somebody thinks, unless the slippage allows it', async () => {
    const { alice } = world.accounts;
    const shares = await owned(wdi, alice);
    const redeem = (slippage: string) =>
      as('alice', 'index', 'redeem', 'WDI', '--shares', '100', '--to-usdc', '--slippage', slippage);
    const fall = async (): Promise<string> => {
      await movePrices(world, new Map([['uniswap', 0.98]]));
      return 'y';
    };
    const refused = await answering(fall, () => redeem('0.1'));
    expect(refused.code).toBe(1);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toContain('"code":"TooLittle"');
    expect(refused.stderr).toContain('1 of 2 transactions were mined before it and stay');
    expect(await owned(wdi, alice)).toBe(shares);
    const { preview, result } = jsonOf(await answering(fall, () => redeem('2')));
    expect(BigInt(result.received)).toBeLessThan(BigInt(preview.comes[0].amount));
    expect(await owned(wdi, alice)).toBe(shares - 100n * ONE);
  });

  it('sends nothing when the answer is no', async () => {
    const { alice } = world.accounts;
    const shares = await owned(wdi, alice);
    for (const no of ['', 'n', 'yesterday']) {
      const said = await answering(
        async () => no,
        () => wicker('index', 'redeem', 'WDI', '--shares', '1', '--as', 'alice'),
      );
      expect(said.code).toBe(0);
      expect(said.stdout).toMatch(/Redeem 1 WDI in kind[\s\S]*\nNothing was sent\.\n$/);
    }
    expect(await owned(wdi, alice)).toBe(shares);
  });
});

describe('wicker index claims', () => {
  it('lists what could not be paid out, refuses while the token refuses, then pays', async () => {
    const { alice } = world.accounts;
    const mend = await breakToken('uniswap');
    try {
      const { preview, result } = jsonOf(await sending('alice', 'index', 'redeem', 'WDI', '--shares', '100'));
      const claimed = preview.comes.filter(({ claim }: { claim: boolean }) => claim);
      expect(claimed).toMatchObject([{ asset: token('uniswap') }]);
      expect(BigInt(result.setAside)).not.toBe(0n);
      const [claim] = jsonOf(await as('alice', 'index', 'claims'));
      expect(claim).toMatchObject({
        asset: token('uniswap'),
        id: 'uniswap',
        redeemable: false,
      });
      const text = (await wicker('index', 'claims', 'list', '--as', 'alice')).stdout;
      expect(text).toMatch(/uniswap +\d+\.\d+ +\d+\.\d\d +the token refuses to be paid out/);
      const refused = await sending('alice', 'index', 'claims', 'redeem', 'uniswap');
      expect([refused.code, errorOf(refused).code]).toEqual([1, 'CLAIM_NOT_PAYABLE']);
    } finally {
      await mend();
    }
    const before = await owned(token('uniswap'), alice);
    const { result } = jsonOf(await sending('alice', 'index', 'claims', 'redeem', 'all'));
    expect((await owned(token('uniswap'), alice)) - before).toBe(BigInt(result[0].amount));
    const left = await claimsOf(world.client, { platform: world.platform, owner: alice, assets: [token('uniswap')] });
    expect([...left]).toEqual([]);
    expect((await wicker('index', 'claims', '--as', 'alice')).stdout).toBe(`${alice} has no claims.\n`);
    expect(errorOf(await sending('alice', 'index', 'claims', 'redeem', 'uniswap')).code).toBe('NO_CLAIM');
  });

  it('to USDC sells the rest and names the claim', async () => {
    const mend = await breakToken('aave');
    try {
      const { preview } = jsonOf(
        await sending('alice', 'index', 'redeem', 'WDI', '--shares', '50', '--to-usdc', '--slippage', '1'),
      );
      expect(preview.comes).toMatchObject([{ asset: base }, { asset: token('aave'), claim: true }]);
      expect(preview.pools).toHaveLength(15);
    } finally {
      await mend();
    }
  });
});

describe('wicker index create', () => {
  const FILE = `{
    // two assets
    "name": "Two Exchanges", "symbol": "TWO", "manager": "bob",
    "fees": { "mintBps": 20, "redeemBps": 50, "managementPercent": 1 },
    "feeParts": { "bob": 5000, "alice": 3000 },
    "deposit": 10000,
    "assets": { "uniswap": 60, "sushi": 40 }
  }`;

  it('makes an index of what the creator holds; it is found by its symbol', async () => {
    const file = writeInto(world.folder, 'two.jsonc', FILE);
    const { preview, result } = jsonOf(await sending('alice', 'index', 'create', file));
    expect(preview.goes).toMatchObject([{ id: 'uniswap' }, { id: 'sushi' }]);
    expect(preview.allowances.every(({ spender }: { spender: string }) => spender === token('factory'))).toBe(true);
    const { nav, assets } = await readIndex(world.client, { platform: world.platform, index: result.index });
    expect(Number(nav)).toBeCloseTo(Number(10_000n * USD), -2);
    expect(assets.map(({ target }) => target)).toEqual(expect.arrayContaining([(ONE * 6n) / 10n, (ONE * 4n) / 10n]));
    expect(await owned(result.index, world.accounts.alice)).toBe(BigInt(result.shares) - ONE);
    const manager = { abi: indexAbi, address: result.index, functionName: 'manager' } as const;
    expect(await world.client.readContract(manager)).toBe(world.accounts.bob);
    expect(jsonOf(await wicker('index', 'show', 'TWO', '--json')).address).toBe(result.index);

    const twin = jsonOf(await sending('alice', 'index', 'create', file)).result.index;
    const ambiguous = errorOf(await wicker('index', 'show', 'TWO', '--json'));
    expect(ambiguous.code).toBe('AMBIGUOUS_INDEX');
    expect(ambiguous.hint).toContain(twin);
  });

  it.each([
    ['weights that miss 100 %', FILE.replace('40 }', '39 }'), 'INVALID_FILE', 'the weights sum to 99 %, not to 100 %'],
    ['an unknown asset', FILE.replace('sushi', 'shushi'), 'UNKNOWN_ASSET', "there is no asset 'shushi'"],
    ['a field that is not there', FILE.replace('"symbol": "TWO",', ''), 'INVALID_FILE', 'line 1: symbol: is missing'],
    ['a field of another kind', FILE.replace('20', '"20"'), 'INVALID_FILE', 'line 4: fees.mintBps'],
    ['no JSON', FILE.replace('"deposit"', 'deposit'), 'INVALID_JSON', '6:5'],
    [
      'a symbol that would write over the terminal',
      FILE.replace('"TWO"', '"T\\u001bWO"'),
      'INVALID_FILE',
      'line 3: symbol',
    ],
    ['a redeem fee that no index may have', FILE.replace('50', '201'), 'INVALID_FILE', 'line 4: fees.redeemBps'],
    ['an asset twice', FILE.replace('"sushi": 40', '"uniswap": 40'), 'DUPLICATE_ID', "'uniswap' occurs twice"],
    ['parts that do not fit', FILE.replace('3000', '4000'), 'INVALID_FILE', 'so they have to make 8000'],
    [
      'too high a fee',
      FILE.replace('"managementPercent": 1', '"managementPercent": 11'),
      'INVALID_FILE',
      'the most is 10',
    ],
    ['an unknown manager', FILE.replace('"manager": "bob"', '"manager": "bop"'), 'UNKNOWN_ACCOUNT', "'bop'"],
    ['an unlisted asset', FILE.replace('"sushi"', `"0x${'1'.repeat(40)}"`), 'NOT_LISTED', 'not listed'],
  ])('refuses %s', async (_, text, code, message) => {
    const refused = errorOf(await sending('alice', 'index', 'create', writeInto(world.folder, 'bad.json', text)));
    expect(refused).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('says exactly what the creator lacks', async () => {
    const file = writeInto(world.folder, 'two.jsonc', FILE);
    const { code, message } = errorOf(await sending('watchman', 'index', 'create', file));
    expect(code).toBe('INSUFFICIENT_BALANCE');
    expect(message).toMatch(
      /lacks\n {2}\d+\.\d+ uniswap \(UNI\), having 0 of .*;\n {2}\d+\.\d+ sushi \(SUSHI\), having 0/,
    );
  });

  it('takes amounts instead of a deposit', async () => {
    const text = FILE.replace('"deposit": 10000,', '').replace(
      '{ "uniswap": 60, "sushi": 40 }',
      '{ "uniswap": { "weight": 60, "amount": "1000.5" }, "sushi": { "weight": 40, "amount": 3000 } }',
    );
    const file = writeInto(world.folder, 'amounts.json', text.replace('TWO', 'AMT'));
    const { preview } = jsonOf(await sending('alice', 'index', 'create', file));
    expect(preview.goes.map(({ amount }: { amount: string }) => amount)).toEqual([
      '1000500000000000000000',
      '3000000000000000000000',
    ]);
  });
});
