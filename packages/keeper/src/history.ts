import type { SampleRecord } from './api.ts';

/** A sample as the page wants it. */
export type HistoryPoint = Omit<SampleRecord, 'kind' | 'blockHash'>;

/** {1} points of a history */
const MOST_POINTS = 400;

/** Samples thinned to about `count`, evenly by time; the first and the last stay. */
export const thinned = (samples: readonly SampleRecord[], count: number): SampleRecord[] => {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return [];
  const step = Math.max(1, (last.at - first.at) / count);
  let next = first.at;
  return samples.filter((sample) => {
    if (sample !== last && sample.at < next) return false;
    next = sample.at + step;
    return true;
  });
};

/** Samples thinned to some hundreds. */
export const historyOf = (samples: readonly SampleRecord[]): readonly HistoryPoint[] =>
  thinned(samples, MOST_POINTS).map(({ kind: _kind, blockHash: _hash, ...point }) => point);
