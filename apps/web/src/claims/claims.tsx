import { redeemClaim } from '@wicker/sdk';
import type { Address } from 'viem';
import { tokenAmount } from '../format/number.ts';
import { FlowView } from '../invest/flow-view.tsx';
import type { Owned } from '../lib/owner.ts';
import { useSite } from '../lib/site.tsx';
import { useFlow } from '../lib/use-flow.ts';
import { isBusy } from '../trade/flow.ts';
import { Section } from '../ui/section.tsx';

/** Tokens that could not be paid out at a redemption, and are kept for their owner. */
export const Claims = ({ owned }: { readonly owned: Owned | undefined }) => {
  const { config, tokenOf } = useSite();
  const flow = useFlow();
  if (owned === undefined) return null;
  const busy = isBusy(flow.state);
  const claim = (asset: Address, amount: bigint): void => {
    const { symbol, decimals } = tokenOf(asset);
    const account = owned.owner;
    void flow.run([
      {
        label: `Redeem claim on ${symbol}`,
        send: async (client) => {
          const { platform } = config;
          const got = await redeemClaim(client, { account, platform, asset, claim: amount, to: account });
          return { title: `You got ${tokenAmount(got.amount, decimals)} ${symbol}.`, lines: [] };
        },
      },
    ]);
  };
  return (
    <Section title="Claims">
      {owned.claims.size === 0 && flow.state.outcome === undefined && (
        <p className="small muted">
          No claims. When a token cannot be paid out at a redemption, your part of it waits here.
        </p>
      )}
      {owned.claims.size > 0 && (
        <ul className="claims">
          {[...owned.claims].map(([asset, amount]) => {
            const { symbol, decimals } = tokenOf(asset);
            return (
              <li key={asset}>
                <span>
                  <span className="strong">{symbol}</span> {tokenAmount(amount, decimals)}
                </span>
                <button
                  type="button"
                  className="button"
                  aria-label={`Redeem claim on ${symbol}`}
                  disabled={busy}
                  onClick={() => claim(asset, amount)}
                >
                  Redeem
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <FlowView state={flow.state} onDone={flow.reset} />
    </Section>
  );
};
