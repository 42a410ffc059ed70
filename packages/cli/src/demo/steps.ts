/** Tells people on standard error what is being done, and how long it took. */
export interface Steps {
  /** Announces a step, does it, and says when it is done. */
  readonly run: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

/** Steps as lines of plain text, written by `write`. */
const plainSteps = (write: (text: string) => void): Steps => ({
  run: async (title, work) => {
    const started = performance.now();
    write(`· ${title} …`);
    try {
      const result = await work();
      write(` ${((performance.now() - started) / 1_000).toFixed(1)} s\n`);
      return result;
    } catch (error) {
      write(' failed\n');
      throw error;
    }
  },
});

/** Steps for a command: on standard error, so that standard output is the result alone. With `json` only a terminal sees them: an error must be the one object there. */
export const stepsFor = (json: boolean): Steps =>
  plainSteps((text) => {
    if (!json || process.stderr.isTTY) process.stderr.write(text);
  });
