import { bpsOf } from '@wicker/core';
import type { FillRecord, RoundRecord } from '@wicker/keeper/api';
import { sameAddress } from '../format/address.ts';
import { signedBps, smallUsdc } from '../format/number.ts';
import { useKeeper } from '../lib/keeper.ts';
import { useSite } from '../lib/site.tsx';
import { Time } from '../ui/time.tsx';

const Cost = ({ part, value }: { readonly part: string; readonly value: bigint }) => (
  <>
    <span className="nowrap">{signedBps(bpsOf(BigInt(part), value))}</span>
    <span className="second nowrap">{smallUsdc(BigInt(part))}</span>
  </>
);

/** One fill: a row of a table, a card on a phone. */
export const FillRow = ({ fill, round }: { readonly fill: FillRecord; readonly round: RoundRecord }) => {
  const { symbolOf, personOf, venueOf } = useSite();
  const keeper = useKeeper();
  const value = BigInt(fill.value);
  const routes = { cross: 'crossed between funds', stock: "from the filler's own stock", pool: '' } as const;
  const route = routes[fill.kind] || [...new Set(fill.route.map(venueOf))].join(', then ');
  const own = keeper !== null && keeper !== undefined && sameAddress(keeper.account, round.by);
  return (
    <tr>
      <th scope="row">
        <span className="strong nowrap">
          {symbolOf(fill.o)} <span aria-hidden="true">{'\u2192'}</span>
          <span className="visually-hidden">for</span> {symbolOf(fill.u)}
        </span>
        <span className="second">
          <Time at={round.at} />
        </span>
      </th>
      <td className="number nowrap" data-label="Value">
        {smallUsdc(value)}
      </td>
      <td className="number" data-label="Pool fee">
        <Cost part={fill.poolFee} value={value} />
      </td>
      <td className="number" data-label="Impact">
        <Cost part={fill.impact} value={value} />
      </td>
      <td className="number" data-label="Beyond">
        <Cost part={fill.beyond} value={value} />
      </td>
      <td data-label="Route">{route}</td>
      <td data-label="By">
        <span className="nowrap" title={round.by}>
          {own ? 'this keeper' : personOf(round.by)}
        </span>
      </td>
    </tr>
  );
};
