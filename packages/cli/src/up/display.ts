import { printLine } from '../output.ts';

/** Shows a text that changes. */
export interface Display {
  readonly show: (screen: string, line: string) => void;
}

/** {ms} between two lines where the text cannot be redrawn */
const LINE_EVERY = 10_000;
/** {lines} from one whole screen to the next there */
const SCREEN_EVERY = 6;

/** Redraws `screen` in place, cut to the terminal: what scrolled away or went on in a second line cannot be redrawn. */
const terminal = (): Display => {
  let drawn = 0;
  return {
    show: (screen) => {
      const { rows, columns } = process.stdout;
      const lines = screen
        .split('\n')
        .slice(0, rows - 1)
        .map((line) => line.slice(0, columns));
      const up = drawn === 0 ? '' : `\x1b[${drawn}A`;
      process.stdout.write(`${up}\r\x1b[J${lines.join('\n')}\n`);
      drawn = lines.length;
    },
  };
};

/** Prints `line` now and then, and sometimes the whole screen. */
const plain = (): Display => {
  let next = 0;
  let shown = 0;
  return {
    show: (screen, line) => {
      if (Date.now() < next) return;
      next = Date.now() + LINE_EVERY;
      printLine(shown % SCREEN_EVERY === 0 ? `\n${screen}\n` : line);
      shown += 1;
    },
  };
};

/** The display for standard output as it is: a terminal, or a file or pipe. */
export const openDisplay = (): Display => (process.stdout.isTTY ? terminal() : plain());
