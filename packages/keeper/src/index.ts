export type { FillRecord, KeeperReport, OpeningRecord, RoundRecord, SampleRecord } from './api.ts';
export { KeeperError } from './errors.ts';
export type { HistoryPoint } from './history.ts';
export { keeperApi, type Served, serveKeeper } from './http.ts';
export { createKeeper, type Keeper, type KeeperOptions, type Tick } from './keeper.ts';
export { createLog } from './log.ts';
export type { Disk } from './records/disk.ts';
export { nodeDisk } from './records/disk.ts';
export type { ChainRecord, RecordFilter } from './records/ledger.ts';
