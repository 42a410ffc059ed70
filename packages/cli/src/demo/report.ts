import { comparisonOf, formatFixed, WEIGHT_SCALE } from '@wicker/core';
import { groupDigits, printJson, printLine, printTable } from '../output.ts';
import { idOf } from './assets.ts';
import type { Scenario } from './scenario.ts';
import type { Fund } from './universe.ts';
import type { World } from './world.ts';

const WEIGHT_PLACES = WEIGHT_SCALE.toString().length - 1;
const SHARE_PLACES = 18;
const BASE_PLACES = 6;

/** {USD} a value in USDC as a number */
const usd = (value: bigint): number => Number(value) / 10 ** BASE_PLACES;

/**
 * The demo's result as one JSON document. Weights are strings with 18 decimals. Shares, USDC and tokens are strings of whole
 * smallest units (a share has 18 decimals, USDC 6), so that they can be read and compared exactly; what is in USD, bps or gas is
 * a number. `mint.inKind.shares` includes the fee, `mint.single.shares` is what the investor got. The figures of `rebalance` are those of both indices together; a drift is that of the index farther away.
 */
export const jsonOf = (world: World, { rebalance, ...done }: Scenario) => {
  const { excluded, weights } = world.fund.determination;
  return {
    weights: Object.fromEntries([...weights].map(([id, weight]) => [id, formatFixed(weight, WEIGHT_PLACES)])),
    excluded: excluded.map(({ id, rule, value, threshold }) => ({ id, rule, value, threshold })),
    mint: { inKind: done.inKind, single: done.single },
    rebalance: {
      rounds: rebalance.rounds,
      trades: rebalance.trades,
      crossedUsd: usd(rebalance.crossed),
      turnoverUsd: usd(rebalance.turnover),
      driftBeforeBps: Math.max(...rebalance.driftsBefore),
      driftAfterBps: Math.max(...rebalance.driftsAfter),
      costBps: rebalance.costBps,
      beyondFeesBps: rebalance.beyondFeesBps,
    },
    redeem: done.redemptions.map((redemption) =>
      redemption.kind === 'single'
        ? redemption
        : {
            ...redemption,
            amounts: Object.fromEntries([...redemption.amounts].map(([asset, amount]) => [idOf(world, asset), amount])),
          },
    ),
    gas: Object.fromEntries(Object.entries(done.gas).map(([what, gas]) => [what, Number(gas)])),
    conservation: {
      ok: done.conservation.solvent,
      assets: Object.fromEntries(
        done.conservation.assets.map(({ asset, balance, owed, surplus }) => [
          idOf(world, asset),
          { vault: balance, owed, surplus },
        ]),
      ),
    },
  };
};

/** Prints the demo's result as one JSON document. */
export const printScenarioJson = (world: World, scenario: Scenario): void => printJson(jsonOf(world, scenario));

/** 1234567.891 -> `1 234 568` */
const grouped = (value: number): string => groupDigits(value.toFixed(0));

const shares = (amount: bigint): string => grouped(Number(formatFixed(amount, SHARE_PLACES)));

/** {1e18} -> `0.089713` */
const rounded = (weight: bigint): string => formatFixed((weight * 10n ** 6n + WEIGHT_SCALE / 2n) / WEIGHT_SCALE, 6);

/** The weights and every exclusion with its reason. */
export const printFund = ({ universe, methodology, determination }: Fund): void => {
  printLine(`${universe} by ${methodology}: ${determination.weights.size} assets`);
  printLine();
  printTable(
    ['asset', 'weight'],
    [...determination.weights].map(([id, weight]) => [id, rounded(weight)]),
  );
  printLine();
  printTable(
    ['excluded', 'rule', 'value', 'wanted'],
    determination.excluded.map(({ id, rule, value, threshold }) => {
      return [id, rule, value.slice(0, 8), `${comparisonOf(rule)} ${threshold}`];
    }),
  );
  printLine();
};

const printConservation = (world: World, { conservation }: Scenario): void =>
  printTable(
    ['asset', 'vault', 'owed', 'surplus'],
    conservation.assets.map(({ asset, balance, owed, surplus }) => [idOf(world, asset), balance, owed, surplus]),
  );

/** Steps that took more than one transaction: their gas is a sum. */
const SEVERAL: Readonly<Record<string, string>> = { openEpochs: 'openEpochs, all', rebalance: 'rebalance, all rounds' };

/** Prints what happened, for people. */
export const printScenario = (world: World, scenario: Scenario): void => {
  const { inKind, single, rebalance, redemptions, gas } = scenario;
  printLine();
  printTable(
    ['investor', 'what', 'shares', 'paid or received'],
    [
      ['Alice', 'mints in kind', shares(inKind.shares), `fee ${shares(inKind.fee)} shares`],
      ['Bob', 'mints with USDC', shares(single.shares), `${grouped(usd(single.paid))} USDC`],
      ...redemptions.map((one) =>
        one.kind === 'single'
          ? ['Bob', 'redeems to USDC', shares(one.shares), `${grouped(usd(one.received))} USDC`]
          : ['Alice', 'redeems in kind', shares(one.shares), `${one.amounts.size} assets`],
      ),
    ],
  );
  printLine();
  printTable(
    ['rebalancing of both indices', 'figure'],
    [
      ['drift of A and B before', rebalance.driftsBefore.map((drift) => `${drift} bps`).join(', ')],
      ['drift of A and B after', rebalance.driftsAfter.map((drift) => `${drift} bps`).join(', ')],
      ['days', rebalance.days],
      ['rounds', rebalance.rounds],
      ['trades on pools', rebalance.trades],
      ['turnover', `${grouped(usd(rebalance.turnover))} USD`],
      ['crossed without cost', `${grouped(usd(rebalance.crossed))} USD`],
      ['cost of trades on pools', `${rebalance.costBps} bps`],
      ['beyond pool fees', `${rebalance.beyondFeesBps} bps`],
    ],
  );
  printLine();
  printTable(
    ['gas of', 'gas'],
    Object.entries(gas).map(([what, used]) => [SEVERAL[what] ?? what, grouped(Number(used))]),
  );
  printLine();
  printConservation(world, scenario);
  printLine();
  printLine('The vault backs every unit that it owes; what is left over are roundings.');
};
