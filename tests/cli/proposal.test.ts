import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdingsOf, proposalOf } from '@wicker/sdk';
import { getAddress, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths.ts';
import { errorOf, jsonOf, type Run, run } from './support/run.ts';
import { type CliWorld, endow, openCliWorld, writeInto } from './support/world.ts';

const UNIVERSE = join(ROOT, 'data/universes/pdi-2023-05.json');
const methodology = (name: string): string[] => ['--methodology', join(ROOT, `data/methodologies/${name}.jsonc`)];

let world: CliWorld;
let proposal = '';
let hash: Hex = '0x';

beforeAll(async () => {
  world = await openCliWorld();
  proposal = join(world.folder, 'proposals/pdi.json');
  hash = jsonOf(await run('weigh', UNIVERSE, ...methodology('pdi'), '--propose', proposal, '--json')).hash;
});
afterAll(() => world?.stop());

const verify = (index: string, by = 'pdi', universe = UNIVERSE): Promise<Run> =>
  run('verify', universe, ...methodology(by), '--index', index, '--deployment', world.file, '--json');
const sending = (...args: string[]): Promise<Run> => run(...args, '--deployment', world.file, '--json', '--yes');

describe('a proposal on a chain', () => {
  it('is verified against an index whose weights came without a hash', async () => {
    const { comparisons } = jsonOf(await verify('WDI'));
    expect(comparisons).toEqual([{ with: 'WDI', same: true, hash: null, inputs: [], weights: [] }]);
    const other = await verify('WDI', 'pdi-2023');
    expect([other.code, other.stderr]).toEqual([1, '']);
    const [{ same, weights }] = JSON.parse(other.stdout).comparisons;
    expect(same).toBe(false);
    expect(weights).toContainEqual({
      ...{ id: 'curve-dao-token', proposed: '0.000000000000000000' },
      computed: expect.stringMatching(/^0\.06/),
    });
  });

  it('makes an index with its weights, and the hash in an event', async () => {
    const { market, accounts, client, platform } = world;
    await endow(
      world,
      accounts.alice,
      market.tokens.map(({ address }) => [address, 10n ** 24n]),
    );
    const file = writeInto(
      world.folder,
      'proposed.json',
      `{ "name": "Proposed", "symbol": "PRO", "deposit": 50000,
        "fees": { "mintBps": 20, "redeemBps": 50, "managementPercent": 1 } }`,
    );
    const create = ['index', 'create', file, '--as', 'alice'];
    const { preview, result } = jsonOf(await sending(...create, '--proposal', proposal));
    expect(preview.goes).toHaveLength(16);
    expect(preview.limits[1]).toBe(`weights of pdi-2023-05 by pdi; an event tells their hash ${hash}`);
    expect(await proposalOf(client, { platform, index: result.index, fromBlock: 0n })).toBe(hash);
    expect(jsonOf(await verify('PRO')).comparisons).toEqual([
      { with: 'PRO', same: true, hash, inputs: [], weights: [] },
    ]);

    expect(errorOf(await sending(...create))).toMatchObject({
      code: 'INVALID_FILE',
      message: expect.stringMatching(/assets: is missing/),
    });
    const both = writeInto(
      world.folder,
      'both.json',
      readFileSync(file, 'utf8').replace('"deposit"', '"assets": {"aave": 100}, "deposit"'),
    );
    const refused = errorOf(await sending('index', 'create', both, '--as', 'alice', '--proposal', proposal));
    expect(refused.message).toContain('those of the proposal count');
  });

  it('gives an index new targets, by its manager alone', async () => {
    const { client, platform } = world;
    const reweigh = ['index', 'reweigh', 'WBC', '--proposal', proposal];
    const stranger = await sending(...reweigh, '--as', 'alice');
    expect([stranger.code, errorOf(stranger).code]).toEqual([1, 'NOT_MANAGER']);
    const asked = await run(...reweigh, '--as', 'manager', '--deployment', world.file);
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining('--yes')]);
    expect(asked.stdout).toMatch(/target +from +to\n[─ ]+\nuniswap +0\.125000000000000000 +0\.300000000000000000\n/);

    const { preview, result } = jsonOf(await sending(...reweigh, '--as', 'manager'));
    expect(preview).toMatchObject({ title: 'Reweigh WBC', goes: [], comes: [], allowances: [] });
    expect(preview.weights).toHaveLength(16);
    const index = getAddress(result.index);
    const { legs } = await holdingsOf(client, { platform, index });
    expect(legs.reduce((sum, { weight }) => sum + weight, 0n)).toBe(10n ** 18n);
    expect(jsonOf(await verify('WBC')).comparisons).toEqual([
      { with: 'WBC', same: true, hash, inputs: [], weights: [] },
    ]);
  });

  it('with another figure has another hash, and the same weights are not enough', async () => {
    const text = readFileSync(UNIVERSE, 'utf8').replace('"priceUsd": 5.55', '"priceUsd": 5.56');
    const run = await verify('WBC', 'pdi', writeInto(world.folder, 'universe.json', text));
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout).comparisons).toEqual([{ with: 'WBC', same: false, hash, inputs: [], weights: [] }]);
  });

  it('is refused when it was changed, or names what the chain does not have', async () => {
    const reweigh = (file: string) => sending('index', 'reweigh', 'WBC', '--as', 'manager', '--proposal', file);
    const changed = readFileSync(proposal, 'utf8').replace('"cap": "0.3"', '"cap": "0.4"');
    const refused = errorOf(await reweigh(writeInto(world.folder, 'changed.json', changed)));
    expect(refused).toMatchObject({
      code: 'INVALID_FILE',
      message: expect.stringMatching(/hash: its inputs have the hash 0x/),
    });
    const other = join(world.folder, 'other.json');
    await run('weigh', UNIVERSE, ...methodology('pdi-2023'), '--propose', other);
    expect(existsSync(other)).toBe(true);
    expect(errorOf(await reweigh(other))).toMatchObject({
      code: 'UNKNOWN_ASSET',
      message: expect.stringMatching(/curve-dao-token/),
    });
  });
});
