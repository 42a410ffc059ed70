import { WickerError } from '@wicker/core';

/** A cell of a table; numbers, bigints and digit strings line up on the right. */
export type Cell = string | number | bigint;

/** One JSON document on standard output; bigints become strings. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(value, (_, entry) => (typeof entry === 'bigint' ? entry.toString() : entry), 2);
  process.stdout.write(`${text}\n`);
}

/** A line of plain text on standard output. */
export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** A table on standard output: a heading for each column, then the rows. */
export function printTable(headings: readonly string[], rows: readonly (readonly Cell[])[]): void {
  printLine(formatTable(headings, rows));
}

/** Control and invisible characters, with which a text from a file or a chain could repaint the screen. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A text that shows all that it has. */
export const harmless = (text: string): string => text.replaceAll(UNSEEN, '?');

const harmlessLines = (text: string): string => text.split('\n').map(harmless).join('\n');

/** The table as text: columns two spaces apart, a column of figures aligned on the right. */
export function formatTable(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) => row.map((cell) => harmless(String(cell))));
  const columns = headings.map((heading, i) => {
    const column = cells.map((row) => row[i] ?? '');
    return {
      width: Math.max(heading.length, ...column.map((cell) => cell.length)),
      isFigures: column.length > 0 && column.every((cell) => /^[-−+]?\d/.test(cell)),
    };
  });
  const line = (row: readonly string[]) =>
    columns
      .map(({ width, isFigures }, i) => (isFigures ? (row[i] ?? '').padStart(width) : (row[i] ?? '').padEnd(width)))
      .join('  ')
      .trimEnd();
  const rule = columns.map(({ width }) => '─'.repeat(width)).join('  ');
  return [line(headings), rule, ...cells.map(line)].join('\n');
}

/** `1234567` -> `1 234 567` */
export const groupDigits = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ' ');

/** An error on standard error: two lines for people, or with `json` one object for programs. Never a stack trace. */
export function printError({ code, message, hint }: WickerError, json: boolean): void {
  const text = json
    ? JSON.stringify({ error: { code, message, hint } })
    : `error: ${harmlessLines(message)}\nhint:  ${harmlessLines(hint)}`;
  process.stderr.write(`${text}\n`);
}

/** Anything thrown as an error of Wicker; what is none already is a defect. */
export function asWickerError(error: unknown): WickerError {
  if (error instanceof WickerError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new WickerError(
    'INTERNAL',
    message,
    'This should not happen: please report it with the command that you ran.',
  );
}
