export { simulationPage } from './report.tsx';
export { ruleSweepPage } from './sweep.tsx';
