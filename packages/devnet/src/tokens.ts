import { type Address, encodeDeployData, encodeFunctionData } from 'viem';
import { devTokenAbi } from './abi.generated.ts';
import { MARKET_ACCOUNT } from './accounts.ts';
import { artifact } from './artifacts.ts';
import type { DevClient } from './chain.ts';
import { type Call, deployAll, sendAll } from './send.ts';

/** A token to deploy. */
export interface TokenSpec {
  /** The id by which the project knows the asset, for example `uniswap`. */
  readonly id: string;
  readonly name: string;
  readonly symbol: string;
  /** {1} digits after the point */
  readonly decimals: number;
}

/** A deployed token that anybody may mint. */
export interface Token extends TokenSpec {
  readonly address: Address;
}

/** Deploys stand-ins for tokens: OpenZeppelin's ERC-20 with an open mint. */
export const deployTokens = async (client: DevClient, specs: readonly TokenSpec[]): Promise<Token[]> => {
  const { bytecode } = artifact('DevToken');
  const codes = specs.map(({ name, symbol, decimals }) =>
    encodeDeployData({ abi: devTokenAbi, bytecode, args: [name, symbol, decimals] }),
  );
  const addresses = await deployAll(client, MARKET_ACCOUNT, codes);
  return specs.flatMap((spec, i) => {
    const address = addresses[i];
    return address === undefined ? [] : [{ ...spec, address }];
  });
};

/** The call that mints `amount` {tok} of `token` for `to`. */
export const mintCall = (token: Address, to: Address, amount: bigint): Call => ({
  to: token,
  data: encodeFunctionData({ abi: devTokenAbi, functionName: 'mint', args: [to, amount] }),
});

/** Mints tokens for accounts; `amount` {tok} in the token's smallest unit. */
export const mintTokens = async (
  client: DevClient,
  mints: readonly { readonly token: Address; readonly to: Address; readonly amount: bigint }[],
): Promise<void> => {
  await sendAll(
    client,
    MARKET_ACCOUNT,
    mints.map(({ token, to, amount }) => mintCall(token, to, amount)),
  );
};
