import {
  InputError,
  InvalidFileError,
  type Methodology,
  methodologyShape,
  parseFile,
  parseLocatedJson,
  parseMethodology,
} from '@wicker/core';
import * as z from 'zod';
import { MEASURES, type Measure, type ParameterValue } from '../result.ts';

const valueField = z.union(
  [z.number(), z.string(), z.boolean(), z.null()],
  'a value is a number, a text, true, false or null',
);

const gridShape = z.strictObject({
  /** Version of this format. */
  format: z.literal(1),
  /** What says which scenario is the best one. */
  measure: z.enum(MEASURES).default('sharpe'),
  /** Fields of the methodology by their path, such as `weights.cap`, each with the values to try. */
  parameters: z
    .record(z.string().min(1), z.array(valueField).min(1, 'give at least one value'))
    .refine((parameters) => Object.keys(parameters).length > 0, 'give at least one parameter'),
});

/** The parameters that a sweep varies. */
export interface Grid {
  readonly measure: Measure;
  readonly parameters: readonly { readonly name: string; readonly values: readonly ParameterValue[] }[];
}

/** Scenarios above this number are no grid but a mistake: each takes about a millisecond, and a row in the result. */
const MOST_SCENARIOS = 100_000;

/** @throws InvalidFileError, InvalidJsonError with line, field and what was expected */
export const parseGridText = (text: string): Grid => {
  const { value, lineOf } = parseLocatedJson(text);
  const { measure, parameters } = parseFile('grid', gridShape, value, lineOf);
  const grid = { measure, parameters: Object.entries(parameters).map(([name, values]) => ({ name, values })) };
  for (const { name, values } of grid.parameters) {
    const twice = values.find((one, i) => values.indexOf(one) !== i);
    if (twice === undefined) continue;
    const line = lineOf(['parameters', name]);
    throw new InvalidFileError('grid', [`line ${line}: parameters.${name}: ${JSON.stringify(twice)} occurs twice`]);
  }
  const count = combinationsOf(grid);
  if (count > MOST_SCENARIOS) {
    throw new InvalidFileError('grid', [`it has ${count} combinations, and ${MOST_SCENARIOS} is the most`]);
  }
  return grid;
};

/** How many scenarios a grid has. */
export const combinationsOf = ({ parameters }: Grid): number =>
  parameters.reduce((count, { values }) => count * values.length, 1);

/** The values of scenario number `place`, one for each parameter; the last parameter changes fastest. */
export const valuesAt = ({ parameters }: Grid, place: number): ParameterValue[] => {
  let rest = place;
  return [...parameters]
    .reverse()
    .map(({ values }) => {
      const value = values[rest % values.length] ?? null;
      rest = Math.floor(rest / values.length);
      return value;
    })
    .reverse();
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withValue = (json: unknown, path: readonly string[], value: ParameterValue, name: string): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (!isObject(json)) {
    throw new InputError(
      'NO_SUCH_FIELD',
      `the methodology has nothing at '${name}'`,
      'Name a field by its path in the file, such as weights.cap; the file must have what is around it.',
    );
  }
  return { ...json, [step]: withValue(json[step], rest, value, name) };
};

/**
 * The methodology of one scenario.
 *
 * @param json of the methodology file
 * @param values one for each parameter of the grid
 * @throws InputError NO_SUCH_FIELD; InvalidFileError when a value is none for its field
 */
export const methodologyWith = (json: unknown, { parameters }: Grid, values: readonly ParameterValue[]): Methodology =>
  parseMethodology(
    parameters.reduce((file, { name }, i) => withValue(file, name.split('.'), values[i] ?? null, name), json),
  );

/** {path of the field} that a fault is about; a field that does not exist is a fault of what is around it. */
const fieldsOf = (issue: z.core.$ZodIssue): string[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [issue.path.join('.')];

/**
 * Refuses a grid with a field that the methodology does not have, or a value that its field never takes. Values that only do not fit
 * each other are the outcome of their scenario.
 *
 * @param json of the methodology file
 * @throws InputError NO_SUCH_FIELD; InvalidFileError that names the parameter
 */
export const requireValues = (json: unknown, { parameters }: Grid): void => {
  const problems = parameters.flatMap(({ name, values }) =>
    values.flatMap((value) => {
      const { error } = methodologyShape.safeParse(withValue(json, name.split('.'), value, name));
      const own = error?.issues.find((issue) => fieldsOf(issue).includes(name));
      return own === undefined ? [] : [`parameters.${name}: ${JSON.stringify(value)}: ${own.message}`];
    }),
  );
  if (problems.length > 0) throw new InvalidFileError('grid', problems);
};
