import { bpsOf } from '@wicker/core';
import { useState } from 'react';
import type { Address } from 'viem';
import { type CostTotals, costTotals } from '../costs/totals.ts';
import { bps, count, signedBps, signedUsdc, usdc } from '../format/number.ts';
import { useKeeper, useRounds } from '../lib/keeper.ts';
import { Section } from '../ui/section.tsx';
import { FillRow } from './fill-row.tsx';

/** {fills} before somebody asks for all */
const FIRST = 8;

const Part = ({ label, value, whole }: { readonly label: string; readonly value: bigint; readonly whole: bigint }) => (
  <div>
    <dt>{label}</dt>
    <dd>
      {usdc(value)} <span className="second">{signedBps(bpsOf(value, whole))}</span>
    </dd>
  </div>
);

const Totals = ({ totals }: { readonly totals: CostTotals }) => (
  <dl className="stats small-stats" data-testid="fill-totals">
    <div>
      <dt>{count(totals.fills, 'fill')} in all</dt>
      <dd>
        {usdc(totals.value, 0)} <span className="second">cost {bps(totals.totalBps)}</span>
      </dd>
    </div>
    <Part label="Pool fees" value={totals.poolFee} whole={totals.value} />
    <Part label="Impact" value={totals.impact} whole={totals.value} />
    <div>
      <dt>Beyond</dt>
      <dd>
        {signedUsdc(totals.beyond)} <span className="second">{signedBps(bpsOf(totals.beyond, totals.value))}</span>
      </dd>
    </div>
  </dl>
);

/** The trades that were made for the fund, and what each cost. */
export const Fills = ({ index }: { readonly index: Address }) => {
  const rounds = useRounds(index) ?? [];
  const keeper = useKeeper();
  const [all, setAll] = useState(false);
  const fills = rounds.flatMap((round) => round.fills.map((fill) => ({ fill, round })));
  return (
    <Section
      title="Fills and their cost"
      about="Pool fees go to who provides the pools; impact is what a trade's own size costs; beyond is the rest, where pools and prices differ: below zero the fund gained. Funds that trade together share these fills."
    >
      {fills.length === 0 ? (
        <p className="empty">No fills yet.{keeper === null && ' No keeper tells this page what happened.'}</p>
      ) : (
        <>
          <Totals totals={costTotals(rounds)} />
          <table className="cards fills">
            <caption>Fills</caption>
            <thead>
              <tr>
                <th scope="col">Trade</th>
                <th scope="col" className="number">
                  Value
                </th>
                <th scope="col" className="number">
                  Pool fee
                </th>
                <th scope="col" className="number">
                  Impact
                </th>
                <th scope="col" className="number">
                  Beyond
                </th>
                <th scope="col">Route</th>
                <th scope="col">By</th>
              </tr>
            </thead>
            <tbody>
              {fills.slice(0, all ? undefined : FIRST).map(({ fill, round }) => (
                <FillRow key={fill.id} fill={fill} round={round} />
              ))}
            </tbody>
          </table>
          {fills.length > FIRST && (
            <button type="button" className="link-button" onClick={() => setAll(!all)}>
              {all ? 'Show fewer fills' : `Show all ${fills.length} fills`}
            </button>
          )}
        </>
      )}
    </Section>
  );
};
