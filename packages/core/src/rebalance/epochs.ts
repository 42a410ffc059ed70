/** {bps} drift up to which an index is left alone (docs/rules.md 6; contracts: Epochs.TOLERANCE_BPS) */
export const TOLERANCE_BPS = 50;
/** {s} between two openings of an index, unless its weights were set meanwhile (docs/rules.md 6; contracts: Epochs.EPOCH_PAUSE). */
export const EPOCH_PAUSE = 86_400n;
/** {s} how long an epoch lasts that no reweigh began (docs/rules.md 6; contracts: Epochs.EPOCH_LASTS). */
export const EPOCH_LASTS = 86_400n;

/** An index and its last epoch. */
export interface LastEpoch {
  /** Number of its leg list: another number is another list. */
  readonly recipe: bigint;
  readonly epoch: {
    /** 0 when there was none */
    readonly opening: bigint;
    /** {s} */
    readonly openedAt: bigint;
    /** The leg list that it was opened for. */
    readonly recipe: bigint;
  };
}

/** {s} from when on the chain lets an index open an epoch: at once after a reweigh, and when there was none (docs/rules.md 6). */
export const opensFrom = ({ epoch, recipe }: LastEpoch): bigint =>
  epoch.opening === 0n || epoch.recipe !== recipe ? 0n : epoch.openedAt + EPOCH_PAUSE;
