import { InputError } from '@wicker/core';
import { type Chain, DevnetError, startChain } from '@wicker/devnet';
import type { Command } from 'commander';
import { createFund } from '../demo/funds.ts';
import { INDEX_B, indexA } from '../demo/indices.ts';
import { stepsFor } from '../demo/steps.ts';
import { buildWorld } from '../demo/world.ts';
import { printLine } from '../output.ts';
import { openDisplay } from '../up/display.ts';
import { live, TICK_SECONDS } from '../up/live.ts';
import { announce, retract } from '../up/state.ts';

const DEFAULT_PORT = '8545';
const MAX_PORT = 65_535;

export function register(program: Command): void {
  program
    .command('up')
    .description('run a devnet with two index funds on it until Ctrl-C')
    .option('--port <number>', 'port of the chain on this machine', DEFAULT_PORT)
    .action(up);
}

async function up({ port }: { port: string }): Promise<void> {
  const asked = new AbortController();
  // Both may come twice: once from the terminal, once from npm.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => asked.abort());
  const chain = await startOn(parsePort(port));
  try {
    const ended = chain.exited.then((code) => {
      throw new DevnetError('CHAIN_ENDED', `the chain ended with code ${code}`, 'start it again');
    });
    await Promise.race([serve(chain, asked.signal), aborted(asked.signal), ended]);
  } finally {
    retract(chain.url);
    await chain.stop();
  }
  // What still waits for the chain, which is gone, waits in vain.
  process.exit(0);
}

/** Resolves when the signal says stop. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
}

async function startOn(port: number): Promise<Chain> {
  try {
    return await startChain({ port });
  } catch (error) {
    if (!(error instanceof DevnetError) || error.code !== 'PORT_TAKEN') throw error;
    throw new DevnetError(error.code, error.message, `end that program, or use another one: --port ${port + 1}`);
  }
}

async function serve(chain: Chain, signal: AbortSignal): Promise<void> {
  const steps = stepsFor(false);
  const world = await buildWorld(steps, chain);
  const specA = indexA(world.fund);
  const a = await steps.run('create index A with 5 000 000 USDC in 16 assets', () => createFund(world, specA));
  const b = await steps.run('create index B with 1 000 000 USDC in 8 of them', () => createFund(world, INDEX_B));
  const file = announce(world, chain.url, { [specA.symbol]: a.index, [INDEX_B.symbol]: b.index });
  printHelp(chain.url, file);
  await live(world, [a.index, b.index], openDisplay(), signal);
}

function printHelp(url: string, file: string): void {
  printLine();
  printLine(`A devnet runs at ${url}; its addresses are in ${file}.`);
  printLine(`Every 2 seconds its clock goes on by ${TICK_SECONDS / 60n} minutes and the market moves a little.`);
  printLine('A keeper opens an epoch when an index is out of tolerance, and trades as the clock comes down.');
  printLine();
  printLine('Try in another terminal:');
  printLine('  npm run wicker -- index show WDI');
  printLine('  npm run wicker -- demo');
  printLine('  npm run wicker -- screen data/universes/pdi-2023-05.json --methodology data/methodologies/pdi.json');
  printLine(`  curl -s ${url} -H 'content-type: application/json' \\`);
  printLine(`    -d '{"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["latest",false]}'`);
  printLine();
  printLine('Ctrl-C ends it.');
}

/** @throws InputError unless the text is a port number; 0 takes a free one. */
function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= MAX_PORT) return port;
  throw new InputError('BAD_PORT', `'${text}' is no port`, `Use a whole number from 0 to ${MAX_PORT}.`);
}
