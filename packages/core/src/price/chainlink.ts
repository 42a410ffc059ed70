import type { Branded } from '../brand.ts';
import { max } from '../math/word.ts';
import * as Bound from './bound.ts';
import { PriceError } from './errors.ts';

/** {s} how long a price counts after its feed went stale, or after it was stored (docs/rules.md 5). */
export const FROZEN_FOR = 86_400n;
/** {s} least grace on top of a heartbeat */
export const MIN_GRACE = 300n;
/** {s} how long a sequencer has to be up before answers are trusted for trading */
export const SEQUENCER_GRACE = 3_600n;
/** {s} */
export const MAX_HEARTBEAT = 30n * 86_400n;
/** {bp} */
export const MAX_Q_BPS = 5_000n;
/** Answers are below it: two of them multiply to less than 2^192. */
export const MAX_ANSWER = (1n << 96n) - 1n;

/** What is needed to judge the answers of a feed. */
export interface SourceFacts {
  /** Address of the feed: the proxy. */
  readonly feed: string;
  /** Of its answers. */
  readonly decimals: bigint;
  /** {s} longest time between two answers, 1 s to 30 days */
  readonly heartbeat: bigint;
  /** {bp} deviation threshold q: the feed answers anew when the price moved by more; at most 5 000 */
  readonly qBps: bigint;
  /** The bounds of the aggregator behind the proxy, where it gives any. */
  readonly minAnswer?: bigint;
  readonly maxAnswer?: bigint;
}

/** A feed whose facts were checked, its bounds as they are kept: rounded inwards. */
export type Source = Branded<
  Omit<SourceFacts, 'minAnswer' | 'maxAnswer'> & { readonly lowerBound: bigint; readonly upperBound: bigint },
  'Source'
>;

const badSource = (message: string): PriceError =>
  new PriceError('BAD_SOURCE', message, 'give a heartbeat of 1 s to 30 days and a q of at most 5 000 bp');

/**
 * A checked feed (docs/rules.md 5). Bounds of the aggregator are rounded inwards by at most 1/2 048: nearness to a bound is
 * judged early, never late.
 *
 * @throws {PriceError} BAD_SOURCE, BAD_BOUNDS
 */
export const source = ({ feed, decimals, heartbeat, qBps, minAnswer = 0n, maxAnswer = MAX_ANSWER }: SourceFacts) => {
  if (heartbeat < 1n || heartbeat > MAX_HEARTBEAT) throw badSource(`${feed} has a heartbeat of ${heartbeat} s`);
  if (qBps < 0n || qBps > MAX_Q_BPS) throw badSource(`${feed} has a q of ${qBps} bp`);
  if (decimals < 0n) throw badSource(`${feed} has ${decimals} decimals`);
  if (maxAnswer <= 0n || minAnswer >= maxAnswer || minAnswer > MAX_ANSWER) {
    throw new PriceError(
      'BAD_BOUNDS',
      `${feed} has the bounds ${minAnswer} and ${maxAnswer}`,
      'give a lower bound below the upper one, and an upper one above 0',
    );
  }
  const lowerBound = Bound.decode(Bound.encodeUp(minAnswer > 0n ? minAnswer : 0n));
  const upperBound = Bound.decode(Bound.encodeDown(maxAnswer < MAX_ANSWER ? maxAnswer : MAX_ANSWER));
  return { feed, decimals, heartbeat, qBps, lowerBound, upperBound } as Source;
};

/** What came back from asking a feed for its latest round: five words, or a revert, garbage or nothing. Times are {s}. */
export type Reply =
  | {
      readonly kind: 'round';
      readonly roundId: bigint;
      readonly answer: bigint;
      readonly startedAt: bigint;
      readonly updatedAt: bigint;
      readonly answeredInRound: bigint;
    }
  | { readonly kind: 'failed' };

/** A feed's answer, 1 .. MAX_ANSWER, and what it is worth; frozen when it went stale at most 24 h ago. */
export type Reading = { readonly status: 'live' | 'frozen'; readonly answer: bigint } | { readonly status: 'dead' };

/** {s} age up to which an answer is live: the heartbeat and a tenth of it, at least 5 minutes more. */
export const maxAge = (heartbeat: bigint): bigint => heartbeat + max(heartbeat / 10n, MIN_GRACE);

/**
 * The answer of a feed and what it is worth (docs/rules.md 5): strictly within the bounds, of a complete round that was not
 * carried over from an earlier one, not from the future, and of an age within `maxAge`, or at most 24 h more.
 *
 * @param now {s}
 */
export const read = (source: Source, reply: Reply, now: bigint): Reading => {
  if (reply.kind === 'failed') return { status: 'dead' };
  const { roundId, answer, updatedAt, answeredInRound } = reply;
  const within = answer > source.lowerBound && answer < source.upperBound;
  const complete = roundId > 0n && answeredInRound >= roundId;
  if (!within || !complete || updatedAt > now) return { status: 'dead' };
  // Never updated (0) is older than any heartbeat allows.
  const over = now - updatedAt - maxAge(source.heartbeat);
  if (over <= 0n) return { status: 'live', answer };
  return over <= FROZEN_FOR ? { status: 'frozen', answer } : { status: 'dead' };
};

/**
 * Whether the sequencer of an L2 is up, for an hour at least (docs/rules.md 5). Its feed answers 0 for up, 1 for down, and
 * `startedAt` is the time of the last change.
 *
 * @param now {s}
 */
export const sequencerUp = (reply: Reply, now: bigint): boolean => {
  if (reply.kind === 'failed' || reply.answer !== 0n || reply.startedAt === 0n) return false;
  return now - reply.startedAt >= SEQUENCER_GRACE;
};
