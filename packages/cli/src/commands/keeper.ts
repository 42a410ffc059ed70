import { join } from 'node:path';
import { InputError } from '@wicker/core';
import { createKeeper, createLog, type Keeper, type KeeperOptions, serveKeeper } from '@wicker/keeper';
import type { Command } from 'commander';
import { parseGwei } from 'viem';
import { requireAccount, requireSigner } from '../connect/account.ts';
import { connect } from '../connect/connect.ts';
import { type ChainOptions, withChain } from '../connect/options.ts';

interface Options extends ChainOptions {
  readonly port: string;
  readonly dir: string;
  readonly interval: string;
  readonly maxGasPrice?: string;
  readonly replaceAfter: string;
  readonly dryRun?: boolean;
  readonly once?: boolean;
  readonly json?: boolean;
}

const MAX_PORT = 65_535;
const SECOND = 1_000;

export function register(program: Command): void {
  withChain(program.command('keeper'))
    .description('watch the indices: open epochs, cross, trade, record what happens')
    .option('--port <number>', 'port of the API and the metrics on this machine', '9464')
    .option('--dir <folder>', 'where the records are', join('.wicker', 'keeper'))
    .option('--interval <seconds>', 'pause between two looks at the chain', '12')
    .option('--max-gas-price <gwei>', 'send nothing while gas costs more')
    .option('--replace-after <seconds>', 'outbid a transaction of its own that is not mined after this time', '120')
    .option('--dry-run', 'plan and simulate, but send nothing')
    .option('--once', 'do what can be done now, then end')
    .option('--json', 'log in JSON on a terminal, too')
    .action(keep);
}

async function keep(options: Options): Promise<void> {
  const port = parsePort(options.port);
  const settings = {
    ...{ interval: parseSeconds('--interval', options.interval), dryRun: options.dryRun === true },
    ...{ replaceAfter: parseSeconds('--replace-after', options.replaceAfter), maxGasPrice: parsePrice(options) },
  };
  const connection = await connect(options);
  const { client, deployment } = connection;
  const account = requireAccount(connection);
  if (!settings.dryRun) await requireSigner(client, account);
  const log = createLog({ json: options.json === true || !process.stdout.isTTY });
  const keeper = open({
    ...{ client, account, log, dir: options.dir, ...settings },
    ...{ platform: deployment.addresses, fromBlock: BigInt(deployment.fromBlock) },
  });
  if (options.once === true) await once(keeper);
  else await serve(keeper, port, (url) => log.info({ url, metrics: `${url}/metrics` }, 'the keeper works'));
}

/** @throws {InputError} BAD_DIR when records cannot be kept in the folder */
function open(options: KeeperOptions): Keeper {
  try {
    return createKeeper(options);
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    const message = `cannot keep records in '${options.dir}': ${error.message}`;
    throw new InputError('BAD_DIR', message, 'Name a folder with --dir in which files can be made.');
  }
}

/** Ticks until nothing is left to do. @throws {WickerError} the trouble that kept it from that */
async function once(keeper: Keeper): Promise<void> {
  try {
    for (;;) {
      const { action, trouble } = await keeper.tick();
      if (trouble !== undefined) throw trouble;
      if (keeper.report().dryRun || (action !== 'open' && action !== 'trade')) return;
    }
  } finally {
    await keeper.stop();
  }
}

/** Works until it is asked to end: once to end after the current step, twice to end at once. */
async function serve(keeper: Keeper, port: number, started: (url: string) => void): Promise<void> {
  try {
    const served = await serveKeeper(keeper, { port });
    started(served.url);
    keeper.start();
    await asked();
    await served.stop();
  } finally {
    await keeper.stop();
  }
}

/** {ms} Ctrl-C may arrive twice at once: from the terminal, and from npm */
const SAME_PRESS = 300;
/** What shells say of a process that Ctrl-C ended. */
const INTERRUPTED = 130;

function asked(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (first !== undefined && Date.now() - first > SAME_PRESS) process.exit(INTERRUPTED);
        first ??= Date.now();
        resolve();
      });
    }
  });
}

/** @throws {InputError} BAD_PORT; 0 takes a free one */
function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= MAX_PORT) return port;
  throw new InputError('BAD_PORT', `'${text}' is no port`, `Use a whole number from 0 to ${MAX_PORT}.`);
}

/** {ms} @throws {InputError} BAD_SECONDS */
function parseSeconds(option: string, text: string): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds > 0 && seconds <= 86_400) return seconds * SECOND;
  throw new InputError('BAD_SECONDS', `${option}: '${text}' is no time`, 'Give seconds above 0, at most 86400.');
}

/** {wei/gas} @throws {InputError} BAD_GAS_PRICE */
function parsePrice({ maxGasPrice: text }: Options): bigint | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(\.\d{1,9})?$/.test(text) && parseGwei(text) > 0n) return parseGwei(text);
  throw new InputError('BAD_GAS_PRICE', `--max-gas-price: '${text}' is no price`, 'Give gwei, for example 2.5.');
}
