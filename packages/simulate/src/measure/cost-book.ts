import { type FillCost, fillCost, type PoolInput } from '@wicker/core';

/** What a fill was worth to an index {base}. */
export interface FilledPart {
  /** Place of the index. */
  readonly fund: number;
  /** From 0. */
  readonly day: number;
  /** At the true prices. */
  readonly given: bigint;
  readonly received: bigint;
  /** At the oracle's prices. */
  readonly oracleGiven: bigint;
  readonly oracleReceived: bigint;
  /** Empty for a fill from a filler's stock. */
  readonly pools: readonly PoolInput[];
}

/** {base} sums over fills: their parts sum to what was lost at the true prices. */
export interface CostSums {
  filled: bigint;
  lost: bigint;
  poolFees: bigint;
  impact: bigint;
  lag: bigint;
}

/** {base} of one index on one day. */
export interface FundDay {
  /** NAV at the true prices at the start of the day. */
  nav: number;
  filled: number;
  /** Beyond pool fees. */
  beyondFees: number;
  /** All of it, crossings included; below 0 for a gain. */
  lost: number;
}

/** What fills cost the indices of a run. */
export class CostBook {
  readonly sums: CostSums = { filled: 0n, lost: 0n, poolFees: 0n, impact: 0n, lag: 0n };
  /** {base} what was given, at the true prices: to pools, to fillers, to other indices. */
  readonly volume = { pools: 0n, stock: 0n, crossed: 0n };
  /** By index, then day. */
  readonly days: readonly FundDay[][];

  constructor(funds: number, days: number) {
    this.days = Array.from({ length: funds }, () =>
      Array.from({ length: days }, () => ({ nav: 0, filled: 0, beyondFees: 0, lost: 0 })),
    );
  }

  /** A fill on pools or from stock: taken apart at the oracle's prices, as the rules see it; the rest is the oracle's lag. */
  fill(part: FilledPart): void {
    const cost: FillCost = fillCost(part.oracleGiven, part.oracleReceived, part.pools);
    const lost = part.given - part.received;
    this.volume[part.pools.length === 0 ? 'stock' : 'pools'] += part.given;
    this.sums.filled += part.given;
    this.sums.lost += lost;
    this.sums.poolFees += cost.poolFee;
    this.sums.impact += cost.impact;
    this.sums.lag += lost - (part.oracleGiven - part.oracleReceived);
    const day = this.days[part.fund]?.[part.day];
    if (day === undefined) return;
    day.filled += Number(part.given);
    day.lost += Number(lost);
    day.beyondFees += Number(lost - cost.poolFee);
  }

  /** A crossing costs the indices together nothing; one may lose to another what prices did since the opening. */
  cross({ fund, day, given, lost }: Pick<FilledPart, 'fund' | 'day' | 'given'> & { readonly lost: bigint }): void {
    this.volume.crossed += given;
    const book = this.days[fund]?.[day];
    if (book !== undefined) book.lost += Number(lost);
  }
}
