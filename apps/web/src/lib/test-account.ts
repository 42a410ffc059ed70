// A wallet for accounts that the chain's own node signs for: on a devnet only.
import { type EIP1193Provider, getAddress, numberToHex } from 'viem';
import { createConnector } from 'wagmi';
import type { WebConfig } from '../config.ts';
import { readClientOf } from './chain.ts';

/** What the ids of such wallets begin with. */
export const TEST_ACCOUNT_TYPE = 'test-account';

type Account = WebConfig['testAccounts'][number];

/** The part of a wallet's provider that this project uses. */
export type WalletProvider = Pick<EIP1193Provider, 'request'>;

export const testAccount = (config: WebConfig, { name, address }: Account) =>
  createConnector<WalletProvider>(({ emitter, storage }) => {
    const own = getAddress(address);
    const id = `${TEST_ACCOUNT_TYPE}-${name}`;
    const client = readClientOf(config);
    const key = `${id}.connected` as const;
    return {
      ...{ id, name: `${name}, test account`, type: TEST_ACCOUNT_TYPE },
      connect: async <T extends boolean = false>() => {
        await storage?.setItem(key, true);
        // wagmi's type depends on a flag that asks for capabilities, which such an account has none of.
        return {
          accounts: [own] as unknown as T extends true ? never : readonly [typeof own],
          chainId: config.chainId,
        };
      },
      disconnect: async () => {
        await storage?.removeItem(key);
      },
      getAccounts: async () => [own],
      getChainId: async () => config.chainId,
      getProvider: async () => ({
        request: ((request: { method: string; params?: unknown }) => {
          if (request.method === 'eth_accounts' || request.method === 'eth_requestAccounts')
            return Promise.resolve([own]);
          if (request.method === 'eth_chainId') return Promise.resolve(numberToHex(config.chainId));
          return client.request(request as never);
        }) as WalletProvider['request'],
      }),
      isAuthorized: async () => (await storage?.getItem(key)) === true,
      onAccountsChanged: () => undefined,
      onChainChanged: () => undefined,
      onDisconnect: () => emitter.emit('disconnect'),
    };
  });
