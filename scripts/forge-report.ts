/** {%} of an invariant handler's calls must succeed, or the invariant was hardly tried. */
const MIN_SUCCESS_PERCENT = 30;
/** {1} with fewer calls the share says nothing. */
const MIN_CALLS = 50;

/** The sums of a run of `forge test`, from its text; undefined when it did not come to an end. */
export const countForge = (output: string): { passed: number; failed: number; skipped: number } | undefined => {
  const sums = /: (\d+) tests? passed, (\d+) failed, (\d+) skipped \(\d+ total tests?\)/.exec(output);
  if (sums !== null) return { passed: Number(sums[1]), failed: Number(sums[2]), skipped: Number(sums[3]) };
  return /No tests (found|match)/i.test(output) ? { passed: 0, failed: 0, skipped: 0 } : undefined;
};

/** A function that an invariant run calls at random. */
export interface Handler {
  readonly handler: string;
  readonly calls: number;
  readonly successes: number;
}

/** The handlers of all invariant runs, from the tables that `forge test` prints, whose calls succeeded too seldom. */
export const weakHandlers = (output: string): Handler[] =>
  [...output.matchAll(/^\| (\w+) +\| (\w+) +\| (\d+) +\| (\d+) +\| (\d+) +\|$/gm)].flatMap((row): Handler[] => {
    const [calls, reverts, discards] = [Number(row[3]), Number(row[4]), Number(row[5])];
    const successes = calls - reverts - discards;
    if (calls < MIN_CALLS || successes * 100 >= calls * MIN_SUCCESS_PERCENT) return [];
    return [{ handler: `${row[1]}.${row[2]}`, calls, successes }];
  });
