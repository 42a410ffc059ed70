import { TOLERANCE_BPS } from '@wicker/core';
import { bps } from '../format/number.ts';
import { duration } from '../format/time.ts';
import type { Fund, OpenEpoch } from '../lib/fund.ts';
import { useNow } from '../lib/head.tsx';
import { Section } from '../ui/section.tsx';
import { OpenOrders } from './open-orders.tsx';

export interface RebalancingProps {
  readonly fund: Fund;
  readonly symbol: string;
}

/** Why nothing is open, and what comes next. */
const Quiet = ({ fund, symbol }: RebalancingProps) => {
  const now = useNow();
  const driftBps = fund.state?.driftBps;
  if (driftBps === undefined) return <p className="empty">Without prices nothing can be traded.</p>;
  const inTolerance = driftBps <= TOLERANCE_BPS;
  const waits = fund.mayOpenFrom > now;
  return (
    <p className="empty">
      No epoch is open.{' '}
      {inTolerance
        ? `${symbol} is ${bps(driftBps)} away from its targets, and up to ${TOLERANCE_BPS} bps is left alone.`
        : `${symbol} is ${bps(driftBps)} away from its targets, more than the ${TOLERANCE_BPS} bps allowed.`}{' '}
      {!inTolerance && !waits && 'Anybody may open one now.'}
      {waits && `The next one may be opened in ${duration(fund.mayOpenFrom - now)}: a day after the last.`}
    </p>
  );
};

const Clocked = ({ epoch }: { readonly epoch: OpenEpoch }) => {
  const now = useNow();
  const elapsed = now - Number(epoch.openedAt);
  return (
    <dl className="stats small-stats">
      <div>
        <dt>Opened</dt>
        <dd>{duration(elapsed)} ago</dd>
      </div>
      <div>
        <dt>Ends</dt>
        <dd>in {duration(Number(epoch.until) - now)}</dd>
      </div>
      <div>
        <dt>Epoch</dt>
        <dd>number {epoch.opening.toString()}</dd>
      </div>
    </dl>
  );
};

/** The open epoch with its orders and clocks, or why there is none. */
export const Rebalancing = ({ fund, symbol }: RebalancingProps) => (
  <Section
    title="Rebalancing"
    about="In an open epoch anybody may trade for the fund, but only above a limit: it begins above the price and comes down by 5 bps a minute, so the best offer comes first."
    aside={
      <span className={fund.epoch === undefined ? 'badge' : 'badge on'} data-testid="epoch-state">
        {fund.epoch === undefined ? 'No epoch open' : 'Epoch open'}
      </span>
    }
  >
    {fund.epoch === undefined ? (
      <Quiet fund={fund} symbol={symbol} />
    ) : (
      <>
        <Clocked epoch={fund.epoch} />
        <OpenOrders fund={fund} epoch={fund.epoch} />
      </>
    )}
  </Section>
);
