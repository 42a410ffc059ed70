import { fixed, tokenAmount } from '../format/number.ts';
import { type TokenInfo, useSite } from '../lib/site.tsx';
import type { Direction, Means, TokenRow } from '../trade/plan.ts';

const Has = ({ row, token }: { readonly row: TokenRow; readonly token: TokenInfo }) => {
  if (row.has === undefined) return null;
  if (row.enough) {
    return (
      <span className="second">
        <span className="good" aria-hidden="true">
          {'\u2713 '}
        </span>
        you have {tokenAmount(row.has, token.decimals)}
      </span>
    );
  }
  return (
    <span className="second bad">
      <span aria-hidden="true">{'\u2717 '}</span>
      {tokenAmount(row.amount - row.has, token.decimals)} short
    </span>
  );
};

const TITLES: Readonly<Record<Direction, Readonly<Record<Means, string>>>> = {
  mint: { base: 'Bought for the fund', kind: 'You give' },
  redeem: { base: 'Sold for you', kind: 'You receive' },
};

/** The largest first; what has no price last. */
const byValue = (a: TokenRow, b: TokenRow): number => {
  const [x, y] = [a.value ?? -1n, b.value ?? -1n];
  return Number(y > x) - Number(y < x);
};

export interface TokenTableProps {
  readonly rows: readonly TokenRow[];
  readonly direction: Direction;
  readonly means: Means;
}

/** Every token that moves. */
export const TokenTable = ({ rows, direction, means }: TokenTableProps) => {
  const { tokenOf } = useSite();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="scroll token-list" aria-label={`${TITLES[direction][means]}, every token`} tabIndex={0}>
      <table className="plain-table">
        <caption>Preview</caption>
        <thead>
          <tr>
            <th scope="col">{TITLES[direction][means]}</th>
            <th scope="col" className="number">
              Amount
            </th>
            <th scope="col" className="number">
              Value, USDC
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.toSorted(byValue).map((row) => {
            const token = tokenOf(row.asset);
            return (
              <tr key={row.asset}>
                <th scope="row" className="strong">
                  {token.symbol}
                </th>
                <td className="number">
                  {tokenAmount(row.amount, token.decimals)}
                  <Has row={row} token={token} />
                </td>
                <td className="number nowrap">{row.value === undefined ? 'no price' : fixed(row.value, 6, 2)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
};
