import { Bands, DEFAULT_BANDS, ONE, parseFile, Volatility } from '@wicker/core';
import * as z from 'zod';
import { digits, percent, type Quantity, quantity, type Step, step, type Topic } from './explanation.ts';
import { nameField, percentField, signedField } from './fields.ts';

const shape = z.strictObject({
  asset: nameField,
  target: percentField,
  x: percentField,
  y: percentField,
  weights: z.array(percentField).min(1).max(100),
  deviations: z.array(signedField(16)).max(1_000).default([]),
});

/** {s} */
const DAY = 86_400n;
const HOUR = 3_600n;

const said = (state: Bands.BandState): string => {
  switch (state.kind) {
    case 'near':
      return 'near its target: too small to bother';
    case 'acts':
      return `acts, ${state.side} its target`;
    case 'beyond':
      return `beyond its far bound, ${state.side}: pauses ${DEFAULT_BANDS.pause / HOUR} h`;
  }
};

const widthSteps = (of: Volatility.BandWidths, observations: number): Step[] => {
  const { x, y } = of.widths;
  if (of.kind === 'configured') {
    const why = `configured: ${observations} of ${DEFAULT_BANDS.leastObservations} daily observations`;
    return [step(percent('x', x), why), step(percent('y', y), why)];
  }
  return [
    step(percent('sigma', of.sigma), `standard deviation of NW / W - 1, ${observations} days`),
    step(percent('x', x), 'clamp(sigma, 1 %, 40 %)'),
    step(percent('y', y), 'clamp(3 sigma, x + 1 %, 50 %), >= 15 %, W y >= 0.5 %'),
  ];
};

/** Worked examples of docs/rules.md 7. */
export const bands: Topic = {
  section: 7,
  summary: 'when an asset may be traded, and when it pauses',
  explain: (json) => {
    const { asset, target, x, y, weights, deviations } = parseFile('bands', shape, json);
    const history = deviations.reduce(
      (all, deviation, day) =>
        Volatility.observe(all, { at: BigInt(day) * DAY, ratio: ONE + deviation, epoch: 'ordinary' }),
      Volatility.NO_HISTORY,
    );
    const of = Volatility.widthsOf({ history, target, configured: Bands.widths({ x, y }) });
    const { alb, aub, blb, bub } = Bands.boundsOf({ target, widths: of.widths });
    return {
      title: `The band of ${asset}`,
      inputs: [
        percent('W', target),
        percent('x, configured', x),
        percent('y, configured', y),
        quantity('observations', `${deviations.length}`),
      ],
      steps: [
        ...widthSteps(of, history.length),
        step(percent('ALB', alb), 'W (1 + x)'),
        step(percent('AUB', aub), 'W (1 + y)'),
        step(percent('BLB', blb), 'W (1 - x)'),
        step(percent('BUB', bub), 'W (1 - y)'),
      ],
      result: weights.map(
        (weight): Quantity =>
          quantity(`NW ${digits(weight, 16)} %`, said(Bands.stateOf({ weight, target, widths: of.widths }))),
      ),
    };
  },
};
