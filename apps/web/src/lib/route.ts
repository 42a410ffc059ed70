import { useSyncExternalStore } from 'react';
import type { WebConfig } from '../config.ts';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

let named = '';

/** The symbol that a hash such as `#/WDI` names; undefined for any other, and for one that cannot be read. */
export const symbolIn = (hash: string): string | undefined => {
  const [, symbol] = /^#\/(.*)$/.exec(hash) ?? [];
  try {
    return symbol && decodeURIComponent(symbol);
  } catch {
    return undefined; // a link that somebody cut or made up
  }
};

/** An index that the address names; any other hash is a place on the page and changes nothing. */
const symbolInHash = (): string => {
  named = symbolIn(window.location.hash) ?? named;
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
