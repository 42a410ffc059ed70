import type { AnchoredAsset } from '@wicker/core';
import { getAddress } from 'viem';
import { type PairClock, pairClock } from '../clock/clock-view.ts';
import { bps, plain, signedBps } from '../format/number.ts';
import { duration } from '../format/time.ts';
import { useNow } from '../lib/head.tsx';
import { useSite } from '../lib/site.tsx';
import { ClockCurve } from './clock-curve.tsx';

export interface PairClockViewProps {
  readonly o: AnchoredAsset;
  readonly u: AnchoredAsset;
  /** {s} */
  readonly openedAt: bigint;
}

const crossing = ({ crossesNow, crossesAfter }: PairClock, elapsed: number): string =>
  crossesNow ? 'allowed now' : `allowed in ${duration(crossesAfter - elapsed)}`;

const fall = ({ atFloor, floorBps }: PairClock): string =>
  atFloor ? 'is at its floor' : `falls ${bps(5, 0)} a minute, to ${signedBps(floorBps, 0)}`;

/** {u/o} what one whole o must bring at least, in whole u, to look at */
const ratio = (o: AnchoredAsset, u: AnchoredAsset, limitBps: number, scale: number): number =>
  (Number(o.anchor) / Number(u.anchor)) * scale * (1 + limitBps / 10_000);

/** The limit of a sale now, when it may cross, and the curve that it follows. */
export const PairClockView = ({ o, u, openedAt }: PairClockViewProps) => {
  const now = useNow();
  const { tokenOf } = useSite();
  const clock = pairClock(o, u, openedAt, BigInt(now));
  if (clock === undefined) return <p className="empty">One of the two has no live price: the pair waits.</p>;
  const elapsed = now - Number(openedAt);
  const [sold, bought] = [tokenOf(getAddress(o.asset)), tokenOf(getAddress(u.asset))];
  const rate = ratio(o, u, clock.limitBps, 10 ** (sold.decimals - bought.decimals));
  const limit = signedBps(clock.limitBps);
  return (
    <>
      <ClockCurve
        clock={clock}
        minute={elapsed / 60}
        label={`Clock of ${sold.symbol} for ${bought.symbol}: the limit is ${limit} against the anchor after ${duration(elapsed)}; crossing is ${crossing(clock, elapsed)}`}
      />
      <dl className="facts">
        <dt>Limit now, against the anchor</dt>
        <dd data-testid="clock-limit">{limit}</dd>
        <dt>So 1 {sold.symbol} brings at least</dt>
        <dd>
          {plain(rate, rate < 0.01 ? 8 : rate < 1 ? 6 : 4)} {bought.symbol}
        </dd>
        <dt>Crossing between funds</dt>
        <dd>{crossing(clock, elapsed)}</dd>
        <dt>The limit</dt>
        <dd>{fall(clock)}</dd>
      </dl>
    </>
  );
};
