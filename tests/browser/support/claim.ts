import { previewRedeem, redeem } from '@wicker/sdk';
import type { Address } from 'viem';
import { addressOf } from '../../../packages/cli/src/demo/assets.ts';
import type { World } from '../../../packages/cli/src/demo/world.ts';

/** Code of a token that refuses everything: PUSH0 PUSH0 REVERT. */
const REFUSES = '0x5f5ffd';

/** Lets `owner` redeem in kind while the token of `id` refuses to move: the vault sets that part aside as a claim. */
export const makeClaim = async (
  world: World,
  { owner, index, shares, id }: { owner: Address; index: Address; shares: bigint; id: string },
): Promise<void> => {
  const { client } = world;
  const address = addressOf(world, id);
  const { amounts } = await previewRedeem(client, { index, shares });
  const code = await client.getCode({ address });
  if (code === undefined) throw new Error(`${id} is no contract`);
  await client.setCode({ address, bytecode: REFUSES });
  try {
    await redeem(client, { account: owner, index, shares, minAmounts: amounts.map(() => 0n), to: owner });
  } finally {
    await client.setCode({ address, bytecode: code });
  }
};
