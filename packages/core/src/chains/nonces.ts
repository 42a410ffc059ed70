/** Numbers that follow each other, all of them. */
export interface Run {
  readonly from: bigint;
  readonly through: bigint;
}

/**
 * The numbers of messages that were applied, as runs: ascending, and never two that touch. It grows with the numbers that are
 * missing, not with those that came.
 */
export type NonceSet = readonly Run[];

/** No number. */
export const NO_NONCES: NonceSet = [];

/** Whether a number is in the set. */
export const hasNonce = (set: NonceSet, nonce: bigint): boolean =>
  set.some(({ from, through }) => from <= nonce && nonce <= through);

/** The set with one more number, in any order: equal sets are deeply equal. */
export const withNonce = (set: NonceSet, nonce: bigint): NonceSet => {
  if (hasNonce(set, nonce)) return set;
  const before = set.filter(({ through }) => through < nonce - 1n);
  const after = set.filter(({ from }) => from > nonce + 1n);
  const touching = set.filter(({ from, through }) => through === nonce - 1n || from === nonce + 1n);
  const run = { from: touching[0]?.from ?? nonce, through: touching.at(-1)?.through ?? nonce };
  const whole = { from: run.from < nonce ? run.from : nonce, through: run.through > nonce ? run.through : nonce };
  return [...before, whole, ...after];
};
