import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DEV_MNEMONIC } from '@wicker/devnet';
import { bytesToHex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorOf, jsonOf, run } from './support/run.ts';
import { type CliWorld, endow, openCliWorld, writeInto } from './support/world.ts';

let world: CliWorld;

beforeAll(async () => {
  world = await openCliWorld();
});
afterAll(() => world?.stop());
afterEach(() => vi.unstubAllEnvs());

const json = (value: unknown): string => JSON.stringify(value);
const file = (name: string, changes: object): string =>
  writeInto(world.folder, name, json({ ...world.deployment, ...changes }));
const JSON_HEADERS = { 'content-type': 'application/json' };
const list = (...args: string[]) => run('index', 'list', '--json', ...args);

/** The key of an account of the devnet, by its place. */
const keyOf = (addressIndex: number) => {
  const { privateKey } = mnemonicToAccount(DEV_MNEMONIC, { addressIndex }).getHdKey();
  return bytesToHex(privateKey ?? new Uint8Array());
};
const ALICE = 7;
const BOB = 8;

describe('the deployment', () => {
  it('says where its chain is, unless --rpc does', async () => {
    expect(jsonOf(await list('--deployment', world.file))).toHaveLength(2);
    const bare = file('bare.json', { rpc: undefined });
    expect(errorOf(await list('--deployment', bare)).code).toBe('NO_RPC');
    expect(jsonOf(await list('--deployment', bare, '--rpc', world.chain.url))).toHaveLength(2);
  });

  it.each([
    ['is not there', () => 'none.json', 'UNREADABLE_FILE', 2],
    ['is no JSON', () => writeInto(world.folder, 'half.json', '{"rpc": '), 'INVALID_JSON', 2],
    ['names no vault', () => file('a.json', { addresses: {} }), 'INVALID_FILE', 2],
    ['has a field that is not known', () => file('b.json', { fromBlok: 1 }), 'INVALID_FILE', 2],
    ['is of another chain', () => file('c.json', { chainId: 1 }), 'WRONG_CHAIN', 1],
    [
      'names contracts that are not there',
      () => file('d.json', { addresses: { ...world.deployment.addresses, vault: `0x${'1'.repeat(40)}` } }),
      'NO_PLATFORM',
      1,
    ],
    ['is of a chain that is gone', () => file('e.json', { rpc: 'http://127.0.0.1:9' }), 'NO_CHAIN', 1],
  ])('that %s is refused', async (_, path, code, exit) => {
    const refused = await list('--deployment', path());
    const error = errorOf(refused);
    expect([error.code, refused.code]).toEqual([code, exit]);
    expect(error.hint).not.toBe('');
  });

  it('without one there has to be a devnet in the folder', async () => {
    vi.spyOn(process, 'cwd').mockReturnValue(world.folder);
    const none = await list();
    expect(errorOf(none)).toMatchObject({ code: 'NO_DEVNET', hint: expect.stringContaining('npm start') });
  });

  it('at a URL that is none, or that refuses, keeps secrets of the URL', async () => {
    expect(errorOf(await list('--deployment', world.file, '--rpc', 'localhost')).code).toBe('BAD_RPC');
    const server = createServer((_, response) => response.writeHead(403).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const { code, message } = errorOf(
        await list('--deployment', world.file, '--rpc', `http://127.0.0.1:${port}/v3/KEY`),
      );
      expect([code, message]).toEqual(['NODE_REFUSED', `http://127.0.0.1:${port} answers with HTTP 403`]);
    } finally {
      server.close();
    }
  });
});

describe('a chain that goes away between two transactions', () => {
  it('leaves no doubt about what was mined', async () => {
    let sent = 0;
    // Passes all on to the node, until the second transaction is to be sent.
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      sent += body.split('"eth_sendTransaction"').length - 1;
      if (sent > 1) return request.socket.destroy();
      const answer = await fetch(world.chain.url, { method: 'POST', body, headers: JSON_HEADERS });
      response.writeHead(200, JSON_HEADERS).end(await answer.text());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      await endow(world, world.accounts.watchman, [[world.deployment.addresses.base, 1_000_000_000n]]);
      const mint = ['index', 'mint', 'WDI', '--pay', '100', '--as', 'watchman', '--json', '--yes'];
      const { code, message } = errorOf(
        await run(...mint, '--deployment', world.file, '--rpc', `http://127.0.0.1:${port}`),
      );
      expect(code).toBe('NO_CHAIN');
      expect(message).toContain("nobody knows whether 'mint WDI' was sent; 1 of 2 transactions were mined before it");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('the folder of a keeper', () => {
  it('has to be one, and one keeper works in it', async () => {
    const keep = (dir: string) =>
      run('keeper', '--once', '--json', '--deployment', world.file, '--as', 'keeper', '--dir', dir);
    expect(errorOf(await keep(world.file))).toMatchObject({ code: 'BAD_DIR', hint: expect.stringContaining('--dir') });
    const dir = mkdtempSync(join(world.folder, 'records-'));
    writeInto(dir, 'lock', `${process.ppid}\n`);
    expect(errorOf(await keep(dir)).code).toBe('RECORDS_TAKEN');
  });
});

describe('the account', () => {
  const mint = (...args: string[]) =>
    run('index', 'mint', 'WBC', '--pay', '100', '--json', '--yes', '--deployment', world.file, ...args);

  it.each([
    ['nobody', [], 'NO_ACCOUNT', 'alice'],
    ['a name that is not there', ['--as', 'alise'], 'UNKNOWN_ACCOUNT', "'alice'"],
    ['an address that the node does not sign for', ['--as', `0x${'1'.repeat(40)}`], 'NO_SIGNER', 'WICKER_PRIVATE_KEY'],
  ])('cannot be %s', async (_, args, code, hint) => {
    expect(errorOf(await mint(...args))).toMatchObject({ code, hint: expect.stringContaining(hint) });
  });

  it('can be one whose key is in the environment', async () => {
    const { base } = world.deployment.addresses;
    await endow(world, world.accounts.alice, [[base, 1_000_000_000n]]);
    vi.stubEnv('WICKER_PRIVATE_KEY', keyOf(ALICE));
    expect(jsonOf(await mint()).preview.account).toBe(world.accounts.alice);
    expect(jsonOf(await mint('--as', 'alice')).sent).toBe(true);
    const other = errorOf(await mint('--as', 'bob'));
    expect(other).toMatchObject({ code: 'ACCOUNT_MISMATCH' });
    expect(JSON.stringify(other)).not.toContain(keyOf(ALICE).slice(2, 12));
  });

  it.each(['secret', '0x12', `0x${'0'.repeat(64)}`, `0x${'f'.repeat(64)}`])(
    'a key that is none is refused without being told',
    async (key) => {
      vi.stubEnv('WICKER_PRIVATE_KEY', key);
      const { code, message } = errorOf(await mint());
      expect(code).toBe('BAD_PRIVATE_KEY');
      expect(message).not.toContain(key);
    },
  );

  it('needs ETH for the gas', async () => {
    const { client, accounts, deployment } = world;
    await endow(world, accounts.bob, [[deployment.addresses.base, 1_000_000_000n]]);
    const balance = await client.getBalance({ address: accounts.bob });
    await client.setBalance({ address: accounts.bob, value: 1n });
    vi.stubEnv('WICKER_PRIVATE_KEY', keyOf(BOB));
    const { code, message } = errorOf(await mint());
    expect([code, message]).toEqual(['NO_GAS_MONEY', expect.stringMatching(/costs about 0\.0\d+ ETH, and 0x/)]);
    await client.setBalance({ address: accounts.bob, value: balance });
  });
});
