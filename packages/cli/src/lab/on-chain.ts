import type { Proposal } from '@wicker/core';
import { holdingsOf, proposalOf } from '@wicker/sdk';
import type { Connection } from '../connect/connect.ts';
import { indexNamed } from '../connect/indices.ts';
import { nameIn } from '../connect/tokens.ts';
import { type Comparison, weightDifferences } from './comparison.ts';

/**
 * Compares the targets of an index, and the hash that came with them, with what the inputs at hand give. Assets go by the names that
 * the deployment has for them.
 *
 * @throws {InputError} UNKNOWN_INDEX, AMBIGUOUS_INDEX
 */
export const compareIndex = async (
  { client, deployment }: Pick<Connection, 'client' | 'deployment'>,
  name: string,
  computed: Proposal,
): Promise<Comparison> => {
  const { addresses: platform, fromBlock } = deployment;
  const index = await indexNamed({ client, deployment }, name);
  const [{ legs }, hash] = await Promise.all([
    holdingsOf(client, { platform, index }),
    proposalOf(client, { platform, index, fromBlock: BigInt(fromBlock) }),
  ]);
  const targets = legs.filter(({ weight }) => weight > 0n);
  const named = new Map(targets.map(({ asset, weight }) => [nameIn(deployment, asset) ?? asset, weight]));
  return { hash, inputs: [], weights: weightDifferences(named, computed.weights) };
};
