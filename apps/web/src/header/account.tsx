import { Menu } from '@base-ui/react/menu';
import { useConnection, useDisconnect } from 'wagmi';
import { shortAddress } from '../format/address.ts';
import { useSite } from '../lib/site.tsx';
import { ChevronIcon } from '../ui/icons.tsx';
import { WalletDialog } from './wallet-dialog.tsx';

/** Where there is little room only its first word is seen; its name stays whole. */
const HeaderLabel = () => (
  <span>
    Connect<span className="fold"> wallet</span>
  </span>
);

/** The connected account, or the way to connect one. */
export const Account = () => {
  const { personOf } = useSite();
  const { address, connector } = useConnection();
  const { mutate: disconnect } = useDisconnect();
  if (address === undefined) return <WalletDialog label={<HeaderLabel />} />;
  const person = personOf(address);
  const short = shortAddress(address);
  return (
    <Menu.Root>
      <Menu.Trigger className="button" aria-label={`Account ${person === short ? '' : `${person} `}${short}`}>
        <span className="dot" />
        <span className="account-name">{person}</span>
        <ChevronIcon />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="positioner" sideOffset={8} align="end">
          <Menu.Popup className="popup">
            <p className="account-card small muted">
              {connector?.name}
              <br />
              <span className="nowrap">{short}</span>
            </p>
            <Menu.Item className="item" onClick={() => void navigator.clipboard?.writeText(address)}>
              Copy address
            </Menu.Item>
            <Menu.Item className="item" onClick={() => disconnect({})}>
              Disconnect
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
};
