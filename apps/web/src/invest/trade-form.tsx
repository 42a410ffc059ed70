import { useEffect } from 'react';
import { useConnection } from 'wagmi';
import { WalletDialog } from '../header/wallet-dialog.tsx';
import type { Fund } from '../lib/fund.ts';
import { useHead } from '../lib/head.tsx';
import type { Owned } from '../lib/owner.ts';
import { useSite } from '../lib/site.tsx';
import { stepsOf, useGas } from '../lib/trade.ts';
import type { Flow } from '../lib/use-flow.ts';
import { usePlan } from '../lib/use-plan.ts';
import { writeAmount } from '../trade/amount.ts';
import { type Direction, isObstacle, type Means, mostInKind, type TradePlan } from '../trade/plan.ts';
import { problemOf } from '../trade/problem.ts';
import { AmountField } from './amount-field.tsx';
import { FlowView } from './flow-view.tsx';
import { MeansPicker } from './means-picker.tsx';
import { obstacleWords } from './obstacle-words.ts';
import { Preview } from './preview.tsx';
import { Settings } from './settings.tsx';
import { TokenTable } from './token-table.tsx';

/** What the person typed: one text for each field, so that no switch loses any. */
export interface Typed {
  readonly base: string;
  readonly mintShares: string;
  readonly redeemShares: string;
  readonly slippage: string;
  readonly unlimited: boolean;
}

export interface TradeFormProps {
  readonly fund: Fund;
  readonly owned: Owned | undefined;
  readonly symbol: string;
  readonly direction: Direction;
  readonly means: Means;
  readonly typed: Typed;
  readonly flow: Flow;
  readonly busy: boolean;
  readonly onMeans: (means: Means) => void;
  readonly onTyped: (change: Partial<Typed>) => void;
}

const SHARE_DECIMALS = 18;

/** {base} or {share} the most that the account can give; undefined while unknown. */
const mostOf = ({ fund, owned, direction, means }: TradeFormProps, base: `0x${string}`): bigint | undefined => {
  if (owned === undefined) return undefined;
  if (direction === 'redeem') return owned.shares;
  return means === 'base' ? owned.balances.get(base) : mostInKind(fund, owned.balances);
};

const fieldOf = ({ direction, means }: TradeFormProps): 'base' | 'mintShares' | 'redeemShares' => {
  if (direction === 'redeem') return 'redeemShares';
  return means === 'base' ? 'base' : 'mintShares';
};

const submitLabel = (direction: Direction, plan: TradePlan | undefined): string => {
  const verb = direction === 'mint' ? 'Mint' : 'Redeem';
  return plan !== undefined && plan.approvals.length > 0 ? `Approve and ${verb.toLowerCase()}` : verb;
};

/** One direction: the amount, a preview of everything that moves, and the transactions. */
export const TradeForm = (props: TradeFormProps) => {
  const { fund, owned, symbol, direction, means, typed, flow, busy, onMeans, onTyped } = props;
  const site = useSite();
  const { base } = site.config;
  const { gone } = useHead();
  const { address, chainId } = useConnection();
  const field = fieldOf(props);
  const inBase = field === 'base';
  const { amount, slippageBps, answer } = usePlan({ fund, owned, direction, means, typed, text: typed[field] });
  const plan = answer === undefined || isObstacle(answer) ? undefined : answer;
  const obstacle = answer === undefined ? undefined : isObstacle(answer) ? answer : answer.obstacle;
  const gas = useGas(owned?.owner, plan !== undefined && obstacle === undefined && !busy ? plan.calls : []);
  const failure = gas?.failure === undefined ? undefined : problemOf(gas.failure, site.config.chainName);
  const wrongNetwork = chainId !== undefined && chainId !== site.config.chainId;
  const most = mostOf(props, base.address);
  const done = flow.state.outcome !== undefined;

  // A result that was read is put away by the next thing that is typed.
  const text = typed[field];
  useEffect(() => {
    if (done) flow.reset();
  }, [text]);

  const hint = gone
    ? 'The chain does not answer. What you typed stays; go on when it is back.'
    : amount.kind === 'bad'
      ? amount.why
      : slippageBps === undefined
        ? 'Slippage is a percentage from 0 to 50.'
        : obstacle !== undefined
          ? obstacleWords(obstacle, site)
          : wrongNetwork
            ? `Switch your wallet to ${site.config.chainName} first.`
            : failure !== undefined
              ? `It would fail now. ${failure.title} ${failure.hint}`
              : '';
  const ready = plan !== undefined && owned !== undefined && hint === '' && !busy;
  const submit = (): void => {
    if (ready && address !== undefined) void flow.run(stepsOf(site, fund, plan, address));
  };
  return (
    <form
      className="trade"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <MeansPicker direction={direction} means={means} disabled={busy} onChoose={onMeans} />
      <AmountField
        label={inBase ? 'Amount in USDC' : 'Shares'}
        unit={inBase ? base.symbol : symbol}
        text={text}
        bad={amount.kind === 'bad' || obstacle?.kind === 'balance'}
        disabled={busy}
        most={most}
        decimals={inBase ? base.decimals : SHARE_DECIMALS}
        onText={(next) => onTyped({ [field]: next })}
        onMost={() => onTyped({ [field]: writeAmount(most ?? 0n, inBase ? base.decimals : SHARE_DECIMALS) })}
      />
      <output className="form-hint" aria-label="form hint">
        {hint}
      </output>
      {plan !== undefined && !done && (
        <Preview plan={plan} fund={fund} gas={gas} symbol={symbol} unlimited={typed.unlimited} />
      )}
      {address === undefined ? (
        <WalletDialog label={`Connect wallet to ${direction}`} wide />
      ) : (
        !done && (
          <button type="submit" className="button primary wide" disabled={!ready}>
            {busy
              ? 'Under way'
              : flow.state.problem !== undefined && ready
                ? 'Try again'
                : amount.kind === 'empty'
                  ? 'Type an amount'
                  : submitLabel(direction, plan)}
          </button>
        )
      )}
      <FlowView
        state={flow.state}
        onDone={() => {
          onTyped({ [field]: '' });
          flow.reset();
        }}
      />
      {!done && (
        <Settings
          slippage={typed.slippage}
          unlimited={typed.unlimited}
          disabled={busy}
          onSlippage={(slippage) => onTyped({ slippage })}
          onUnlimited={(unlimited) => onTyped({ unlimited })}
        />
      )}
      {plan !== undefined && !done && <TokenTable rows={plan.rows} direction={direction} means={means} />}
    </form>
  );
};
