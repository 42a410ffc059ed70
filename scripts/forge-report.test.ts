import { expect, it } from 'vitest';
import { countForge, weakHandlers } from './forge-report.ts';

const OUTPUT = `
[PASS] invariant_x() (runs: 8, calls: 512, reverts: 141)

╭----------+----------+-------+---------+----------╮
| Contract | Selector | Calls | Reverts | Discards |
+==================================================+
| H        | a        | 260   | 0       | 0        |
|----------+----------+-------+---------+----------|
| H        | b        | 252   | 141     | 36       |
|----------+----------+-------+---------+----------|
| H        | c        | 252   | 141     | 35       |
|----------+----------+-------+---------+----------|
| H        | rare     | 10    | 10      | 0        |
╰----------+----------+-------+---------+----------╯

Suite result: FAILED. 2 passed; 1 failed; 1 skipped; finished in 30.31ms (34.52ms CPU time)

Ran 2 test suites in 31.76ms (30.31ms CPU time): 20 tests passed, 1 failed, 2 skipped (23 total tests)
`;

it('sums a run of forge', () => {
  expect(countForge(OUTPUT)).toEqual({ passed: 20, failed: 1, skipped: 2 });
  expect(countForge('Error: Compiler run failed')).toBeUndefined();
});

it('finds the handlers that succeed in under 30 % of their calls', () => {
  expect(weakHandlers(OUTPUT)).toEqual([{ handler: 'H.b', calls: 252, successes: 75 }]);
});
