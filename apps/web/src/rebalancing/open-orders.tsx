import { useState } from 'react';
import type { Address } from 'viem';
import { epochOrders, type OpenOrder } from '../clock/epoch-orders.ts';
import { count, tokenAmount, usdc } from '../format/number.ts';
import type { Fund, OpenEpoch } from '../lib/fund.ts';
import { useSite } from '../lib/site.tsx';
import { PairClockView } from './pair-clock.tsx';

const OrderRow = ({ order }: { readonly order: OpenOrder }) => {
  const { tokenOf } = useSite();
  const token = tokenOf(order.asset);
  const sell = order.what === 'sell';
  return (
    <tr>
      <th scope="row" className="nowrap">
        <span className={sell ? 'over' : 'under'}>
          <span aria-hidden="true">{sell ? '\u25BC ' : '\u25B2 '}</span>
          {order.what}
        </span>{' '}
        <span className="strong">{token.symbol}</span>
      </th>
      <td className="number nowrap" data-label="Amount">
        {tokenAmount(order.amount, token.decimals)}
      </td>
      <td className="number nowrap" data-label="Value">
        {usdc(order.value, 0)}
        {!order.tradable && <span className="second">waits for a live price</span>}
      </td>
    </tr>
  );
};

interface PickProps {
  readonly label: string;
  readonly orders: readonly OpenOrder[];
  readonly chosen: Address;
  readonly onChoose: (asset: Address) => void;
}

const Pick = ({ label, orders, chosen, onChoose }: PickProps) => {
  const { symbolOf } = useSite();
  return (
    <label className="small">
      <span className="label">{label}</span>{' '}
      <select
        className="input"
        value={chosen}
        onChange={(event) => {
          const picked = orders.find(({ asset }) => asset === event.target.value);
          if (picked !== undefined) onChoose(picked.asset);
        }}
      >
        {orders.map(({ asset }) => (
          <option key={asset} value={asset}>
            {symbolOf(asset)}
          </option>
        ))}
      </select>
    </label>
  );
};

/** The orders of an epoch, and the clock of a pair of them. */
export const OpenOrders = ({ fund, epoch }: { readonly fund: Fund; readonly epoch: OpenEpoch }) => {
  const { orders, pairs, anchored } = epochOrders({ legs: fund.held.legs, ...epoch });
  const [picked, setPicked] = useState<{ readonly sell?: Address; readonly buy?: Address }>({});
  const [first] = pairs;
  const sells = orders.filter(({ what, tradable }) => what === 'sell' && tradable);
  const buys = orders.filter(({ what, tradable }) => what === 'buy' && tradable);
  const sell = sells.find(({ asset }) => asset === picked.sell) ?? first?.sell;
  const buy = buys.find(({ asset }) => asset === picked.buy) ?? first?.buy;
  const [o, u] = [sell && anchored.get(sell.asset), buy && anchored.get(buy.asset)];
  if (orders.length === 0) {
    return (
      <p className="empty">
        All orders of this epoch are filled: at its anchors, the prices when it opened, the fund is at its targets. What
        prices have moved since is for the next epoch.
      </p>
    );
  }
  return (
    <div className="orders">
      <div>
        <h3>{count(orders.length, 'open order')}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className="scroll orders-list" aria-label="Open orders, list" tabIndex={0}>
          <table className="plain-table">
            <caption>Open orders</caption>
            <thead>
              <tr>
                <th scope="col">Order</th>
                <th scope="col" className="number">
                  Amount
                </th>
                <th scope="col" className="number">
                  At the anchor
                </th>
              </tr>
            </thead>
            <tbody>
              {orders.map((order) => (
                <OrderRow key={order.asset} order={order} />
              ))}
            </tbody>
          </table>
        </section>
      </div>
      <div>
        <h3>Clock</h3>
        {sell === undefined || buy === undefined || o === undefined || u === undefined ? (
          <p className="empty">No two orders can meet now.</p>
        ) : (
          <>
            <div className="picks">
              <Pick
                label="Sell"
                orders={sells}
                chosen={sell.asset}
                onChoose={(asset) => setPicked({ sell: asset, buy: buy.asset })}
              />
              <Pick
                label="Buy"
                orders={buys}
                chosen={buy.asset}
                onChoose={(asset) => setPicked({ sell: sell.asset, buy: asset })}
              />
            </div>
            <PairClockView o={o} u={u} openedAt={epoch.openedAt} />
          </>
        )}
      </div>
    </div>
  );
};
