import { useQueryClient } from '@tanstack/react-query';
import type { WickerClient } from '@wicker/sdk';
import { useReducer } from 'react';
import { useConnection } from 'wagmi';
import { type FlowState, flowReducer, IDLE, type Outcome } from '../trade/flow.ts';
import { problemOf } from '../trade/problem.ts';
import { CHAIN_KEY } from './head.tsx';
import { useSite } from './site.tsx';
import type { WalletProvider } from './test-account.ts';
import { walletClientOf } from './wallet-client.ts';

/** One transaction to send. The last one of a flow tells what moved. */
export interface FlowStep {
  readonly label: string;
  readonly send: (client: WickerClient) => Promise<Outcome | undefined>;
}

export interface Flow {
  readonly state: FlowState;
  /** Sends the steps one after another and stops at the first that fails. */
  readonly run: (steps: readonly FlowStep[]) => Promise<void>;
  readonly reset: () => void;
}

/** Transactions of the connected account. */
export const useFlow = (): Flow => {
  const { client, config } = useSite();
  const { address, connector } = useConnection();
  const queries = useQueryClient();
  const [state, dispatch] = useReducer(flowReducer, IDLE);
  const run = async (steps: readonly FlowStep[]): Promise<void> => {
    if (address === undefined || connector === undefined) return;
    dispatch({ kind: 'begin', labels: steps.map(({ label }) => label) });
    let outcome: Outcome | undefined;
    for (const [step, { send }] of steps.entries()) {
      dispatch({ kind: 'asked', step });
      try {
        const provider = (await connector.getProvider()) as WalletProvider;
        const onSent = (hash: `0x${string}`): void => dispatch({ kind: 'sent', step, hash });
        outcome = await send(walletClientOf({ client, chain: client.chain, provider, account: address, onSent }));
        dispatch({ kind: 'mined', step });
      } catch (error) {
        dispatch({ kind: 'failed', step, problem: problemOf(error, config.chainName) });
        return;
      } finally {
        void queries.invalidateQueries({ queryKey: [CHAIN_KEY] });
      }
    }
    if (outcome !== undefined) dispatch({ kind: 'finished', outcome });
  };
  return { state, run, reset: () => dispatch({ kind: 'reset' }) };
};
