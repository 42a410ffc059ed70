import { createTestClient, defineChain, http, publicActions, walletActions } from 'viem';
import { DevnetError } from './errors.ts';
import { foundryPath } from './foundry.ts';
import { type Guarded, spawnGuarded } from './guarded.ts';

/** The id wallets know local chains by. */
export const CHAIN_ID = 31337;
/** {gas} of a block, as on Ethereum today. */
export const BLOCK_GAS_LIMIT = 60_000_000n;
/** The phrase that every local chain derives its accounts from. It is public: its accounts hold play money only. */
export const DEV_MNEMONIC = 'test test test test test test test test test test test junk';

const START_TIMEOUT_MS = 15_000;
const POLLING_MS = 10;

/** Node's client for a local chain: reads, writes by unlocked accounts, and control of time and state. */
export const createDevClient = (url: string) =>
  createTestClient({
    mode: 'anvil',
    chain: defineChain({
      id: CHAIN_ID,
      name: 'Wicker devnet',
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: [url] } },
    }),
    transport: http(url, { batch: true, timeout: 60_000 }),
    pollingInterval: POLLING_MS,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions);

export type DevClient = ReturnType<typeof createDevClient>;

/** A running local chain. */
export interface Chain {
  /** Where its JSON-RPC is served, for example `http://127.0.0.1:8545`. */
  readonly url: string;
  readonly client: DevClient;
  /** Ends the chain; resolves when its process is gone. */
  readonly stop: () => Promise<void>;
  /** Resolves when the chain has ended, by `stop` or by itself. */
  readonly exited: Promise<number>;
}

export interface StartChainParameters {
  /** Port to listen on; 0, the default, takes a free one. */
  readonly port?: number;
}

/** Resolves with the port that the chain listens on. */
const listening = (guarded: Guarded, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    let output = '';
    const fail = (code: string, message: string, hint: string): void => {
      clearTimeout(timer);
      reject(new DevnetError(code, message, hint));
    };
    const timer = setTimeout(() => {
      void guarded.stop();
      fail('CHAIN_SILENT', `the chain did not answer within ${START_TIMEOUT_MS / 1000} s`, 'try again');
    }, START_TIMEOUT_MS);
    const read = (chunk: string): void => {
      output += chunk;
      const match = /Listening on [^\n]*:(\d+)\n/.exec(output);
      if (match === null) return;
      clearTimeout(timer);
      guarded.process.stdout?.off('data', read).resume();
      guarded.process.stderr?.off('data', read).resume();
      resolve(Number(match[1]));
    };
    guarded.process.stdout?.setEncoding('utf8').on('data', read);
    guarded.process.stderr?.setEncoding('utf8').on('data', read);
    void guarded.exited.then((code) => {
      if (/address already in use/i.test(output)) {
        fail('PORT_TAKEN', `port ${port} is taken by another program`, 'end that program, or choose another port');
      } else {
        fail('CHAIN_ENDED', `the chain ended with code ${code}: ${output.trim().slice(-400)}`, 'see the message above');
      }
    });
  });

/**
 * Starts a local Ethereum chain by the rules of Osaka, the gas limit of a transaction (EIP-7825) included. It mines each
 * transaction at once and ends with this process, however that ends.
 *
 * @throws {DevnetError} FOUNDRY_MISSING, PORT_TAKEN, CHAIN_SILENT, CHAIN_ENDED
 * @example
 * const chain = await startChain();
 * await chain.client.getBlockNumber(); // 0n
 * await chain.stop();
 */
export const startChain = async ({ port = 0 }: StartChainParameters = {}): Promise<Chain> => {
  const args = [
    ...['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(CHAIN_ID)],
    ...['--hardfork', 'osaka', '--enable-tx-gas-limit', '--gas-limit', String(BLOCK_GAS_LIMIT)],
    // It signs for its accounts: no page of the web that is open in a browser beside it may ask it.
    ...['--mnemonic', DEV_MNEMONIC, '--prune-history', '256', '--no-cors'],
  ];
  const guarded = spawnGuarded(foundryPath('anvil'), args, { output: 'pipe' });
  const url = `http://127.0.0.1:${await listening(guarded, port)}`;
  const client = createDevClient(url);
  await client.setLoggingEnabled(false); // a log line per request would fill the pipe while this process is busy
  return { url, client, stop: guarded.stop, exited: guarded.exited };
};

/** Moves the chain's clock by `seconds` {s} and mines one block at the new time. Returns that block's time {s}. */
export const jump = async (client: DevClient, seconds: bigint): Promise<bigint> => {
  const { timestamp } = await client.getBlock();
  await client.setNextBlockTimestamp({ timestamp: timestamp + seconds });
  await client.mine({ blocks: 1 });
  return timestamp + seconds;
};
