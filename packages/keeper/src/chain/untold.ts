import { isAnswer } from '../errors.ts';

/** {blocks} the state of the newest so many blocks every node tells (geth keeps 128): a refusal there is trouble */
const TOLD = 64n;

/**
 * Reads the state of a block in the past; undefined when the node answers that it does not have it any more. Trouble on the way
 * to the node, and a refusal about a new block, are errors: what is recorded must not depend on them.
 */
export const ifTold = async <T>(block: bigint, head: bigint, read: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await read();
  } catch (error) {
    if (head - block >= TOLD && isAnswer(error)) return undefined;
    throw error;
  }
};
