import { type ReactNode, useState } from 'react';
import { WagmiProvider } from 'wagmi';
import type { WebConfig } from './config.ts';
import { FundPage } from './fund-page.tsx';
import { HeadProvider } from './lib/head.tsx';
import { SiteProvider, useConfigFile } from './lib/site.tsx';
import { walletsOf } from './lib/wallets.ts';
import { Mark } from './ui/icons.tsx';

const Wallets = ({ config, children }: { readonly config: WebConfig; readonly children: ReactNode }) => {
  // Once: what may change of a deployment without a new key are its indices, which no wallet minds.
  const [wallets] = useState(() => walletsOf(config));
  return <WagmiProvider config={wallets}>{children}</WagmiProvider>;
};

const Splash = ({ words }: { readonly words: string }) => (
  <main className="splash">
    <Mark />
    <p role="status">{words}</p>
  </main>
);

export const App = () => {
  const { data: config, isError } = useConfigFile();
  if (config === undefined) {
    return (
      <Splash words={isError ? 'The server of this page does not answer. Trying again.' : 'Looking for the funds'} />
    );
  }
  // Another chain or deployment is another page.
  return (
    <Wallets key={`${config.chainId} ${config.rpc} ${config.platform.vault}`} config={config}>
      <SiteProvider config={config}>
        <HeadProvider>
          <FundPage />
        </HeadProvider>
      </SiteProvider>
    </Wallets>
  );
};
