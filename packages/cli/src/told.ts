/** A result that was told on standard output and is no success, as when `diff` finds differences: nothing more is said of it. */
export class ToldError extends Error {}
