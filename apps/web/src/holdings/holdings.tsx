import { TOLERANCE_BPS } from '@wicker/core';
import { useState } from 'react';
import { holdingRows, type Sorting, type SortKey, sortRows } from '../fund/rows.ts';
import type { Fund } from '../lib/fund.ts';
import { useSite } from '../lib/site.tsx';
import { Section } from '../ui/section.tsx';
import { Row } from './row.tsx';

const COLUMNS: readonly { readonly id: SortKey; readonly label: string; readonly number?: boolean }[] = [
  { id: 'asset', label: 'Asset' },
  { id: 'weight', label: 'Weight' },
  { id: 'off', label: 'Off target', number: true },
  { id: 'price', label: 'Price', number: true },
  { id: 'value', label: 'Value', number: true },
  { id: 'need', label: 'To target', number: true },
];

interface HeaderProps {
  readonly column: (typeof COLUMNS)[number];
  readonly sorting: Sorting;
  readonly onSort: (by: SortKey) => void;
}

const ColumnHeader = ({ column, sorting, onSort }: HeaderProps) => {
  const sorted = sorting.by === column.id;
  return (
    <th
      scope="col"
      className={column.number ? 'number' : undefined}
      aria-sort={sorted ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className="sort" onClick={() => onSort(column.id)}>
        {column.label}
        <span aria-hidden="true">{sorted ? (sorting.descending ? ' \u2193' : ' \u2191') : ''}</span>
      </button>
    </th>
  );
};

/** What the fund holds against what it aims at. */
export const Holdings = ({ fund }: { readonly fund: Fund }) => {
  const { tokenOf, symbolOf } = useSite();
  const [sorting, setSorting] = useState<Sorting>({ by: 'weight', descending: true });
  if (fund.state === undefined) return null;
  const rows = sortRows(
    holdingRows(fund.state.assets, (asset) => tokenOf(asset).decimals),
    sorting,
    symbolOf,
  );
  const sort = (by: SortKey): void =>
    setSorting((now) => ({ by, descending: now.by === by ? !now.descending : by !== 'asset' }));
  return (
    <Section
      title="Holdings"
      about={`The bar is the weight now, its tick the target. The small gauge looks closer: the target is in the middle, and an asset beyond the shaded band, ${TOLERANCE_BPS / 100} percentage points (pp) to each side, takes the fund out of tolerance all by itself.`}
      aside={
        <label className="sort-by small">
          Sort by{' '}
          <select className="input" value={sorting.by} onChange={(event) => sort(sortKey(event.target.value))}>
            {COLUMNS.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <table className="cards holdings">
        <caption>Holdings against targets</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <ColumnHeader key={column.id} column={column} sorting={sorting} onSort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.asset} row={row} token={tokenOf(row.asset)} />
          ))}
        </tbody>
      </table>
    </Section>
  );
};

const sortKey = (text: string): SortKey => COLUMNS.find(({ id }) => id === text)?.id ?? 'weight';
