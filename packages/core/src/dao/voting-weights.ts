import * as Checkpoints from './checkpoints.ts';

/** Who had how much staked when {share}, and all together: what votes and quorum are counted by. */
export interface VotingWeights {
  readonly accounts: ReadonlyMap<string, Checkpoints.Checkpoints>;
  readonly total: Checkpoints.Checkpoints;
}

/** Nobody ever had a vote. */
export const EMPTY: VotingWeights = { accounts: new Map(), total: Checkpoints.EMPTY };

/** A second that is over {s}, as seen from now {s}. */
export interface Past {
  readonly at: bigint;
  readonly now: bigint;
}

/** What an account and all accounts together have from `at` on. */
export interface WeightChange {
  readonly account: string;
  /** {share} */
  readonly weight: bigint;
  /** {share} */
  readonly total: bigint;
  /** {s} */
  readonly at: bigint;
}

/** @throws {DaoError} TIME_WENT_BACK */
export const record = (weights: VotingWeights, { account, weight, total, at }: WeightChange): VotingWeights => {
  const history = weights.accounts.get(account) ?? Checkpoints.EMPTY;
  return {
    accounts: new Map(weights.accounts).set(account, Checkpoints.record(history, { at, value: weight })),
    total: Checkpoints.record(weights.total, { at, value: total }),
  };
};

/**
 * The votes of an account at a past second {share} (docs/rules.md 12).
 *
 * @throws {DaoError} NOT_YET_PAST
 */
export const weightAt = (weights: VotingWeights, account: string, past: Past): bigint =>
  Checkpoints.valueAt(weights.accounts.get(account) ?? Checkpoints.EMPTY, past);

/**
 * All votes at a past second {share}: the staked supply (docs/rules.md 12).
 *
 * @throws {DaoError} NOT_YET_PAST
 */
export const totalAt = (weights: VotingWeights, past: Past): bigint => Checkpoints.valueAt(weights.total, past);
