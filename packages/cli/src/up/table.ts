import type { FillRecord, OpeningRecord, RoundRecord } from '@wicker/keeper/api';
import type { ReadIndexReturnType } from '@wicker/sdk';
import type { Address } from 'viem';
import { idOf, tokenAt } from '../demo/assets.ts';
import type { World } from '../demo/world.ts';
import { type AssetText, assetTable, heading, money, USUAL_DECIMALS } from '../index-text.ts';

/** {s} -> `2023-05-03 14:05 UTC` */
export const clock = (seconds: bigint): string =>
  `${new Date(Number(seconds) * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** How a fill was made, in words. */
const HOW: Readonly<Record<FillRecord['kind'], (fill: FillRecord) => string>> = {
  cross: () => 'between the indices',
  pool: ({ route }) => `over ${route.length} pools`,
  stock: () => "from a keeper's own stock",
};

/** What a round did, a line for each fill. */
const fillLines = (world: World, { at, fills }: RoundRecord): string[] =>
  fills.map((fill) => {
    const { kind, o, u, value } = fill;
    const what = `${kind === 'cross' ? 'crossed' : 'traded'} ${money(BigInt(value), 0)} USDC`;
    return `${clock(BigInt(at))}  ${what} of ${idOf(world, o)} for ${idOf(world, u)}, ${HOW[kind](fill)}`;
  });

const epochLine = (opening: OpeningRecord | undefined, now: bigint): string => {
  if (opening === undefined) return 'no epoch is open: the indices are in tolerance, or wait for their next day';
  const minutes = (now - BigInt(opening.at)) / 60n;
  return `epoch ${opening.id} is open; its clock has run for ${minutes} minutes`;
};

const textOf =
  (world: World) =>
  (asset: Address): AssetText => {
    const token = tokenAt(world, asset);
    return { name: token?.id ?? asset, decimals: token?.decimals ?? USUAL_DECIMALS };
  };

/** What there is to see at one moment. */
export interface View {
  /** {s} the chain's time */
  readonly now: bigint;
  readonly indices: readonly ReadIndexReturnType[];
  /** The last epoch, as long as it is open. */
  readonly opening: OpeningRecord | undefined;
  /** Newest first. */
  readonly rounds: readonly RoundRecord[];
  /** Why the keeper's last look was not finished. */
  readonly trouble: string | undefined;
}

/** {1} fills that are shown */
export const FILLS_SHOWN = 5;

const troubleLines = ({ trouble }: View): string[] =>
  trouble === undefined ? [] : [`the keeper has trouble: ${trouble}`];

const lastFills = (world: World, { rounds }: View): string[] =>
  rounds.flatMap((round) => fillLines(world, round).reverse()).slice(0, FILLS_SHOWN);

/** The whole table, for a terminal: the first index in full, the others in a line. */
export const screenOf = (world: World, view: View): string => {
  const { now, indices, opening } = view;
  const [first, ...others] = indices;
  if (first === undefined) return '';
  const fills = lastFills(world, view);
  return [
    ...['', heading(first), '', assetTable(first, textOf(world)), '', ...others.map(heading), epochLine(opening, now)],
    ...(fills.length === 0 ? ['no fills yet'] : fills),
    ...troubleLines(view),
  ].join('\n');
};

/** The same in a line, for a file or a pipe. */
export const lineOf = (world: World, view: View): string => {
  const { now, indices, opening } = view;
  const [fill = 'none'] = lastFills(world, view);
  return [
    ...[clock(now), ...indices.map(heading), opening === undefined ? 'no epoch open' : `epoch ${opening.id} open`],
    ...[`last fill: ${fill}`, ...troubleLines(view)],
  ].join(' | ');
};
