import { plain, priceText, signedPoints, tokenAmount, usdc } from '../format/number.ts';
import type { HoldingRow } from '../fund/rows.ts';
import type { TokenInfo } from '../lib/site.tsx';
import { SideSign } from '../ui/side.tsx';
import { OffGauge } from './off-gauge.tsx';
import { WeightBar } from './weight-bar.tsx';

const STATUS_WORDS = { live: '', frozen: 'price is frozen: not traded', dead: 'no price: not counted' } as const;
const SIDE_WORDS = { over: 'over', under: 'under', at: 'at target' } as const;

const Off = ({ row }: { readonly row: HoldingRow }) => {
  const { side, offBps } = row.band;
  return (
    <>
      <span className={`nowrap ${side === 'at' ? 'muted' : side}`}>
        <SideSign side={side} />
        {side === 'at' ? SIDE_WORDS.at : `${signedPoints(offBps)} pp ${SIDE_WORDS[side]}`}
      </span>
      <OffGauge band={row.band} />
    </>
  );
};

const ToTarget = ({ need }: Pick<HoldingRow, 'need'>) => {
  if (need === undefined) return <span className="muted">nothing</span>;
  return (
    <>
      <span className="nowrap">{usdc(need.value, 0)}</span>
      <span className={`second ${need.what === 'sell' ? 'over' : 'under'}`}>{need.what}</span>
    </>
  );
};

/** One asset: a row of a table, a card on a phone. */
export const Row = ({ row, token }: { readonly row: HoldingRow; readonly token: TokenInfo }) => (
  <tr>
    <th scope="row" className="asset">
      <span className="strong">{token.symbol}</span>
      <span className="second clip" title={token.id}>
        {STATUS_WORDS[row.status] || token.id}
      </span>
    </th>
    <td data-label="Weight" className="weight">
      <span className="weight-text">
        <span className="strong">{plain(row.weightBps / 100, 2)} %</span>{' '}
        <span className="muted">of {plain(row.targetBps / 100, 2)} %</span>
      </span>
      <WeightBar band={row.band} />
    </td>
    <td data-label="Off target" className="number">
      <Off row={row} />
    </td>
    <td data-label="Price" className="number">
      {row.price === undefined ? <span className="muted">none</span> : priceText(row.price)}
    </td>
    <td data-label="Value" className="number">
      <span className="nowrap">{row.value === undefined ? 'unknown' : usdc(row.value, 0)}</span>
      <span className="second nowrap">
        {tokenAmount(row.amount, token.decimals)} {token.symbol}
      </span>
    </td>
    <td data-label="To target" className="number">
      <ToTarget need={row.need} />
    </td>
  </tr>
);
