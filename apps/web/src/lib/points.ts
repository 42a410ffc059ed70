import { useEffect, useMemo, useState } from 'react';
import { type ChartPoint, mergePoints, toPoint } from '../chart/points.ts';
import type { Fund } from './fund.ts';
import { useNow } from './head.tsx';
import { useHistory } from './keeper.ts';

/** {points} this page remembers itself */
const SEEN = 2_000;

/** The fund over time: what a keeper recorded, and what this page saw since it was opened. */
export const usePoints = ({ index, state }: Fund): readonly ChartPoint[] => {
  const at = useNow();
  const recorded = useHistory(index);
  const [seen, setSeen] = useState<readonly ChartPoint[]>([]);
  useEffect(() => {
    if (state === undefined) return;
    const point = toPoint({ at, price: String(state.price), nav: String(state.nav) });
    setSeen((before) => (before.at(-1)?.at === at ? before : [...before, point].slice(-SEEN)));
  }, [at, state]);
  return useMemo(() => mergePoints(recorded ?? [], seen), [recorded, seen]);
};
