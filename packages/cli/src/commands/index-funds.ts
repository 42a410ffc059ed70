import { formatFixed, InputError, WickerError } from '@wicker/core';
import { type Devnet, readDevnet } from '@wicker/devnet';
import { type ReadIndexReturnType, readIndex } from '@wicker/sdk';
import type { Command } from 'commander';
import { type Address, createPublicClient, erc20Abi, http, isAddress, isAddressEqual, type PublicClient } from 'viem';
import { assetTable, heading, USUAL_DECIMALS } from '../index-text.ts';
import { printJson, printLine } from '../output.ts';

type Options = { json?: boolean };

export function register(program: Command): void {
  const index = program.command('index').description('look at the indices of the devnet that `wicker up` runs here');
  index.command('list').description('every index in a line').option('--json', 'print one JSON document').action(list);
  index
    .command('show')
    .description('what an index holds, aims at and wants to trade')
    .argument('<index>', 'symbol or address')
    .option('--json', 'print one JSON document')
    .action(show);
}

async function list({ json }: Options): Promise<void> {
  const devnet = readDevnet(process.cwd());
  const client = await connect(devnet);
  const found = await Promise.all(Object.values(devnet.indices).map((index) => read(client, devnet, index)));
  if (json) printJson(found.map((one) => summary(one)));
  else for (const { index } of found) printLine(heading(index));
}

async function show(name: string, { json }: Options): Promise<void> {
  const devnet = readDevnet(process.cwd());
  const address = addressOf(devnet, name);
  const client = await connect(devnet);
  const found = await read(client, devnet, address);
  const nameOf = (asset: Address): string =>
    Object.entries(devnet.addresses).find(([, address]) => isAddressEqual(address, asset))?.[0] ?? asset;
  if (json) {
    const assets = found.index.assets.map(({ weight, target, ...one }) => ({
      ...{ id: nameOf(one.asset), ...one },
      ...{ weight: formatFixed(weight, 18), target: formatFixed(target, 18) },
    }));
    printJson({ ...summary(found), assets });
    return;
  }
  const decimals = await decimalsOf(client, found.index);
  printLine(heading(found.index));
  printLine();
  printLine(
    assetTable(found.index, (asset) => ({ name: nameOf(asset), decimals: decimals.get(asset) ?? USUAL_DECIMALS })),
  );
}

interface Found {
  readonly address: Address;
  readonly index: ReadIndexReturnType;
}

const summary = ({ address, index: { symbol, supply, nav, price, driftBps } }: Found) => ({
  ...{ symbol, address, supply, nav, price, driftBps },
});

/** Of each asset that says so: a broken token does not keep the others from being shown. */
async function decimalsOf(
  client: PublicClient,
  { assets }: ReadIndexReturnType,
): Promise<ReadonlyMap<Address, number>> {
  const found = await Promise.allSettled(
    assets.map(({ asset }) => client.readContract({ abi: erc20Abi, address: asset, functionName: 'decimals' })),
  );
  return new Map(
    assets.flatMap(({ asset }, i) => {
      const one = found[i];
      return one?.status === 'fulfilled' ? [[asset, one.value] as const] : [];
    }),
  );
}

async function read(client: PublicClient, { addresses }: Devnet, address: Address): Promise<Found> {
  return { address, index: await readIndex(client, { platform: addresses, index: address }) };
}

/** @throws {WickerError} NO_CHAIN when nothing answers where the devnet was */
async function connect({ rpc }: Devnet): Promise<PublicClient> {
  const client = createPublicClient({ transport: http(rpc, { retryCount: 0 }) });
  try {
    await client.getChainId();
  } catch {
    throw new WickerError('NO_CHAIN', `no chain answers at ${rpc}`, 'run `npm start` in another terminal');
  }
  return client;
}

/** @throws {InputError} UNKNOWN_INDEX for a name that is neither a symbol of the devnet nor an address */
function addressOf({ indices }: Devnet, name: string): Address {
  const address = indices[name];
  if (address !== undefined) return address;
  if (isAddress(name, { strict: false })) return name;
  const known = Object.keys(indices).join(', ');
  throw new InputError('UNKNOWN_INDEX', `there is no index '${name}'`, `Use one of ${known}, or an address.`);
}
