import { zeroAddress } from 'viem';
import { readAmount, readSlippage, type TypedAmount } from '../trade/amount.ts';
import { type Direction, type Means, type Obstacle, planTrade, type TradePlan } from '../trade/plan.ts';
import type { Fund } from './fund.ts';
import { useNow } from './head.tsx';
import type { Owned } from './owner.ts';
import { useSite } from './site.tsx';
import { useAmounts, useRouterState } from './trade.ts';

export interface UsePlanParameters {
  readonly fund: Fund;
  readonly owned: Owned | undefined;
  readonly direction: Direction;
  readonly means: Means;
  readonly typed: { readonly slippage: string; readonly unlimited: boolean };
  /** Of the amount. */
  readonly text: string;
}

export interface Planned {
  readonly amount: TypedAmount;
  /** {bps}; undefined when what was typed is none */
  readonly slippageBps: bigint | undefined;
  /** Undefined while there is nothing to plan, or the chain has not answered. */
  readonly answer: TradePlan | Obstacle | undefined;
}

const SHARE_DECIMALS = 18;
/** {s} how long a transaction through pools stays valid */
const DEADLINE = 1_200;
/** {s} the same on a chain with test accounts, whose clock may run ahead of the person who confirms */
const TEST_DEADLINE = 86_400;

/** The plan for what is typed now. */
export const usePlan = ({ fund, owned, direction, means, typed, text }: UsePlanParameters): Planned => {
  const { config } = useSite();
  const now = useNow();
  const paysBase = direction === 'mint' && means === 'base';
  const amount = readAmount(text, paysBase ? config.base.decimals : SHARE_DECIMALS);
  const slippageBps = readSlippage(typed.slippage);
  const value = amount.kind === 'amount' ? amount.value : undefined;
  const amounts = useAmounts(fund, direction, paysBase ? undefined : value);
  const wantsRouter = means === 'base' && value !== undefined;
  const router = useRouterState(fund, wantsRouter);
  const waits = (!paysBase && amounts === undefined) || (wantsRouter && router === undefined);
  if (value === undefined || slippageBps === undefined || waits) return { amount, slippageBps, answer: undefined };
  const lasts = config.testAccounts.length > 0 ? TEST_DEADLINE : DEADLINE;
  const answer = planTrade({
    ...{ direction, slippageBps, fund, owned, typed: value, unlimited: typed.unlimited },
    ...{ owner: owned?.owner ?? zeroAddress, platform: config.platform },
    ...{ amounts: amounts ?? [], router: wantsRouter ? router : undefined, deadline: BigInt(now + lasts) },
  });
  return { amount, slippageBps, answer };
};
