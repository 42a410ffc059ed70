import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backtest, type Grid, sweep } from '@wicker/backtest';
import { determine } from '@wicker/core';
import { dailyCsv, readDailyTable } from '@wicker/data';
import { labMethodology, labTable, labUniverse, parsedLabMethodology } from './lab-case.ts';

/** How long something took {ms}. */
export interface Taken {
  readonly wall: number;
  /** The processors' time, of all threads: what others use of the machine at the same time does not count. */
  readonly processor: number;
}

/** What the methodology lab takes. */
export interface LabFigures {
  /** Tokens screened and weighed by the exact engine; the median of 20 after 5. */
  readonly tokens: number;
  readonly determination: Taken;
  /** Days and assets of the back-test. */
  readonly days: number;
  readonly assets: number;
  /** Reading the file of its prices, and the back-test by the exact engine: each the first of the process. */
  readonly read: Taken;
  readonly cold: Taken;
  /** The same back-test again: the median of 5. */
  readonly warm: Taken;
  /** One more scenario of a sweep, on one thread: 101 scenarios less one, by 100. */
  readonly further: Taken;
  /** All of a sweep on two threads, from the table to the result. */
  readonly scenarios: number;
  readonly sweep: Taken;
  readonly failed: number;
  /** {MB} most memory that the process had, all threads together */
  readonly memory: number;
}

/** How much is measured. */
export interface LabSize {
  /** Screened and weighed at once. */
  readonly tokens: number;
  /** {days} of the prices. */
  readonly days: number;
  readonly assets: number;
}

/** The most that a session of a methodology's author needs: ten years of 200 assets. */
const FULL: LabSize = { tokens: 1_000, days: 3_653, assets: 200 };

/** 1 000 scenarios: what people vary most. */
const GRID: Grid = {
  measure: 'sharpe',
  parameters: [
    { name: 'weights.cap', values: [0.05, 0.075, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5] },
    { name: 'weights.floor', values: [0, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007, 0.008, 0.01] },
    { name: 'selection.size', values: [20, 25, 30, 40, 50, 60, 80, 100, 150, 200] },
  ],
};
/** 101 other scenarios, and one. */
const FLOORS = Array.from({ length: 101 }, (_, i) => i / 10_000);
const gridOf = (floors: readonly number[]): Grid => ({
  ...{ measure: 'sharpe', parameters: [{ name: 'weights.floor', values: floors }] },
});

const medianOf = (all: readonly Taken[]): Taken => {
  const middle = (of: (taken: Taken) => number): number =>
    all.map(of).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
  return { wall: middle(({ wall }) => wall), processor: middle(({ processor }) => processor) };
};

const timed = async (run: () => unknown): Promise<Taken> => {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await run();
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - began, processor: (user + system) / 1_000 };
};

const times = async (count: number, run: () => unknown): Promise<Taken[]> => {
  const all: Taken[] = [];
  for (let i = 0; i < count; i += 1) all.push(await timed(run));
  return all;
};

/** Measures the lab on a made market, which is written to a file and read from it. */
export const measureLab = async (
  progress: (text: string) => void,
  { tokens, days, assets }: LabSize = FULL,
): Promise<LabFigures> => {
  const folder = mkdtempSync(join(tmpdir(), 'wicker-lab-'));
  const file = join(folder, 'prices.csv');
  try {
    progress(`prices of ${assets} assets over ${days} days, to be read`);
    writeFileSync(file, dailyCsv(labTable(days, assets)));
    const methodology = parsedLabMethodology();

    progress('a back-test, cold');
    let table = labTable(1, 1);
    const read = await timed(async () => {
      table = await readDailyTable(file);
    });
    const cold = await timed(() => backtest({ methodology, table }));
    const warm = medianOf(await times(5, () => backtest({ methodology, table })));

    progress('scenarios');
    const floors = async (count: number): Promise<Taken> =>
      timed(() => sweep({ json: labMethodology, grid: gridOf(FLOORS.slice(0, count)), table, threads: 1 }));
    const [many, one] = [await floors(101), await floors(1)];
    const further = {
      wall: (many.wall - one.wall) / 100,
      processor: (many.processor - one.processor) / 100,
    };
    let failed = 0;
    let scenarios = 0;
    const all = await timed(async () => {
      const result = await sweep({ json: labMethodology, grid: GRID, table, threads: 2 });
      scenarios = result.scenarios.length;
      failed = result.scenarios.filter(({ outcome }) => outcome.kind === 'failed').length;
    });

    progress(`a determination of ${tokens} tokens`);
    const universe = labUniverse(tokens);
    const determination = medianOf((await times(25, () => determine(universe, methodology))).slice(5));
    return {
      ...{ tokens, determination, days, assets, read, cold, warm },
      ...{ scenarios, further, sweep: all, failed, memory: process.resourceUsage().maxRSS / 1024 },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Figures as rows of a table: what, the time by the clock and of the processors, and what it may be at most. */
export const labTableText = (figures: LabFigures): string => {
  const { tokens, days, assets, scenarios, read, cold } = figures;
  const first = { wall: read.wall + cold.wall, processor: read.processor + cold.processor };
  const rows: readonly (readonly [string, Taken, string])[] = [
    [`screen and weigh ${tokens} tokens`, figures.determination, '50'],
    [`read ${days} days x ${assets} assets`, read, ''],
    ['back-test, first', cold, ''],
    ['read and back-test, first', first, '2000'],
    ['back-test again', figures.warm, ''],
    ['a further scenario', figures.further, '20'],
    [`${scenarios} scenarios on two threads`, figures.sweep, '2000'],
  ];
  const line = (what: string, cells: readonly string[]): string =>
    `${what.padEnd(34)}${cells.map((cell) => cell.padStart(12)).join('')}\n`;
  return [
    line('{ms}', ['clock', 'processors', 'at most']),
    ...rows.map(([what, { wall, processor }, most]) => line(what, [wall.toFixed(1), processor.toFixed(1), most])),
    `${figures.failed} scenarios without a result; at most ${figures.memory.toFixed(0)} MB of memory (1024 allowed)\n`,
  ].join('');
};
