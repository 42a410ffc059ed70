import { sendAll } from '@wicker/devnet';
import { type Address, encodeFunctionData, erc20Abi, maxUint256 } from 'viem';
import type { World } from './world.ts';

/** Lets `spender` take tokens of an account, all in one go. */
export const approveTokens = ({ client }: World, from: Address, spender: Address, tokens: readonly Address[]) =>
  sendAll(
    client,
    from,
    tokens.map((token) => ({
      to: token,
      data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, maxUint256] }),
    })),
  );

/** {tok} what an account has of a token. */
export const ownedBy = ({ client }: World, token: Address, owner: Address): Promise<bigint> =>
  client.readContract({ abi: erc20Abi, address: token, functionName: 'balanceOf', args: [owner] });
