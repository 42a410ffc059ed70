import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Devnet, readDevnet, removeDevnet, writeDevnet } from './state.ts';

const ADDRESS = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const DEVNET: Devnet = {
  rpc: 'http://127.0.0.1:8545',
  ...{ chainId: 31337, fromBlock: 0 },
  addresses: {
    ...{ authority: ADDRESS, priceFeed: ADDRESS, assetList: ADDRESS, vault: ADDRESS, rebalancer: ADDRESS },
    ...{ managed: ADDRESS, factory: ADDRESS, router: ADDRESS, base: ADDRESS, link: ADDRESS },
  },
  indices: { PDI: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' },
  accounts: { investor: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' },
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wicker-'));
});
afterEach(() => rmSync(root, { recursive: true }));

it('reads what was written, until it is removed', () => {
  expect(writeDevnet(root, DEVNET)).toBe(join(root, '.wicker', 'devnet.json'));
  expect(readDevnet(root)).toEqual(DEVNET);
  removeDevnet(root);
  removeDevnet(root);
  expect(() => readDevnet(root)).toThrow(expect.objectContaining({ code: 'NO_DEVNET' }));
});

it.each([
  ['not JSON', '{', /not JSON/],
  [
    'an address that is none',
    JSON.stringify({ ...DEVNET, addresses: { ...DEVNET.addresses, vault: '0x12' } }),
    /addresses.vault/,
  ],
  ['a contract that is missing', JSON.stringify({ ...DEVNET, addresses: { link: ADDRESS } }), /addresses.vault/],
  ['an unknown key', JSON.stringify({ ...DEVNET, more: 1 }), /more/],
])('refuses %s', (_, text, message) => {
  const file = writeDevnet(root, DEVNET);
  writeFileSync(file, text);
  expect(() => readDevnet(root)).toThrow(expect.objectContaining({ code: 'BAD_DEVNET' }));
  expect(() => readDevnet(root)).toThrow(message);
});
