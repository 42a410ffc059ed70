// The chain's part of a trade: previews, pools, gas, and sending.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { basePoolsOf } from '@wicker/core';
import {
  type Call,
  indexUnitsOf,
  type Mined,
  mintedIn,
  mintedWithBaseIn,
  poolsOf,
  previewMint,
  previewRedeem,
  redeemedIn,
  redeemedToBaseIn,
  simulate,
  transact,
  type WickerClient,
} from '@wicker/sdk';
import type { Address, Hash } from 'viem';
import { getGasPrice } from 'viem/actions';
import { count, tokenAmount, usdc } from '../format/number.ts';
import type { Outcome } from '../trade/flow.ts';
import type { Direction, TradePlan } from '../trade/plan.ts';
import type { RouterState } from '../trade/routed.ts';
import type { Fund } from './fund.ts';
import { CHAIN_KEY } from './head.tsx';
import { type Site, useSite } from './site.tsx';
import type { FlowStep } from './use-flow.ts';

/** {tok} by leg that `shares` cost or bring; undefined while the chain has not answered. */
export const useAmounts = (fund: Fund, direction: Direction, shares: bigint | undefined) => {
  const { client } = useSite();
  return useQuery({
    queryKey: [CHAIN_KEY, client.uid, 'preview', fund.index, direction, String(shares ?? 0n)],
    queryFn: async () => {
      const preview = direction === 'mint' ? previewMint : previewRedeem;
      return (await preview(client, { index: fund.index, shares: shares ?? 0n })).amounts;
    },
    ...{ enabled: shares !== undefined, retry: false, staleTime: Number.POSITIVE_INFINITY, gcTime: 10_000 },
  }).data;
};

const readRouterState = async ({ client, config }: Site, { index, held }: Fund): Promise<RouterState> => {
  const { platform } = config;
  const wanted = config.pools.filter(({ token }) => held.legs.some(({ asset }) => asset === token));
  const [units, pools] = await Promise.all([
    indexUnitsOf(client, { platform, index }),
    poolsOf(client, { platform, pools: wanted.map(({ address }) => address) }),
  ]);
  return { base: platform.base, pools: basePoolsOf(pools, platform.base), index: units };
};

/** The listed pools of a fund's assets with USDC, and what the router counts a mint with. */
export const useRouterState = (fund: Fund, wanted: boolean): RouterState | undefined => {
  const site = useSite();
  return useQuery({
    queryKey: [CHAIN_KEY, site.client.uid, 'router', fund.index],
    queryFn: () => readRouterState(site, fund),
    ...{ enabled: wanted, retry: false, staleTime: Number.POSITIVE_INFINITY },
  }).data;
};

/** What the node says that the transactions would do. */
export interface GasEstimate {
  /** {gas} of all transactions */
  readonly gas: bigint;
  /** {wei} */
  readonly cost: bigint;
  /** Why one of them would fail now. */
  readonly failure: unknown;
}

/** What calls would use; undefined while not known, null when the node cannot tell. */
export const useGas = (owner: Address | undefined, calls: readonly Call[]): GasEstimate | null | undefined => {
  const { client } = useSite();
  const enabled = owner !== undefined && calls.length > 0;
  return useQuery({
    queryKey: ['gas', client.uid, owner, calls.map(({ to, data }) => `${to}${data}`).join()],
    queryFn: async (): Promise<GasEstimate | null> => {
      if (owner === undefined) return null;
      const [simulated, price] = await Promise.all([simulate(client, { account: owner, calls }), getGasPrice(client)]);
      const gas = simulated.reduce((sum, { gasUsed }) => sum + gasUsed, 0n);
      return { gas, cost: gas * price, failure: simulated.find(({ error }) => error !== undefined)?.error };
    },
    ...{ enabled, retry: false, gcTime: 10_000, placeholderData: keepPreviousData, throwOnError: false },
  }).data;
};

const hashLine = (hash: Hash) => ({ label: 'Transaction', value: hash });

/** What a mined trade did, in words. */
const outcomeOf = (site: Site, { index }: Fund, plan: TradePlan, { hash, receipt }: Mined, owner: Address): Outcome => {
  const { config, symbolOf } = site;
  const { base } = config.platform;
  const shares = (amount: bigint): string => `${tokenAmount(amount, 18)}\u00a0${symbolOf(index)}`;
  const { logs } = receipt;
  if (plan.direction === 'mint') {
    const paid =
      plan.means === 'base'
        ? usdc(mintedWithBaseIn(logs, { base, payer: owner }).paid)
        : count(plan.rows.length, 'token');
    const { minted, fee } = mintedIn(logs);
    const lines = [{ label: 'You paid', value: paid }, { label: 'Mint fee', value: shares(fee) }, hashLine(hash)];
    return { title: `You minted ${shares(minted)}.`, lines };
  }
  const { fee, setAside } = redeemedIn(logs);
  const got =
    plan.means === 'base'
      ? usdc(redeemedToBaseIn(logs, { base, to: owner }).received)
      : count(plan.rows.length, 'token');
  const aside = setAside.toString(2).replaceAll('0', '').length;
  const lines = [
    { label: 'You got', value: got },
    { label: 'Redeem fee', value: shares(fee) },
  ];
  if (aside > 0) lines.push({ label: 'Set aside as claims', value: count(aside, 'token') });
  return { title: `You redeemed ${shares(plan.shares)}.`, lines: [...lines, hashLine(hash)] };
};

/** The transactions of a plan, in their order. */
export const stepsOf = (site: Site, fund: Fund, plan: TradePlan, owner: Address): readonly FlowStep[] => {
  const send = (call: Call) => (client: WickerClient) => transact(client, { account: owner, ...call });
  return plan.calls.map((call, i): FlowStep => {
    const approval = plan.approvals[i];
    if (approval !== undefined) {
      return {
        label: `Approve ${site.symbolOf(approval.token)}`,
        send: async (client) => {
          await send(call)(client);
          return undefined;
        },
      };
    }
    return {
      label: plan.direction === 'mint' ? 'Mint' : 'Redeem',
      send: async (client) => outcomeOf(site, fund, plan, await send(call)(client), owner),
    };
  });
};
