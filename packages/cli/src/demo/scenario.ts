import { TOLERANCE_BPS, WickerError } from '@wicker/core';
import { type ConservationReturnType, readIndex } from '@wicker/sdk';
import type { Address } from 'viem';
import { type BringBack, bringBack } from './bring-back.ts';
import { requireConservation } from './conserve.ts';
import { createFund, reweigh } from './funds.ts';
import { INDEX_B, indexA, NEW_WEIGHTS_B, PRICE_MOVES } from './indices.ts';
import { mintInKind, mintSingle, redeemInKind, redeemSingle } from './invest.ts';
import { movePrices } from './market-day.ts';
import type { Steps } from './steps.ts';
import type { World } from './world.ts';

/** {share} what Alice mints in kind: about 250 000 USDC worth */
const IN_KIND_SHARES = 250_000n * 10n ** 18n;
/** {base} what Bob pays: 50 000 USDC */
const SINGLE_PAY = 50_000_000_000n;
/** {share} of a round trip: mint and redeem at once */
const ROUND_TRIP_SHARES = 1_000n * 10n ** 18n;

/** What a redemption brought. */
export type Redemption =
  | {
      readonly kind: 'inKind';
      readonly shares: bigint;
      readonly fee: bigint;
      readonly amounts: ReadonlyMap<Address, bigint>;
    }
  | { readonly kind: 'single'; readonly shares: bigint; readonly fee: bigint; readonly received: bigint };

/** What the main job did, from the first mint to the last redemption. Amounts in smallest units. */
export interface Scenario {
  readonly inKind: { readonly shares: bigint; readonly fee: bigint };
  readonly single: { readonly shares: bigint; readonly paid: bigint };
  readonly rebalance: BringBack;
  readonly redemptions: readonly Redemption[];
  readonly conservation: ConservationReturnType;
  /** {gas} of single transactions, by what they did */
  readonly gas: Readonly<Record<string, bigint>>;
}

/** @throws {WickerError} ROUND_TRIP_PROFIT when minting and redeeming at once brings more of any asset than it took */
const requireNoFreeLunch = async (world: World, index: Address): Promise<void> => {
  const { watchman: somebody } = world.accounts;
  const paid = await mintInKind(world, somebody, index, ROUND_TRIP_SHARES);
  const back = await redeemInKind(world, somebody, index);
  const gain = back.amounts.findIndex((amount, i) => amount > (paid.amounts[i] ?? 0n));
  if (gain === -1) return;
  throw new WickerError(
    'ROUND_TRIP_PROFIT',
    `a round trip paid ${paid.amounts[gain]} of asset ${gain} and got ${back.amounts[gain]}`,
    'this is a defect of the contracts: please report it',
  );
};

/** @throws {WickerError} OUT_OF_TOLERANCE when an index is still too far from its targets */
const requireTolerance = ({ driftsAfter }: BringBack): void => {
  const worst = Math.max(...driftsAfter);
  if (worst <= TOLERANCE_BPS) return;
  throw new WickerError(
    'OUT_OF_TOLERANCE',
    `after rebalancing the drift is ${worst} bps, above ${TOLERANCE_BPS}`,
    'this is a defect: please report it',
  );
};

/** Plays the main job on a world: two indices, investors, a market that moves, rebalancing, redemption. */
export const playScenario = async (world: World, steps: Steps): Promise<Scenario> => {
  const { client, platform, fund, accounts } = world;
  const a = await steps.run('create index A with 5 000 000 USDC in 16 assets', () => createFund(world, indexA(fund)));
  const b = await steps.run('create index B with 1 000 000 USDC in 8 of them', () => createFund(world, INDEX_B));
  const indices = [a.index, b.index];

  const inKind = await steps.run('Alice mints A in kind', () =>
    mintInKind(world, accounts.alice, a.index, IN_KIND_SHARES),
  );
  const single = await steps.run('Bob mints A with USDC only, through the pools', async () => {
    const { price } = await readIndex(client, { platform, index: a.index });
    return mintSingle(world, accounts.bob, a.index, { pay: SINGLE_PAY, pricePerShare: price });
  });
  await steps.run('somebody mints and redeems at once, without profit', () => requireNoFreeLunch(world, a.index));

  await steps.run('prices move: +40 % and -30 % on some', () => movePrices(world, PRICE_MOVES));
  const reweighed = await steps.run("B's manager raises what A must sell", () =>
    reweigh(world, b.index, NEW_WEIGHTS_B),
  );
  const rebalance = await steps.run('bring both back: epochs, clock, crossing, pools', () => bringBack(world, indices));
  requireTolerance(rebalance);

  const outInKind = await steps.run('Alice redeems in kind', () => redeemInKind(world, accounts.alice, a.index));
  const outSingle = await steps.run('Bob redeems to USDC', async () => {
    const { price } = await readIndex(client, { platform, index: a.index });
    return redeemSingle(world, accounts.bob, a.index, { pricePerShare: price });
  });
  const conservation = await steps.run('compare the books with the vault', () => requireConservation(world, indices));

  return {
    inKind: { shares: inKind.minted + inKind.fee, fee: inKind.fee },
    single: { shares: single.minted, paid: single.paid },
    ...{ rebalance, conservation },
    redemptions: [
      {
        ...{ kind: 'inKind', shares: outInKind.shares, fee: outInKind.fee },
        amounts: new Map(outInKind.assets.map((asset, i) => [asset, outInKind.amounts[i] ?? 0n])),
      },
      { kind: 'single', shares: outSingle.shares, fee: outSingle.fee, received: outSingle.received },
    ],
    gas: {
      createIndex: a.receipt.gasUsed,
      mintInKind: inKind.receipt.gasUsed,
      mintSingle: single.receipt.gasUsed,
      setWeights: reweighed.receipt.gasUsed,
      openEpochs: rebalance.openGas,
      rebalance: rebalance.roundGas,
      redeemInKind: outInKind.receipt.gasUsed,
      redeemSingle: outSingle.receipt.gasUsed,
    },
  };
};
