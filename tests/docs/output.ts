// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are controlled by them
const CONTROL = /\x1b\[[\d;]*[A-Za-z]|\r/g;

/** A line of output as it is compared: numbers and the width of columns may differ from run to run, words may not. */
const wordsOf = (line: string): string =>
  line
    .replace(CONTROL, '')
    .replace(/\d+([ .,]\d+)*/g, '#')
    .replace(/─+/g, '─')
    .replace(/\s+/g, ' ')
    .trim();

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(wordsOf)
    .filter((line) => line !== '');

/**
 * The first line of a picture of output that the output does not have in this place, or undefined. A line `...` stands for any
 * number of lines; blank lines do not count.
 */
export const missingLine = (picture: string, output: string): string | undefined => {
  const said = linesOf(output);
  let [at, skip] = [0, true];
  for (const line of linesOf(picture)) {
    if (line === '...') {
      skip = true;
      continue;
    }
    const found = skip ? said.indexOf(line, at) : said[at] === line ? at : -1;
    if (found === -1) return line;
    [at, skip] = [found + 1, false];
  }
  return undefined;
};
