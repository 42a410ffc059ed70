import { useSyncExternalStore } from 'react';
import type { WebConfig } from '../config.ts';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

let named = '';

/** `#/WDI` names an index; any other hash is a place on the page and changes nothing. */
const symbolInHash = (): string => {
  const [, symbol] = /^#\/(.*)$/.exec(window.location.hash) ?? [];
  if (symbol !== undefined) named = decodeURIComponent(symbol);
  return named;
};

type IndexInfo = WebConfig['indices'][number];

/** The index that the address names by its symbol, else the first one; undefined when there is none at all. */
export const useRoute = (indices: readonly IndexInfo[]): IndexInfo | undefined => {
  const symbol = useSyncExternalStore(subscribe, symbolInHash);
  return indices.find((index) => index.symbol === symbol) ?? indices[0];
};

/** Goes to an index. */
export const goTo = (symbol: string): void => {
  window.location.hash = `/${encodeURIComponent(symbol)}`;
};
