import { Tabs } from '@base-ui/react/tabs';
import { useState } from 'react';
import type { Fund } from '../lib/fund.ts';
import type { Owned } from '../lib/owner.ts';
import { useFlow } from '../lib/use-flow.ts';
import { isBusy } from '../trade/flow.ts';
import type { Direction, Means } from '../trade/plan.ts';
import { TradeForm, type Typed } from './trade-form.tsx';

export interface InvestProps {
  readonly fund: Fund;
  readonly owned: Owned | undefined;
  readonly symbol: string;
}

const FIRST_TYPED: Typed = { base: '', mintShares: '', redeemShares: '', slippage: '0.5', unlimited: false };

/** Mint and redeem. What was typed stays, whatever happens. */
export const Invest = ({ fund, owned, symbol }: InvestProps) => {
  const [direction, setDirection] = useState<Direction>('mint');
  const [means, setMeans] = useState<Means>('base');
  const [typed, setTyped] = useState<Typed>(FIRST_TYPED);
  const flow = useFlow();
  const busy = isBusy(flow.state);
  const form = { fund, owned, symbol, means, typed, flow, busy };
  return (
    <section className="card invest" aria-label="Mint and redeem">
      <Tabs.Root
        value={direction}
        onValueChange={(next) => {
          setDirection(next === 'redeem' ? 'redeem' : 'mint');
          flow.reset();
        }}
      >
        <Tabs.List className="tabs" aria-label="What to do">
          <Tabs.Tab value="mint" className="tab" disabled={busy}>
            Mint
          </Tabs.Tab>
          <Tabs.Tab value="redeem" className="tab" disabled={busy}>
            Redeem
          </Tabs.Tab>
        </Tabs.List>
        {(['mint', 'redeem'] as const).map((one) => (
          <Tabs.Panel key={one} value={one} className="tab-panel">
            <TradeForm
              {...form}
              direction={one}
              onMeans={(next) => {
                setMeans(next);
                flow.reset();
              }}
              onTyped={(change) => setTyped((before) => ({ ...before, ...change }))}
            />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </section>
  );
};
