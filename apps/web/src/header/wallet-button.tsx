import type { Connector } from 'wagmi';

export interface WalletButtonProps {
  readonly connector: Connector;
  /** Whether it asks the person right now. */
  readonly waiting: boolean;
  readonly onChoose: () => void;
}

/** A wallet by its name and icon. */
export const WalletButton = ({ connector, waiting, onChoose }: WalletButtonProps) => (
  <button type="button" className="item wallet" aria-label={connector.name} onClick={onChoose}>
    {connector.icon === undefined ? (
      <span className="letter" aria-hidden="true">
        {connector.name.slice(0, 1).toUpperCase()}
      </span>
    ) : (
      <img src={connector.icon.trim()} alt="" />
    )}
    <span>{connector.name}</span>
    {waiting && <span className="end muted small">Confirm in the wallet</span>}
  </button>
);
