export { type Bar, BarChart, type BarGroup } from './charts/bar-chart.tsx';
export { LineChart, type LineSeries } from './charts/line-chart.tsx';
export { MOST_SERIES } from './charts/series.ts';
export { Facts } from './facts.tsx';
export { renderPage } from './page.tsx';
export { Table } from './table.tsx';
