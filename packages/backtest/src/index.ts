export { type BacktestRequest, backtest } from './backtest.ts';
export type { Benchmark } from './benchmarks.ts';
export { type Members, parseMembersText } from './members.ts';
export * from './result.ts';
export { DEFAULT_SETTINGS } from './settings.ts';
export { drawdowns } from './statistics/drawdown.ts';
export type { Drawdown, MonthlyReturn, RelativeStatistics, Statistics } from './statistics.ts';
export { type Grid, parseGridText } from './sweep/grid.ts';
export { type SweepRequest, sweep } from './sweep/sweep.ts';
