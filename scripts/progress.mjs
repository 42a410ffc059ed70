// What takes long says so, on standard error: a line that counts on a terminal, a line now and then elsewhere.

const TERMINAL_MS = 1_000;
const LOG_MS = 10_000;
const QUIET_MS = 2_000; // what is done sooner says nothing

/**
 * Does `work` and shows for how long.
 *
 * @template T
 * @param {string} what for example `installing packages`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withProgress = async (what, work) => {
  const { stderr } = process;
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1_000)} s`;
  const show = () => stderr.write(stderr.isTTY ? `\r\x1b[K${what} ... ${seconds()}` : `${what} ... ${seconds()}\n`);
  let timer;
  const quiet = setTimeout(() => {
    show();
    timer = setInterval(show, stderr.isTTY ? TERMINAL_MS : LOG_MS);
  }, QUIET_MS);
  try {
    return await work();
  } finally {
    clearTimeout(quiet);
    if (timer !== undefined) {
      clearInterval(timer);
      stderr.write(stderr.isTTY ? `\r\x1b[K${what}: ${seconds()}\n` : `${what}: ${seconds()}\n`);
    }
  }
};
