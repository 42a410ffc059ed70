import { Orders } from '@wicker/core';
import type { ReadIndexReturnType, RebalanceReturnType } from '@wicker/sdk';
import type { Address } from 'viem';
import { idOf, tokenAt } from '../demo/assets.ts';
import type { World } from '../demo/world.ts';
import { type AssetText, assetTable, heading, money, USUAL_DECIMALS } from '../index-text.ts';
import type { OpenEpoch } from './live-keeper.ts';

/** {s} -> `2023-05-03 14:05 UTC` */
export const clock = (seconds: bigint): string =>
  `${new Date(Number(seconds) * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** One fill, in words. */
export interface FillLine {
  /** {s} */
  readonly at: bigint;
  readonly text: string;
}

/** What a round did, a line for each fill; `prices` {base/tok} UQ112 by asset tell what it was worth. */
export const fillLines = (
  world: World,
  { crossed, traded }: RebalanceReturnType,
  prices: ReadonlyMap<Address, bigint>,
  at: bigint,
): FillLine[] => {
  const line = (what: string, o: Address, u: Address, amountO: bigint, how: string): FillLine => {
    const value = money(Orders.valueOf(amountO, prices.get(o) ?? 0n), 0);
    return { at, text: `${what} ${value} USDC of ${idOf(world, o)} for ${idOf(world, u)}, ${how}` };
  };
  return [
    ...crossed.map(({ o, u, amountO }) => line('crossed', o, u, amountO, 'between the indices')),
    ...traded.map(({ o, u, given, route }) => line('traded', o, u, given, `over ${route.length} pools`)),
  ];
};

const epochLine = (epoch: OpenEpoch | undefined, now: bigint): string => {
  if (epoch === undefined) return 'no epoch is open: the indices are in tolerance, or wait for their next day';
  const minutes = (now - epoch.openedAt) / 60n;
  return `epoch ${epoch.opening} is open; its clock has run for ${minutes} minutes`;
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
  readonly epoch: OpenEpoch | undefined;
  /** Newest first. */
  readonly fills: readonly FillLine[];
}

/** The whole table, for a terminal: the first index in full, the others in a line. */
export const screenOf = (world: World, { now, indices, epoch, fills }: View): string => {
  const [first, ...others] = indices;
  if (first === undefined) return '';
  return [
    ...['', heading(first), '', assetTable(first, textOf(world)), '', ...others.map(heading), epochLine(epoch, now)],
    ...(fills.length === 0 ? ['no fills yet'] : fills.map(({ at, text }) => `${clock(at)}  ${text}`)),
  ].join('\n');
};

/** The same in a line, for a file or a pipe. */
export const lineOf = ({ now, indices, epoch, fills }: View): string =>
  [
    clock(now),
    ...indices.map(heading),
    epoch === undefined ? 'no epoch open' : `epoch ${epoch.opening} open`,
    `last fill: ${fills[0]?.text ?? 'none'}`,
  ].join(' | ');
