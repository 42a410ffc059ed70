import type { KeeperReport } from '@wicker/keeper/api';
import { useEffect, useState } from 'react';
import { shortAddress } from '../format/address.ts';
import { count } from '../format/number.ts';
import { duration } from '../format/time.ts';
import { useKeeper } from '../lib/keeper.ts';
import { Section } from '../ui/section.tsx';

const STATES: Readonly<Record<KeeperReport['state'], string>> = {
  starting: 'Starting',
  watching: 'Watching',
  opening: 'Opening an epoch',
  trading: 'Trading',
  waiting: 'Waiting',
  troubled: 'In trouble',
};

/** {ms} */
const SECOND = 1_000;

/** This machine's clock, which the keeper's own times are of. */
const useClock = (): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return now;
};

const ago = (at: number, now: number): string => {
  const seconds = Math.max(0, Math.round((now - at) / SECOND));
  return seconds < 60 ? `${seconds} s ago` : `${duration(seconds)} ago`;
};

const Report = ({ keeper }: { readonly keeper: KeeperReport }) => {
  const now = useClock();
  const { counts, trouble } = keeper;
  return (
    <>
      <p className="keeper-says" data-testid="keeper-says">
        {keeper.says}
      </p>
      {trouble !== null && (
        <div className="problem">
          <p className="strong">{trouble.message}</p>
          <p>{trouble.hint}</p>
          <p className="small muted">
            {trouble.code}, {ago(trouble.at, now)}
          </p>
        </div>
      )}
      <dl className="facts">
        <dt>Last look at the chain</dt>
        <dd>{keeper.lastTickAt === null ? 'not yet' : ago(keeper.lastTickAt, now)}</dd>
        <dt>Opened and traded</dt>
        <dd>
          {count(counts.opened, 'epoch')}, {count(counts.rounds, 'round')}, {count(counts.fills, 'fill')}
        </dd>
        <dt>Errors survived</dt>
        <dd>{counts.errors}</dd>
        <dt>Account</dt>
        <dd title={keeper.account}>{shortAddress(keeper.account)}</dd>
      </dl>
      {keeper.dryRun && <p className="small muted">It only says what it would do, and sends nothing.</p>}
    </>
  );
};

/** What the keeper does, and why. */
export const Keeper = () => {
  const keeper = useKeeper();
  const state = keeper === undefined ? 'Asking' : keeper === null ? 'No keeper' : STATES[keeper.state];
  const calm = keeper !== null && keeper !== undefined && keeper.trouble === null;
  return (
    <Section
      title="Keeper"
      aside={
        <span className={calm ? 'badge on' : keeper === undefined ? 'badge' : 'badge over'} data-testid="keeper-state">
          {state}
        </span>
      }
    >
      {keeper === null && (
        <p className="empty">
          No keeper answers. Nobody has to trust or wait for one: anybody may open epochs and trade, and you can mint
          and redeem at any time.
        </p>
      )}
      {keeper !== null && keeper !== undefined && <Report keeper={keeper} />}
    </Section>
  );
};
