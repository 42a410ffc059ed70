/** {1} names that a message lists */
const LISTED = 12;

/** {1} near names that a message offers */
const NEAR = 4;

/** {1} edits between two words: letters inserted, left out or changed (Levenshtein) */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/**
 * What somebody may have meant, in words: the names that differ least, by case or at most two letters, else all of them, else
 * nothing.
 */
export const nearest = (name: string, names: readonly string[]): string => {
  const asked = name.toLowerCase();
  const far = names.map((one) => distance(asked, one.toLowerCase()));
  const least = Math.min(...far);
  const close = names.filter((one, i) => far[i] === least && least <= Math.min(2, one.length - 1));
  if (close.length > 0)
    return close
      .slice(0, NEAR)
      .map((one) => `'${one}'`)
      .join(' or ');
  if (names.length === 0) return '';
  const listed = names.slice(0, LISTED).join(', ');
  return `one of ${listed}${names.length > LISTED ? `, or ${names.length - LISTED} others` : ''}`;
};
