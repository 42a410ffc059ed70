import { AumFee, RAY } from '@wicker/core';
import { type ChartPoint, changeOver } from '../chart/points.ts';
import { fixed, percent, signedPercent, tokenAmount, usdc } from '../format/number.ts';
import { duration } from '../format/time.ts';
import type { Fund } from '../lib/fund.ts';
import { DriftGauge } from './drift-gauge.tsx';

export interface OverviewProps {
  readonly fund: Fund;
  readonly name: string;
  readonly symbol: string;
  readonly points: readonly ChartPoint[];
}

const Change = ({ points }: Pick<OverviewProps, 'points'>) => {
  const change = changeOver(points, 'price');
  const [first, last] = [points[0], points.at(-1)];
  if (change === undefined || first === undefined || last === undefined) return null;
  const text = signedPercent(change);
  const arrow = text.startsWith('+') ? '\u2197 ' : /[1-9]/.test(text) ? '\u2198 ' : '\u2192 ';
  const seconds = last.at - first.at;
  return (
    <p className="change" data-testid="change">
      <span className="strong">
        <span aria-hidden="true">{arrow}</span>
        {text}
      </span>{' '}
      <span className="muted">{seconds < 60 ? 'in the last minute' : `over the ${duration(seconds)} on record`}</span>
    </p>
  );
};

/** {ray/s} -> `1.00 %` of the holders' assets in a year */
const yearly = (aumRate: bigint): string => percent((aumRate < RAY ? 0n : AumFee.yearlyFraction(aumRate)) / 10n ** 9n);

export const Overview = ({ fund, name, symbol, points }: OverviewProps) => {
  const { state, supply, fees } = fund;
  return (
    <section className="card overview" aria-labelledby="fund-name">
      <div className="overview-top">
        <div>
          <p className="eyebrow">
            <span className="badge">{symbol}</span> Index fund of {fund.held.legs.length} assets
          </p>
          <h1 id="fund-name">{name}</h1>
          <p className="hero-price" data-testid="price">
            {state === undefined ? (
              'No price'
            ) : (
              <>
                {fixed(state.price, 6, 4)} <span>USDC</span>
              </>
            )}
          </p>
          <Change points={points} />
        </div>
        {state !== undefined && <DriftGauge driftBps={state.driftBps} />}
      </div>
      {state === undefined && (
        <p className="empty">
          No asset of this fund has a live price now. You can still redeem in kind: that needs no price.
        </p>
      )}
      <dl className="stats">
        <div>
          <dt>Net asset value</dt>
          <dd data-testid="nav">{state === undefined ? 'unknown' : usdc(state.nav, 0)}</dd>
        </div>
        <div>
          <dt>Shares</dt>
          <dd data-testid="supply" title={`${tokenAmount(supply, 18)} ${symbol}`}>
            {fixed(supply, 18, 0)}
          </dd>
        </div>
        <div>
          <dt>Mint / redeem fee</dt>
          <dd>
            {percent(fees.mintBps * 10n ** 14n)} / {percent(fees.redeemBps * 10n ** 14n)}
          </dd>
        </div>
        <div>
          <dt>Management fee</dt>
          <dd>{yearly(fees.aumRate)} a year</dd>
        </div>
      </dl>
    </section>
  );
};
