import { BASIS_POINT, formatFixed, Orders } from '@wicker/core';
import type { IndexAsset, ReadIndexReturnType } from '@wicker/sdk';
import type { Address } from 'viem';
import { formatTable, groupDigits } from './output.ts';
import { plain } from './plain.ts';

const BASE_PLACES = 6;

/** {base} -> `1 234.56` with grouped thousands */
export const money = (value: bigint, places = 2): string => {
  const scale = 10n ** BigInt(BASE_PLACES - places);
  const [whole = '', fraction] = formatFixed(value / scale, places).split('.');
  return fraction === undefined ? groupDigits(whole) : `${groupDigits(whole)}.${fraction}`;
};

/** {1e18} -> `8.97 %` */
const percent = (weight: bigint): string => `${formatFixed(weight / BASIS_POINT, 2)} %`;

const order = ({ excess, deficit, price }: IndexAsset): string => {
  if (excess > 0n) return `sell ${money(Orders.valueOf(excess, price), 0)}`;
  if (deficit > 0n) return `buy ${money(Orders.valueOf(deficit, price), 0)}`;
  return '';
};

/** An index in a line. */
export const heading = ({ symbol, nav, price, driftBps }: ReadIndexReturnType): string =>
  `${plain(symbol)}  NAV ${money(nav, 0)} USDC  price ${money(price, 4)}  drift ${driftBps.toFixed(1)} bps`;

/** Of a token that does not say. */
export const USUAL_DECIMALS = 18;

/** What people call an asset, and how many places its amounts have. */
export interface AssetText {
  readonly name: string;
  readonly decimals: number;
}

/** The assets of an index, the largest target first. */
export const assetTable = ({ assets }: ReadIndexReturnType, textOf: (asset: Address) => AssetText): string =>
  formatTable(
    ['asset', 'price USDC', 'weight', 'target', 'open order, USDC'],
    [...assets]
      .sort((a, b) => (a.target === b.target ? 0 : a.target > b.target ? -1 : 1))
      .map((one) => {
        const { name, decimals } = textOf(one.asset);
        const price = money(Orders.valueOf(10n ** BigInt(decimals), one.price), 4);
        return [name, price, percent(one.weight), percent(one.target), order(one)];
      }),
  );
