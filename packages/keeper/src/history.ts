import type { SampleRecord } from './api.ts';

/** A sample as the page wants it. */
export type HistoryPoint = Omit<SampleRecord, 'kind' | 'blockHash'>;

/** {1} points of a history */
const MOST_POINTS = 400;

/** Samples thinned to some hundreds, evenly by time; the first and the last stay. */
export const historyOf = (samples: readonly SampleRecord[]): readonly HistoryPoint[] => {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return [];
  const step = Math.max(1, (last.at - first.at) / MOST_POINTS);
  let next = first.at;
  const kept = samples.filter((sample) => {
    if (sample !== last && sample.at < next) return false;
    next = sample.at + step;
    return true;
  });
  return kept.map(({ kind: _kind, blockHash: _hash, ...point }) => point);
};
