/** What part `part` is of `whole` {bps}, cut off after two decimals; 0 of nothing. Below 0 when `part` is. */
export const bpsOf = (part: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number((part * 1_000_000n) / whole) / 100;
