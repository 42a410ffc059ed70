import type { WickerClient } from '@wicker/sdk';
import { getBlock } from 'viem/actions';

/** {s} of the chain how long a transaction through pools stays valid */
const VALID = 3_600n;

/** {s} by the chain's clock, which is not always this machine's */
export const deadline = async (client: WickerClient): Promise<bigint> => (await getBlock(client)).timestamp + VALID;
