import { Heading } from './heading.tsx';
import { Scroll } from './scroll.tsx';

/** A table whose first column names the rows; the others are figures unless `words` says so. */
export interface TableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Places of columns that hold words; the first always does. */
  readonly words?: readonly number[];
}

/** {letters} of a cell that may be broken, and of one that has to be. */
const [LONG, LONGER] = [18, 48];

export const Table = ({ caption, columns, rows, words = [] }: TableProps) => {
  const look = (column: number): string | undefined => {
    if (column !== 0 && !words.includes(column)) return 'number';
    const letters = rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0);
    return `words${letters > LONG ? ' long' : ''}${letters > LONGER ? ' longer' : ''}`;
  };
  const looks = columns.map((_, i) => look(i));
  return (
    <Scroll name={caption}>
      <table>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map((name, i) => (
              <th key={name} scope="col" className={looks[i]}>
                <Heading name={name} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join('\n')}>
              {row.map((cell, i) =>
                i === 0 ? (
                  <th key={columns[i]} scope="row" className={looks[i]}>
                    {cell}
                  </th>
                ) : (
                  <td key={columns[i]} className={looks[i]}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
