import { harmless } from './output.ts';

/** {1} letters of a name that are shown */
const LONGEST = 40;

/** A name from the chain, where anybody writes anything, as harmless text in one line: no control or invisible characters. */
export const plain = (text: string): string => {
  const visible = harmless(text);
  return visible.length > LONGEST ? `${visible.slice(0, LONGEST)}…` : visible;
};
