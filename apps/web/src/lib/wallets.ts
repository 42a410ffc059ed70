import { createConfig, http } from 'wagmi';
import type { WebConfig } from '../config.ts';
import { chainOf } from './chain.ts';
import { testAccount } from './test-account.ts';

/** The wallets of the browser, found by EIP-6963, and the test accounts of a devnet. */
export const walletsOf = (config: WebConfig) => {
  const chain = chainOf(config);
  return createConfig({
    ...{ chains: [chain], multiInjectedProviderDiscovery: true },
    connectors: config.testAccounts.map((account) => testAccount(config, account)),
    transports: { [chain.id]: http(chain.rpcUrls.default.http[0]) },
  });
};
