import { Gaps, nav, ONE, parseFile, Q112, Surface } from '@wicker/core';
import * as z from 'zod';
import { digits, quantity, type Step, step, type Topic, usdc } from './explanation.ts';
import { nameField, percentField, usdcField } from './fields.ts';

const asset = z.strictObject({ asset: nameField, value: usdcField, weight: percentField });
const fund = z.strictObject({
  index: nameField,
  assets: z
    .array(asset)
    .min(1)
    .max(50)
    .refine((all) => all.reduce((sum, { weight }) => sum + weight, 0n) === ONE, 'the weights do not sum to 100'),
});
const shape = z.strictObject({ indices: z.array(fund).min(1).max(50) });

type Fund = z.output<typeof fund>;

/** Values as amounts of something that costs 1 USDC. */
const positionsOf = ({ assets }: Fund) =>
  assets.map(({ asset, value, weight }) => ({ asset, holding: value, price: Q112, weight }));

const gapSteps = (of: Fund): Step[] => {
  const positions = positionsOf(of);
  const valued = Gaps.valued(positions);
  return [
    step(usdc(`${of.index} NAV`, nav(positions)), 'sum of values'),
    ...valued.map(({ asset, value, target, gap }) =>
      step(usdc(`${of.index} g_${asset}`, gap), `${digits(value, 6)} - ${digits(target, 6)}`),
    ),
  ];
};

const nameOf = ({ o, u }: Surface.Pair): string => `S(${o},${u})`;

/** The worked example of docs/rules.md 8. */
export const surface: Topic = {
  section: 8,
  summary: 'what indices can exchange together, as a matrix',
  explain: (json) => {
    const { indices } = parseFile('surface', shape, json);
    const gaps = indices.map((of) => Gaps.gapsOf({ index: of.index, positions: positionsOf(of) }));
    const all = Surface.surface(gaps);
    const rows = Surface.matrix(all);
    return {
      title: 'The surface',
      inputs: indices.flatMap(({ index, assets }) =>
        assets.map(({ asset, value, weight }) =>
          quantity(`${index} ${asset}`, `${digits(value, 6)} USDC, target ${digits(weight, 16)} %`),
        ),
      ),
      steps: [
        ...indices.flatMap(gapSteps),
        ...all.shared.flatMap(({ contributions, ...pair }) =>
          contributions.map(({ index, value }) =>
            step(usdc(`${nameOf(pair)} of ${index}`, value), `min(g_${pair.o}, -g_${pair.u})`),
          ),
        ),
      ],
      result: all.shared.map((shared) => usdc(nameOf(shared), shared.value)),
      matrix: {
        name: 'S(o,u): a row for what is sold, a column for what is bought',
        unit: 'USDC',
        columns: all.assets,
        rows: all.assets.map((name, row) => ({ name, values: (rows[row] ?? []).map((value) => digits(value, 6)) })),
      },
    };
  },
};
