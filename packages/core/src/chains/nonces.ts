/** The numbers of messages that were applied: all of 1 .. `through`, and those of `beyond`, ascending and above `through` + 1. */
export interface NonceSet {
  readonly through: bigint;
  readonly beyond: readonly bigint[];
}

/** No number. */
export const NO_NONCES: NonceSet = { through: 0n, beyond: [] };

/** Whether a number is in the set. */
export const hasNonce = ({ through, beyond }: NonceSet, nonce: bigint): boolean =>
  nonce <= through || beyond.includes(nonce);

/** The set with one more number, in any order: equal sets are deeply equal. */
export const withNonce = (set: NonceSet, nonce: bigint): NonceSet => {
  if (hasNonce(set, nonce)) return set;
  const beyond = [...set.beyond, nonce].sort((a, b) => (a < b ? -1 : 1));
  let through = set.through;
  while (beyond[0] === through + 1n) {
    through += 1n;
    beyond.shift();
  }
  return { through, beyond };
};
