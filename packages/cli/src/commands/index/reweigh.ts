import { WickerError } from '@wicker/core';
import { addressOf, holdingsOf, indexAbi, setWeightsCall } from '@wicker/sdk';
import { type Address, isAddressEqual } from 'viem';
import { readContract } from 'viem/actions';
import { requireAccount, requireSigner } from '../../connect/account.ts';
import { type Connection, connect } from '../../connect/connect.ts';
import { indexNamed } from '../../connect/indices.ts';
import type { SendOptions } from '../../connect/options.ts';
import { assetNamed, tokenIn, tokensAt } from '../../connect/tokens.ts';
import { readDeterminedProposal } from '../../lab/proposal-file.ts';
import { proposedBy } from '../../lab/proposal-text.ts';
import { plain } from '../../plain.ts';
import { carryOut } from '../../preview/carry-out.ts';
import { foresee } from '../../preview/foresee.ts';
import type { WeightChange } from '../../preview/preview.ts';

/** Of the command that gives an index new targets. */
export interface ReweighOptions extends SendOptions {
  readonly proposal: string;
}

/** A target {1e18} of an asset. */
interface Target {
  readonly asset: Address;
  readonly weight: bigint;
}

/** @throws {WickerError} NOT_MANAGER before anything is simulated, with the one who may */
const requireManager = async ({ client }: Connection, index: Address, account: Address): Promise<void> => {
  const manager = await readContract(client, { abi: indexAbi, address: index, functionName: 'manager' });
  if (isAddressEqual(manager, account)) return;
  throw new WickerError('NOT_MANAGER', `${account} does not manage the index; ${manager} does`, 'act as the manager');
};

/** Old and new targets, the largest new one first. */
const changesOf = async (
  connection: Connection,
  index: Address,
  targets: readonly Target[],
): Promise<WeightChange[]> => {
  const { legs } = await holdingsOf(connection.client, { platform: connection.deployment.addresses, index });
  const old = new Map(legs.map(({ asset, weight }) => [asset, weight]));
  const leaving = legs.filter(({ asset, weight }) => weight > 0n && targets.every((one) => one.asset !== asset));
  const assets = [...targets, ...leaving.map(({ asset }) => ({ asset, weight: 0n }))];
  const tokens = await tokensAt(
    connection,
    assets.map(({ asset }) => asset),
  );
  return assets.map(({ asset, weight }) => ({ token: tokenIn(tokens, asset), from: old.get(asset) ?? 0n, to: weight }));
};

/** `wicker index reweigh` */
export const reweighCommand = async (name: string, options: ReweighOptions): Promise<void> => {
  const proposal = readDeterminedProposal(options.proposal);
  const connection = await connect(options);
  const { client, deployment } = connection;
  const account = requireAccount(connection);
  await requireSigner(client, account);
  const index = await indexNamed(connection, name);
  await requireManager(connection, index, addressOf(account));
  const targets = [...proposal.weights].map(([id, weight]) => ({ asset: assetNamed(deployment, id), weight }));
  const weights = await changesOf(connection, index, targets);
  const symbol = plain(await readContract(client, { abi: indexAbi, address: index, functionName: 'symbol' }));
  const call = setWeightsCall({
    ...{ platform: deployment.addresses, index, weights: targets, proposal: proposal.hash },
  });
  const { gas } = await foresee(client, account, [call]);
  await carryOut({ client, account }, options, {
    preview: {
      ...{ title: `Reweigh ${symbol}`, account: addressOf(account), goes: [], comes: [], weights },
      ...{ limits: [proposedBy(proposal)], allowances: [], gas },
    },
    steps: [{ what: `reweigh ${symbol}`, call: () => call }],
    resultOf: () => ({ index, proposal: proposal.hash }),
    tell: () => `${symbol} aims at the new weights; an epoch may be opened for it.`,
  });
};
