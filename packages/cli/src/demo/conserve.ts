import { WickerError } from '@wicker/core';
import { type ConservationReturnType, conservation, indexAbi, rebalancerAbi, vaultAbi } from '@wicker/sdk';
import { type Address, parseEventLogs } from 'viem';
import { idOf } from './assets.ts';
import type { World } from './world.ts';

/** {tok} a booking leaves at most this in the vault, per asset and index: what is paid in is ceiled, units and parts are floored. */
const DUST_PER_BOOKING = 3n;

/**
 * {tok} the most that roundings may have left of one asset: dust per booking of an index, and of each crossing and trade. Nobody
 * sends tokens to the vault by mistake here.
 */
const mostDust = async ({ client }: World, indices: readonly Address[]): Promise<bigint> => {
  const logs = await client.getLogs({ fromBlock: 0n, toBlock: 'latest' });
  const abi = [...vaultAbi, ...indexAbi, ...rebalancerAbi] as const;
  const bookings = parseEventLogs({
    ...{ abi, logs },
    eventName: ['Founded', 'Minted', 'Redeemed', 'Settled', 'Crossed', 'Traded'],
  });
  return DUST_PER_BOOKING * BigInt(bookings.length * indices.length);
};

/**
 * Compares what the vault has of each asset with what it owes (docs/rules.md 2).
 *
 * @throws {WickerError} NOT_CONSERVED when an asset is not backed, or more is left over than roundings explain
 */
export const requireConservation = async (
  world: World,
  indices: readonly Address[],
): Promise<ConservationReturnType> => {
  const { client, platform, market } = world;
  const assets = market.tokens.map(({ address }) => address);
  const [books, most] = await Promise.all([
    conservation(client, { platform, indices, assets }),
    mostDust(world, indices),
  ]);
  const broken = books.assets.find(({ surplus }) => surplus < 0n || surplus > most);
  if (broken === undefined) return books;
  const { asset, balance, owed } = broken;
  throw new WickerError(
    'NOT_CONSERVED',
    `the vault has ${balance} of ${idOf(world, asset)} and owes ${owed}`,
    'this is a defect of the contracts: please report it',
  );
};
