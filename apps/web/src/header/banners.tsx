import { useConnection, useSwitchChain } from 'wagmi';
import { useHead } from '../lib/head.tsx';
import { useSite } from '../lib/site.tsx';
import { Time } from '../ui/time.tsx';

/** The chain does not answer: what is on the page is old, and it says so until the chain is back. */
const ChainGone = () => {
  const { block, gone } = useHead();
  if (!gone) return null;
  return (
    <div role="alert" className="banner">
      <div>
        <span className="strong">The chain does not answer.</span> The page asks again every 2 seconds and goes on by
        itself; nothing that you typed is lost.{' '}
        {block !== undefined && (
          <span className="nowrap">
            Numbers are from block {block.number.toLocaleString('en-US')} (<Time at={block.at} />
            ).
          </span>
        )}
      </div>
    </div>
  );
};

/** The wallet is on another network than the fund. */
const WrongNetwork = () => {
  const { config } = useSite();
  const { chainId } = useConnection();
  const { mutate: switchChain, isPending, error } = useSwitchChain();
  if (chainId === undefined || chainId === config.chainId) return null;
  return (
    <section aria-label="Wrong network" className="banner">
      <div>
        <span className="strong">Your wallet is on another network.</span> This fund lives on {config.chainName} (chain
        id {config.chainId}).{' '}
        {error !== null && <span className="bad">The wallet did not switch: choose the network there yourself.</span>}
      </div>
      <button
        type="button"
        className="button primary"
        disabled={isPending}
        onClick={() => switchChain({ chainId: config.chainId })}
      >
        Switch to {config.chainName}
      </button>
    </section>
  );
};

export const Banners = () => (
  <>
    <ChainGone />
    <WrongNetwork />
  </>
);
