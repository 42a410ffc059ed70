import type { Fund } from './fund.ts';
import type { Permission } from './fund-bands.ts';
import type { Party } from './ledger.ts';
import { Opening } from './opening.ts';
import type { World } from './world.ts';

/** {1} how much of its tolerance an index must have used before it is counted exactly. */
const NEAR = 0.999;

/** Whether an index looks, in numbers, as if it could open an epoch. */
const isNear = (world: World, fund: Fund): boolean => {
  if (!fund.mayOpen(world.now)) return false;
  if (fund.bands !== undefined && !fund.isReweighed) return fund.bands.mayAct(fund, world.oracle);
  return fund.driftNumber(world.oracle) > world.toleranceNumber(fund) * NEAR;
};

/** An index that enters an epoch, and what its bands let it trade there. */
interface Entry {
  readonly fund: Fund;
  readonly permission: Permission | undefined;
}

/** Whether an index is out of tolerance: by its bands, or by its drift; after a reweigh by its drift. */
const entryOf = (world: World, fund: Fund): Entry[] => {
  const permission = fund.bands?.permissionOf(fund, BigInt(world.now), world.oracleExact);
  if (fund.bands !== undefined && !fund.isReweighed) return permission === undefined ? [] : [{ fund, permission }];
  return fund.drift(world.oracleExact) > world.toleranceOf(fund) ? [{ fund, permission }] : [];
};

/** Opens an epoch for all indices together that are out of tolerance and may (docs/rules.md 6); `by` pays for it. */
export const openEpochs = (world: World, by: Party): void => {
  const { now, rules, funds, market } = world;
  const near = funds.filter((fund) => isNear(world, fund));
  if (near.length === 0) return;
  const entries = near.flatMap((fund) => entryOf(world, fund));
  if (entries.length === 0) return;
  world.openingCount += 1n;
  world.counts.epochs += entries.length;
  const number = world.openingCount;
  for (const { fund, permission } of entries) {
    const lasts = fund.isReweighed ? rules.reweighLasts : rules.epochLasts;
    fund.enter(number, { now: BigInt(now), lasts, pause: rules.epochLasts }, permission);
  }
  const places = [...market.assets.keys()];
  const parts = {
    ...{ number, openedAt: now, places: world.places, qs: world.qs },
    ...{ anchors: places.map(world.oracleExact), rates: Float64Array.from(places, world.oracle) },
  };
  world.openings = [
    ...world.openings.filter((one) => one.members(now).length > 0),
    new Opening(
      parts,
      entries.map(({ fund }) => fund),
    ),
  ];
  world.payGas(by, world.gas.open);
};
