import type { Address, Hex, Log } from 'viem';
import { getContractEvents } from 'viem/actions';
import { managedAbi, vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { readLogs } from '../logs.ts';

export interface ProposalOfParameters {
  readonly platform: Pick<PlatformAddresses, 'vault' | 'factory' | 'managed'>;
  readonly index: Address;
  /** The block from which on to look: that of the deployment. */
  readonly fromBlock: bigint;
}

type Mined = Log<bigint, number, false>;

const isAfter = (one: Mined, other: Mined): boolean =>
  one.blockNumber === other.blockNumber ? one.logIndex > other.logIndex : one.blockNumber > other.blockNumber;

/**
 * The hash of the proposal that the present targets of an index are said to come from (docs/rules.md 4.1); undefined when they were
 * set without one. Who set them says so: the chain does not check it.
 */
export const proposalOf = async (
  client: WickerClient,
  { platform, index, fromBlock }: ProposalOfParameters,
): Promise<Hex | undefined> => {
  const proposed = { abi: managedAbi, eventName: 'WeightsProposed', strict: true } as const;
  const reweighed = { abi: vaultAbi, eventName: 'Reweighed', strict: true } as const;
  const args = { index };
  const [proposals, reweighs] = await Promise.all([
    readLogs(client, { fromBlock }, (chunk) =>
      getContractEvents(client, { ...proposed, ...chunk, args, address: [platform.managed, platform.factory] }),
    ),
    readLogs(client, { fromBlock }, (chunk) =>
      getContractEvents(client, { ...reweighed, ...chunk, args, address: platform.vault }),
    ),
  ]);
  const [proposal, reweigh] = [proposals.at(-1), reweighs.at(-1)];
  if (proposal === undefined || reweigh === undefined) return undefined;
  return isAfter(proposal, reweigh) ? proposal.args.proposal : undefined;
};
