import { bpsOf } from '@wicker/core';
import { bps, count, fixed, signedUsdc, tokenAmount, usdc } from '../format/number.ts';
import type { Fund } from '../lib/fund.ts';
import { useSite } from '../lib/site.tsx';
import type { GasEstimate } from '../lib/trade.ts';
import type { TradePlan } from '../trade/plan.ts';

export interface PreviewProps {
  readonly plan: TradePlan;
  readonly fund: Fund;
  readonly gas: GasEstimate | null | undefined;
  readonly symbol: string;
  readonly unlimited: boolean;
}

const SHARE_DECIMALS = 18;

/** {share} -> {base} at the price of now, in words */
const worth = ({ state }: Fund, shares: bigint): string =>
  state === undefined ? '' : usdc((shares * state.price) / 10n ** 18n);

const Gas = ({ gas }: Pick<PreviewProps, 'gas'>) => {
  if (gas === null) return 'your wallet tells';
  if (gas === undefined) return <span className="muted">known when you can send it</span>;
  return (
    <>
      {fixed(gas.cost, 18, 6)} ETH <span className="second">{fixed(gas.gas, 0, 0)} gas</span>
    </>
  );
};

const approvals = ({ plan, symbol }: PreviewProps, symbolOf: (token: `0x${string}`) => string): string => {
  const [first] = plan.approvals;
  if (first === undefined) return 'none needed';
  if (plan.approvals.length > 1) return count(plan.approvals.length, 'token');
  return symbolOf(first.token) || symbol;
};

/** Pool fees, impact, and how far the pools stand from the feeds. */
const PoolCosts = ({ plan }: Pick<PreviewProps, 'plan'>) => {
  const { cost, total } = plan;
  if (cost === undefined || total === undefined) {
    return (
      <>
        <dt>Pool fees</dt>
        <dd>none: no pool is used</dd>
        <dt>Price impact</dt>
        <dd>none</dd>
      </>
    );
  }
  const { fee, impact, offFeeds } = cost;
  return (
    <>
      <dt>Pool fees</dt>
      <dd>
        {usdc(fee)} <span className="second">{bps(bpsOf(fee, total))}</span>
      </dd>
      <dt>Price impact</dt>
      <dd>
        {usdc(impact)} <span className="second">{bps(bpsOf(impact, total))}</span>
      </dd>
      {offFeeds !== undefined && (
        <>
          <dt>Pools against feeds</dt>
          <dd>{signedUsdc(offFeeds)}</dd>
        </>
      )}
    </>
  );
};

/** What comes, at a glance. */
const Headline = ({ plan, fund, symbol }: PreviewProps) => {
  const net = plan.shares - plan.fee;
  if (plan.direction === 'mint') {
    return (
      <p className="headline">
        <span className="muted">You get</span>
        <span className="headline-value">
          {tokenAmount(net, SHARE_DECIMALS)} {symbol}
        </span>
        <span className="muted small">worth {worth(fund, net)}</span>
      </p>
    );
  }
  return (
    <p className="headline">
      <span className="muted">You get</span>
      <span className="headline-value">
        {plan.total === undefined ? count(plan.rows.length, 'token') : usdc(plan.total)}
      </span>
      <span className="muted small">{plan.total === undefined ? `worth ${worth(fund, net)}` : ''}</span>
    </p>
  );
};

/** Everything that moves and costs, before anything is sent. */
export const Preview = (props: PreviewProps) => {
  const { plan, fund, gas, symbol, unlimited } = props;
  const { symbolOf } = useSite();
  return (
    <div className="preview">
      <Headline {...props} />
      <dl className="facts">
        {plan.atLeast !== undefined && (
          <>
            <dt>You get at least</dt>
            <dd>
              {plan.direction === 'mint'
                ? `${tokenAmount(plan.atLeast, SHARE_DECIMALS)} ${symbol}`
                : usdc(plan.atLeast)}
            </dd>
          </>
        )}
        {plan.direction === 'mint' && plan.total !== undefined && (
          <>
            <dt>You pay</dt>
            <dd>{usdc(plan.total)}</dd>
          </>
        )}
        <dt>{plan.direction === 'mint' ? 'Mint fee' : 'Redeem fee'}</dt>
        <dd>
          {tokenAmount(plan.fee, SHARE_DECIMALS)} {symbol}
          <span className="second">{worth(fund, plan.fee)}</span>
        </dd>
        <PoolCosts plan={plan} />
        <dt>Gas</dt>
        <dd>
          <Gas gas={gas} />
        </dd>
        <dt>Approvals</dt>
        <dd>
          {approvals(props, symbolOf)}
          {plan.approvals.length > 0 && <span className="second">{unlimited ? 'without limit' : 'exact amounts'}</span>}
        </dd>
      </dl>
    </div>
  );
};
