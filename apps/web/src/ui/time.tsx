import { absoluteTime, relativeTime } from '../format/time.ts';
import { useNow } from '../lib/head.tsx';

/** A time of the chain: how long ago, and when exactly on hover. */
export const Time = ({ at }: { readonly at: number }) => {
  const now = useNow();
  return (
    <time className="nowrap" dateTime={new Date(at * 1_000).toISOString()} title={absoluteTime(at)}>
      {relativeTime(at, now)}
    </time>
  );
};
