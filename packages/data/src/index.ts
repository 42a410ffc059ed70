export {
  cellOf,
  type DailyTable,
  dayNumber,
  dayOf,
  daysFrom,
  type Figure,
  withFigures,
} from './daily-table.ts';
export { InvalidTableError, type TableFault } from './errors.ts';
export { readDailyTable } from './prices/read-daily-table.ts';
export { dailyCsv } from './prices/write-csv.ts';
export { checkTable, type Finding, HANDLING } from './quality/check.ts';
export {
  applyPolicy,
  type DataPolicy,
  DEFAULT_POLICY,
  type Delisting,
  STATE,
  type TradableTable,
} from './quality/policy.ts';
