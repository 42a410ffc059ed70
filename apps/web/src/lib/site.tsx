// What the whole page stands on: the deployment, a client that reads its chain, and names of tokens.
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Address } from 'viem';
import { configSchema, type WebConfig } from '../config.ts';
import { shortAddress } from '../format/address.ts';
import { type ReadClient, readClientOf } from './chain.ts';

/** A token as people know it. */
export interface TokenInfo {
  readonly address: Address;
  readonly id: string;
  readonly symbol: string;
  readonly decimals: number;
}

export interface Site {
  readonly config: WebConfig;
  readonly client: ReadClient;
  /** What is known of a token; one that the deployment does not name goes by its address. */
  readonly tokenOf: (address: Address) => TokenInfo;
  /** The symbol of a token or index. */
  readonly symbolOf: (address: Address) => string;
  /** The name of an account that the page knows, or its short address. */
  readonly personOf: (address: Address) => string;
  /** The venue of a pool. */
  readonly venueOf: (pool: Address) => string;
}

const SiteContext = createContext<Site | undefined>(undefined);

/** {1} of a token that does not say */
const USUAL_DECIMALS = 18;

const siteOf = (config: WebConfig): Site => {
  const key = (address: Address): string => address.toLowerCase();
  const tokens = new Map([config.base, ...config.tokens].map((token) => [key(token.address), token]));
  const indices = new Map(config.indices.map((index) => [key(index.address), index]));
  const people = new Map(config.testAccounts.map((account) => [key(account.address), account.name]));
  const venues = new Map(config.pools.map((pool) => [key(pool.address), pool.venue]));
  const tokenOf = (address: Address): TokenInfo =>
    tokens.get(key(address)) ?? {
      ...{ address, id: address, symbol: shortAddress(address), decimals: USUAL_DECIMALS },
    };
  return {
    ...{ config, client: readClientOf(config), tokenOf },
    symbolOf: (address) => indices.get(key(address))?.symbol ?? tokenOf(address).symbol,
    personOf: (address) => people.get(key(address)) ?? shortAddress(address),
    venueOf: (pool) => venues.get(key(pool)) ?? shortAddress(pool),
  };
};

export const SiteProvider = ({ config, children }: { readonly config: WebConfig; readonly children: ReactNode }) => {
  const site = useMemo(() => siteOf(config), [config]);
  return <SiteContext value={site}>{children}</SiteContext>;
};

/** The site that the component is on. @throws {Error} outside of a provider: a defect */
export const useSite = (): Site => {
  const site = useContext(SiteContext);
  if (site === undefined) throw new Error('useSite needs a SiteProvider around it');
  return site;
};

/** {ms} between two looks for the deployment: indices come, and a devnet may start anew */
const REFRESH = 30_000;
const RETRY = 2_000;

/** The deployment, as the server of the page tells it. */
export const useConfigFile = () =>
  useQuery({
    queryKey: ['config'],
    queryFn: async (): Promise<WebConfig> => {
      const response = await fetch('/config.json', { headers: { accept: 'application/json' } });
      return configSchema.parse(await response.json());
    },
    ...{ retry: false, staleTime: REFRESH },
    refetchInterval: ({ state }) => (state.status === 'error' ? RETRY : REFRESH),
  });
