/** {px} of a letter of a chart, on average, in the widest of usual fonts */
const LETTER = 7.8;

/** {px} that the longest of some texts takes in a chart. */
export const roomFor = (texts: readonly string[]): number =>
  LETTER * texts.reduce((most, { length }) => Math.max(most, length), 0);
