import { Counter, Gauge, Registry } from 'prom-client';
import type { ChainRecord } from './records/ledger.ts';

const BASE_UNITS = 1e6;
const GWEI = 1e9;

/** {base} as a decimal -> {USDC} */
const usdc = (value: string): number => Number(value) / BASE_UNITS;

/** What a keeper tells Prometheus. */
export interface Metrics {
  readonly registry: Registry;
  readonly ticks: Counter;
  readonly errors: Counter<'code'>;
  readonly blockLag: Gauge;
  readonly lastTick: Gauge;
  readonly deadFeeds: Gauge;
  readonly gasPrice: Gauge;
  readonly pendingAge: Gauge;
  /** Counts a new record. @param own whether the keeper's account sent it */
  readonly count: (record: ChainRecord, own: boolean) => void;
}

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Counter({ name: `wicker_keeper_${name}`, help, labelNames, registers });
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Gauge({ name: `wicker_keeper_${name}`, help, labelNames, registers });
  const opened = counter('epochs_opened_total', 'Epochs opened, by whom', ['by']);
  const rounds = counter('rounds_total', 'Transactions that crossed or traded, by whom', ['by']);
  const fills = counter('fills_total', 'Fills by kind: cross, pool, stock', ['kind', 'by']);
  const traded = counter('value_traded_usdc_total', 'Value given in fills, by kind', ['kind', 'by']);
  // A gauge: what is beyond fees and impact may be a gain. Crossings are left out: what one index gives there another gets.
  const cost = gauge('cost_usdc', 'Cost of fills since the start, by part: pool_fee, impact, beyond', ['part', 'by']);
  const gas = counter('gas_used_total', 'Gas of rounds, by whom', ['by']);
  const nav = gauge('nav_usdc', 'NAV of an index', ['index']);
  const drift = gauge('drift_bps', 'Half the sum of |weight - target| of an index', ['index']);
  return {
    registry,
    ticks: counter('ticks_total', 'Whole looks at the chain'),
    errors: counter('errors_total', 'Trouble by code', ['code']),
    blockLag: gauge('block_lag', 'Blocks that the records are behind the chain'),
    lastTick: gauge('last_tick_timestamp_seconds', 'When the last whole look at the chain ended'),
    deadFeeds: gauge('dead_feeds', 'Assets of indices without a live price'),
    gasPrice: gauge('gas_price_gwei', 'Base fee and tip now'),
    pendingAge: gauge('pending_tx_age_seconds', 'Age of the transaction that is not mined yet; 0 without one'),
    count: (record, own) => {
      const by = own ? 'self' : 'others';
      if (record.kind === 'sample') {
        nav.set({ index: record.index }, usdc(record.nav));
        drift.set({ index: record.index }, record.driftBps);
        return;
      }
      if (record.kind === 'opening') {
        opened.inc({ by });
        return;
      }
      rounds.inc({ by });
      gas.inc({ by }, Number(record.gasUsed));
      for (const { kind, value, poolFee, impact, beyond } of record.fills) {
        fills.inc({ kind, by });
        traded.inc({ kind, by }, usdc(value));
        if (kind === 'cross') continue;
        cost.inc({ part: 'pool_fee', by }, usdc(poolFee));
        cost.inc({ part: 'impact', by }, usdc(impact));
        cost.inc({ part: 'beyond', by }, usdc(beyond));
      }
    },
  };
};

/** {wei} -> {gwei} */
export const gwei = (wei: bigint): number => Number(wei) / GWEI;
