import { parseScenario, type Scenario, type ScenarioFile } from './scenario.ts';

/** A week of three indices over four assets, with everybody in it; small enough for tests. */
const WEEK: ScenarioFile = {
  name: 'week',
  days: 7,
  stepSeconds: 120,
  seeds: [1],
  assets: [
    { id: 'weth', price: 2_500, volatility: 0.7, deviationBps: 50, heartbeatHours: 1, pools: [20e6, 5e6] },
    { id: 'wbtc', price: 60_000, decimals: 8, volatility: 0.5, deviationBps: 50, heartbeatHours: 1, pools: [20e6] },
    { id: 'link', price: 12, volatility: 0.9, pools: [4e6] },
    { id: 'uni', price: 7, volatility: 1, pools: [2e6] },
  ],
  indices: { count: 3, assets: [3, 5], value: [500_000, 3_000_000], yearlyFeeBps: 100 },
  agents: [
    { kind: 'trader', name: 'traders', count: 2, swapsPerDay: 30, size: 5_000 },
    { kind: 'investor', name: 'investors', visitsPerDay: 4, size: 20_000 },
    { kind: 'arbitrageur', name: 'arbitrageurs', count: 2 },
    { kind: 'searcher', name: 'searchers', count: 2, marginBps: 4 },
    { kind: 'searcher', name: 'sandwicher', marginBps: 10, sandwiches: true },
    { kind: 'keeper', name: 'keeper', behaviour: 'honest' },
    { kind: 'manager', name: 'manager', everyDays: 3, style: 'random' },
  ],
  policies: [
    { name: 'flat', limit: { kind: 'flat', bps: 100 }, budget: null },
    { name: 'clock' },
    { name: 'bands', trigger: { kind: 'bands' } },
  ],
};

/** The week with some of it otherwise. */
export const week = (changes: Partial<ScenarioFile> = {}): Scenario => parseScenario({ ...WEEK, ...changes });
