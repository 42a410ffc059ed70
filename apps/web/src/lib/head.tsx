// The head of the chain: everything that is read from the chain is read anew when it moves.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { getBlock } from 'viem/actions';
import { useSite } from './site.tsx';

export interface Head {
  /** Of the last block; undefined before the first answer. */
  readonly block: { readonly number: bigint; readonly at: number } | undefined;
  /** Whether the chain does not answer now. What was read before stays. */
  readonly gone: boolean;
}

const HeadContext = createContext<Head>({ block: undefined, gone: false });

/** {ms} between two looks at the chain */
const POLLING = 2_000;

/** The first part of the key of every query that the chain answers. */
export const CHAIN_KEY = 'chain';

export const HeadProvider = ({ children }: { readonly children: ReactNode }) => {
  const { client } = useSite();
  const queries = useQueryClient();
  const { data: block, isError: gone } = useQuery({
    queryKey: ['head', client.uid],
    queryFn: async () => {
      const { number, timestamp } = await getBlock(client);
      return { number, at: Number(timestamp) };
    },
    ...{ retry: false, refetchInterval: POLLING, structuralSharing: false, refetchOnReconnect: 'always' },
  });
  const number = block?.number;
  useEffect(() => {
    if (number === undefined || gone) return;
    void queries.invalidateQueries({ queryKey: [CHAIN_KEY] }, { cancelRefetch: false });
  }, [number, gone, queries]);
  return <HeadContext value={{ block, gone }}>{children}</HeadContext>;
};

export const useHead = (): Head => useContext(HeadContext);

/** {s} the chain's time; that of this machine before the first block is known */
export const useNow = (): number => useHead().block?.at ?? Math.floor(Date.now() / 1_000);
