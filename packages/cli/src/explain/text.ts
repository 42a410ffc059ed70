import { formatTable } from '../output.ts';
import type { Explanation, Matrix, Quantity } from './explanation.ts';

const shown = ({ value, unit }: Quantity): string => (unit === '' ? value : `${value} ${unit}`);

const block = (heading: string, rows: readonly (readonly string[])[]): string[] => {
  if (rows.length === 0) return [];
  const table = formatTable(rows[0]?.map(() => '') ?? [], rows)
    .split('\n')
    .slice(2);
  return ['', heading, ...table.map((line) => `  ${line}`)];
};

const matrixBlock = ({ name, unit, columns, rows }: Matrix): string[] => {
  const table = formatTable(
    ['', ...columns],
    rows.map((row) => [row.name, ...row.values]),
  );
  return ['', `${name} (${unit})`, ...table.split('\n').map((line) => `  ${line}`)];
};

/** An explanation for people: inputs, steps with their formulas, result. */
export const explanationText = ({ title, inputs, steps, result, matrix }: Explanation, section: number): string =>
  [
    `${title} (docs/rules.md ${section})`,
    ...block(
      'given',
      inputs.map((one) => [one.name, shown(one)]),
    ),
    ...block(
      'steps',
      steps.map((one) => [one.name, `= ${one.formula}`, `= ${shown(one)}`]),
    ),
    ...block(
      'result',
      result.map((one) => [one.name, shown(one)]),
    ),
    ...(matrix === undefined ? [] : matrixBlock(matrix)),
  ].join('\n');
