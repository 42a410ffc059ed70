/** More series than that cannot be told apart. */
export const MOST_SERIES = 6;

const DASHES = ['', '7 4', '2 4', '10 4 2 4', '4 2', '12 6'];

/** How the series at a place is drawn: its colour and its dash. */
export const lookOf = (place: number): { readonly colour: string; readonly dash: string | undefined } => ({
  colour: `var(--s${place % MOST_SERIES})`,
  dash: DASHES[place % MOST_SERIES] || undefined,
});
