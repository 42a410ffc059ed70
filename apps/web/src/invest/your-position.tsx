import { percent, tokenAmount, usdc } from '../format/number.ts';
import { Section } from '../ui/section.tsx';
import type { InvestProps } from './invest.tsx';

const ONE = 10n ** 18n;

/** What the connected account has of the fund. */
export const YourPosition = ({ fund, owned, symbol }: InvestProps) => {
  if (owned === undefined) return null;
  const { state, supply } = fund;
  return (
    <Section title="Your position">
      <p className="position">
        <span className="headline-value" data-testid="your-shares">
          {tokenAmount(owned.shares, 18)} {symbol}
        </span>
        <span className="muted" data-testid="your-value">
          {state === undefined ? 'no price now' : usdc((owned.shares * state.price) / ONE)}
        </span>
      </p>
      <dl className="facts">
        <dt>Part of the fund</dt>
        <dd>{percent((owned.shares * ONE) / supply)}</dd>
        <dt>ETH for gas</dt>
        <dd>{tokenAmount(owned.ether, 18)}</dd>
      </dl>
    </Section>
  );
};
