import { AumFee, Orders } from '@wicker/core';
import { mintTokens } from '@wicker/devnet';
import { type CreateIndexReturnType, createIndex, quotesOf, setWeights } from '@wicker/sdk';
import type { Address } from 'viem';
import { approveTokens } from './accounts.ts';
import { addressOf } from './assets.ts';
import type { World } from './world.ts';

/** {bps} mint and redeem fee, {1e18} management fee a year: those of the PDI index (docs/rules.md 3) */
const MINT_BPS = 20;
const REDEEM_BPS = 50;
const AUM_YEARLY = 10n ** 16n;
/** {bps} the creator's part of the fees; the platform has the rest */
const CREATOR_BPS = 8_000;

/** An index to make. */
export interface FundSpec {
  readonly name: string;
  readonly symbol: string;
  /** {base} of the first deposit */
  readonly value: bigint;
  /** {1e18} by asset id, the sum exactly 1e18 */
  readonly weights: ReadonlyMap<string, bigint>;
}

/** The amounts {tok} that are worth `value` {base} in these weights, at the feeds' prices. */
const depositOf = async (world: World, { value, weights }: FundSpec) => {
  const named = [...weights].map(([id, weight]) => ({ asset: addressOf(world, id), weight }));
  const quotes = await quotesOf(world.client, { platform: world.platform, assets: named.map(({ asset }) => asset) });
  return named.map((leg, i) => ({ ...leg, amount: Orders.targetAmount(value, leg.weight, quotes[i]?.price ?? 0n) }));
};

/** Creates an index with a deposit of the manager. */
export const createFund = async (world: World, spec: FundSpec): Promise<CreateIndexReturnType> => {
  const { client, platform, accounts } = world;
  const legs = await depositOf(world, spec);
  await mintTokens(
    client,
    legs.map(({ asset, amount }) => ({ token: asset, to: accounts.manager, amount })),
  );
  await approveTokens(
    world,
    accounts.manager,
    platform.factory,
    legs.map(({ asset }) => asset),
  );
  return createIndex(client, {
    ...{ account: accounts.manager, platform, name: spec.name, symbol: spec.symbol, manager: accounts.manager },
    ...{ mintBps: MINT_BPS, redeemBps: REDEEM_BPS, aumRate: AumFee.ratePerSecond(AUM_YEARLY) },
    parts: [{ recipient: accounts.manager, bps: CREATOR_BPS }],
    legs,
  });
};

/** Sets the target weights {1e18} of an index by asset id. */
export const reweigh = (world: World, index: Address, weights: ReadonlyMap<string, bigint>) =>
  setWeights(world.client, {
    ...{ account: world.accounts.manager, platform: world.platform, index },
    weights: [...weights].map(([id, weight]) => ({ asset: addressOf(world, id), weight })),
  });
