import { InputError } from '@wicker/core';
import { type Chain, DevnetError, startChain } from '@wicker/devnet';
import { keeperApi } from '@wicker/keeper';
import type { Command } from 'commander';
import { createFund } from '../demo/funds.ts';
import { INDEX_B, indexA } from '../demo/indices.ts';
import { type Steps, stepsFor } from '../demo/steps.ts';
import { buildWorld, type World } from '../demo/world.ts';
import { printLine } from '../output.ts';
import { readPage } from '../site/files.ts';
import { type Listening, listen } from '../site/listen.ts';
import { buildPage, isPageStale } from '../site/page.ts';
import { createSite } from '../site/site.ts';
import { discardRecords, openDevnetKeeper } from '../up/devnet-keeper.ts';
import { openDisplay } from '../up/display.ts';
import { fundInvestors } from '../up/investors.ts';
import { live, TICK_SECONDS } from '../up/live.ts';
import { announce, retract } from '../up/state.ts';
import { type NamedIndex, webConfig } from '../up/web-config.ts';

const DEFAULT_PORT = '8545';
const DEFAULT_WEB_PORT = '8080';
const MAX_PORT = 65_535;

interface Options {
  readonly port: string;
  readonly webPort: string;
}

export function register(program: Command): void {
  program
    .command('up')
    .description('run a devnet with two index funds and their page until Ctrl-C')
    .option('--port <number>', 'port of the chain on this machine', DEFAULT_PORT)
    .option('--web-port <number>', 'port of the page; when it is taken, the next free one', DEFAULT_WEB_PORT)
    .action(up);
}

async function up({ port, webPort }: Options): Promise<void> {
  const ports = { chain: parsePort('--port', port), web: parsePort('--web-port', webPort) };
  const asked = new AbortController();
  // Both may come twice: once from the terminal, once from npm.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => asked.abort());
  const chain = await startOn(ports.chain);
  const sites: Listening[] = [];
  try {
    const ended = chain.exited.then((code) => {
      throw new DevnetError('CHAIN_ENDED', `the chain ended with code ${code}`, 'start it again');
    });
    await Promise.race([serve(chain, ports.web, sites, asked.signal), aborted(asked.signal), ended]);
  } finally {
    retract(chain.url);
    await Promise.all(sites.map(({ stop }) => stop()));
    await chain.stop();
    discardRecords(chain.url);
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

/** Opens both indices; gives the investors what they need to take part. */
async function openIndices(steps: Steps, world: World): Promise<NamedIndex[]> {
  const specA = indexA(world.fund);
  const a = await steps.run('create index A with 5 000 000 USDC in 16 assets', () => createFund(world, specA));
  const b = await steps.run('create index B with 1 000 000 USDC in 8 of them', () => createFund(world, INDEX_B));
  await steps.run('give alice and bob play money', () => fundInvestors(world, [a.index, b.index]));
  return [
    { symbol: specA.symbol, name: specA.name, address: a.index },
    { symbol: INDEX_B.symbol, name: INDEX_B.name, address: b.index },
  ];
}

/** Builds all, tells of it, and lets it live; what listens for the page goes into `sites`. */
async function serve(chain: Chain, webPort: number, sites: Listening[], signal: AbortSignal): Promise<void> {
  const steps = stepsFor(false);
  const page = isPageStale() ? await steps.run('build the page', buildPage) : await buildPage();
  const world = await buildWorld(steps, chain);
  const named = await openIndices(steps, world);
  const keeper = openDevnetKeeper(world, chain.url);
  const config = webConfig(world, named);
  const site = await listen(
    createSite({ files: readPage(page), config, rpcUrl: chain.url, keeper: keeperApi(keeper) }),
    webPort,
  );
  sites.push(site);
  const file = announce(world, chain.url, Object.fromEntries(named.map(({ symbol, address }) => [symbol, address])));
  printHelp(chain.url, file, site, webPort);
  const indices = named.map(({ address }) => address);
  await live({ world, indices, keeper, display: openDisplay() }, signal);
}

function printHelp(rpc: string, file: string, { url, port }: Listening, wantedPort: number): void {
  printLine();
  if (wantedPort !== 0 && port !== wantedPort) printLine(`Port ${wantedPort} is taken by another program.`);
  printLine(`Open ${url} in a browser: the indices, what the keeper does, and mint and redeem with play money.`);
  printLine();
  printLine(`A devnet runs at ${rpc}; its addresses are in ${file}.`);
  printLine(`Every 2 seconds its clock goes on by ${TICK_SECONDS / 60n} minutes and the market moves a little.`);
  printLine('A keeper opens an epoch when an index is out of tolerance, and trades as the clock comes down.');
  printLine();
  printLine('Try in another terminal:');
  printLine('  npm run wicker -- index show WDI');
  printLine('  npm run wicker -- demo');
  printLine('  npm run wicker -- screen data/universes/pdi-2023-05.json --methodology data/methodologies/pdi.jsonc');
  printLine(`  curl -s ${rpc} -H 'content-type: application/json' \\`);
  printLine(`    -d '{"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["latest",false]}'`);
  printLine();
  printLine('Ctrl-C ends it.');
}

/** @throws InputError unless the text is a port number; 0 takes a free one. */
function parsePort(option: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= MAX_PORT) return port;
  throw new InputError('BAD_PORT', `${option} '${text}' is no port`, `Use a whole number from 0 to ${MAX_PORT}.`);
}
