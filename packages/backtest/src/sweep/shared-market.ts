import { withFigures } from '@wicker/data';
import type { Market } from '../market.ts';

const sharedFloats = (values: Float64Array): Float64Array => {
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
};

/** The same market in memory that all threads read, so that another thread gets no copy of its figures. */
export const sharedMarket = (market: Market): Market => {
  const { table, priceDays, series } = market;
  const days = new Uint32Array(new SharedArrayBuffer(priceDays.byteLength));
  days.set(priceDays);
  return { ...market, table: withFigures(table, sharedFloats), priceDays: days, series: sharedFloats(series) };
};
