/** {1} letters of a name that are shown */
const LONGEST = 40;

/** A name from the chain, where anybody writes anything, as harmless text in one line: no control or invisible characters. */
export const plain = (text: string): string => {
  const visible = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
  return visible.length > LONGEST ? `${visible.slice(0, LONGEST)}…` : visible;
};
