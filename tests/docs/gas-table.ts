import type { GasFigures } from '../../bench/gas.ts';

/** {gas} 1234567 -> `1 234 567` */
const grouped = (gas: number | undefined): string =>
  gas === undefined ? '' : String(gas).replace(/\B(?=(\d{3})+$)/g, ' ');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** README's two tables of gas, from the snapshot. */
export const gasTables = (figures: GasFigures): string => {
  const sizes = Object.keys(figures.mint);
  const bySize = (name: string, gas: Record<string, number>): string =>
    row([name, ...sizes.map((size) => grouped(gas[size]))]);
  const shared = Object.entries(figures.rebalancePerIndex).filter(([indices]) => indices !== '1');
  return [
    row(['gas of a whole transaction', ...sizes.map((size) => `${size} assets`)]),
    row(['---', ...sizes.map(() => '---:')]),
    bySize('mint in kind', figures.mint),
    bySize('the least that a mint could cost', figures.limitMint),
    bySize('redeem in kind', figures.redeem),
    bySize('the least that a redemption could cost', figures.limitRedeem),
    bySize('mint from claims', figures.mintFromClaims),
    bySize('redeem to claims', figures.redeemToClaims),
    '',
    row(['gas of a whole transaction', '']),
    row(['---', '---:']),
    row(['transfer of index tokens', grouped(figures.transfer)]),
    ...Object.entries(figures.open).map(([assets, gas]) => row([`open an epoch of ${assets} assets`, grouped(gas)])),
    ...Object.entries(figures.rebalance).map(([assets, gas]) =>
      row([`rebalance all ${assets} assets of an index, in 10 trades`, grouped(gas)]),
    ),
    ...shared.map(([indices, gas]) => row([`the same for ${indices} indices at once, by index`, grouped(gas)])),
  ].join('\n');
};
