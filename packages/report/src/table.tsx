/** A table whose first column names the rows; the others are figures unless `words` says so. */
export interface TableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Places of columns that hold words; the first always does. */
  readonly words?: readonly number[];
}

/** Wide tables scroll by themselves, also with the keyboard, and never the page. */
export const Table = ({ caption, columns, rows, words = [] }: TableProps) => {
  const look = (column: number): string | undefined => {
    if (column === 0) return undefined;
    return words.includes(column) ? 'words' : 'number';
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be within reach of the keyboard
    // biome-ignore lint/a11y/useSemanticElements: a region that scrolls is no section
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((name, i) => (
              <th key={name} scope="col" className={look(i)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.slice(0, 2).join('\n')}>
              {row.map((cell, i) =>
                i === 0 ? (
                  <th key={columns[i]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={columns[i]} className={look(i)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
