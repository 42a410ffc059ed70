export { backtestPage } from './backtest-page.tsx';
export { sweepPage } from './sweep-page.tsx';
