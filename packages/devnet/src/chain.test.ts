import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLOCK_GAS_LIMIT, CHAIN_ID, type Chain, jump, startChain } from './chain.ts';

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const until = async (condition: () => boolean, timeoutMs: number): Promise<boolean> => {
  for (const end = Date.now() + timeoutMs; Date.now() < end; ) {
    if (condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return condition();
};

describe('startChain', () => {
  let chain: Chain;
  beforeAll(async () => {
    chain = await startChain();
  });
  afterAll(() => chain.stop());

  it('serves a chain with the id, gas limit and accounts of a devnet', async () => {
    expect(await chain.client.getChainId()).toBe(CHAIN_ID);
    expect((await chain.client.getBlock()).gasLimit).toBe(BLOCK_GAS_LIMIT);
    expect(await chain.client.getAddresses()).toContain('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266');
  });

  it('holds transactions to the gas limit of EIP-7825', async () => {
    const [from] = await chain.client.getAddresses();
    if (from === undefined) throw new Error('no account');
    const send = (gas: bigint) => chain.client.sendTransaction({ account: from, to: from, gas });
    await expect(send(16_777_217n)).rejects.toThrow(/gas/i);
    await expect(send(16_777_216n)).resolves.toMatch(/^0x/);
  });

  it('answers no page from elsewhere: it signs for its accounts', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const preflight = await fetch(chain.url, { method: 'OPTIONS', headers });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    // What browsers send without asking first is not taken for a request.
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_accounts', params: [] });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await fetch(chain.url, { method: 'POST', headers: { 'content-type': type }, body });
      expect(await answer.text()).toContain('"error"');
    }
  });

  it('says which port is taken and what to do', async () => {
    const port = Number(new URL(chain.url).port);
    await expect(startChain({ port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `port ${port} is taken by another program`,
      hint: expect.stringContaining('another port'),
    });
  });

  it('jumps in time by one block', async () => {
    const before = await chain.client.getBlock();
    const now = await jump(chain.client, 86_400n);
    const after = await chain.client.getBlock();
    expect(now).toBe(before.timestamp + 86_400n);
    expect(after).toMatchObject({ timestamp: now, number: before.number + 1n });
  });

  it('stops, twice if asked', async () => {
    const other = await startChain();
    await other.stop();
    await other.stop();
    await expect(other.client.getChainId()).rejects.toThrow();
  });
});

describe('spawnGuarded', () => {
  it('leaves nothing behind when its parent is killed', async () => {
    const guarded = fileURLToPath(new URL('./guarded.ts', import.meta.url));
    const script = `
      import { spawnGuarded } from ${JSON.stringify(guarded)};
      spawnGuarded('sh', ['-c', 'sleep 300 & echo $! $$; wait'], { output: 'inherit' });
    `;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pids = await new Promise<number[]>((resolve) => {
      parent.stdout.once('data', (chunk) => resolve(String(chunk).trim().split(' ').map(Number)));
    });
    expect(pids.map(alive)).toEqual([true, true]);
    parent.kill('SIGKILL');
    expect(await until(() => !pids.some(alive), 2_000)).toBe(true);
  });
});
