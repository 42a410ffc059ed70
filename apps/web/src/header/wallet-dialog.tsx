import { Dialog } from '@base-ui/react/dialog';
import { type ReactNode, useState } from 'react';
import { type Connector, useConnect, useConnectors } from 'wagmi';
import { useSite } from '../lib/site.tsx';
import { TEST_ACCOUNT_TYPE } from '../lib/test-account.ts';
import { problemOf } from '../trade/problem.ts';
import { CloseIcon } from '../ui/icons.tsx';
import { WalletButton } from './wallet-button.tsx';

/** Opens the choice of wallets; `label` is what its button says. */
export const WalletDialog = ({ label, wide = false }: { readonly label: ReactNode; readonly wide?: boolean }) => {
  const { config } = useSite();
  const [open, setOpen] = useState(false);
  const { mutate: connect, error, isPending, variables, reset } = useConnect();
  const connectors = useConnectors();
  const tests = connectors.filter(({ type }) => type === TEST_ACCOUNT_TYPE);
  const wallets = connectors.filter(({ type }) => type !== TEST_ACCOUNT_TYPE);
  const choose = (connector: Connector): void => connect({ connector }, { onSuccess: () => setOpen(false) });
  const waiting = (connector: Connector): boolean => isPending && variables?.connector === connector;
  const problem = error === null ? undefined : problemOf(error, config.chainName);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        reset();
      }}
    >
      <Dialog.Trigger className={wide ? 'button primary wide' : 'button primary'}>{label}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <div className="dialog-head">
            <Dialog.Title>Connect a wallet</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <CloseIcon />
            </Dialog.Close>
          </div>
          <Dialog.Description className="muted small">
            The page can look at your balances. It moves nothing unless you confirm it in the wallet.
          </Dialog.Description>
          <h3>In this browser</h3>
          {wallets.length === 0 && (
            <p className="empty">No wallet was found in this browser. Install one, then reload the page.</p>
          )}
          {wallets.map((one) => (
            <WalletButton key={one.uid} connector={one} waiting={waiting(one)} onChoose={() => choose(one)} />
          ))}
          {tests.length > 0 && <h3>Test accounts with play money</h3>}
          {tests.map((one) => (
            <WalletButton key={one.uid} connector={one} waiting={waiting(one)} onChoose={() => choose(one)} />
          ))}
          {problem !== undefined && (
            <p role="alert" className="problem">
              {problem.title} Choose a wallet to try again.
            </p>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
