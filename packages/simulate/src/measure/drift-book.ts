import type { World } from '../chain/world.ts';
import { DAY } from '../scenario.ts';

/** {s} between two looks. */
const HOUR = 3_600;

/** Drift of every index at the true prices, hour by hour. */
export class DriftBook {
  /** {bps} by day, of all indices and hours of the day. */
  readonly days: readonly number[][];
  readonly #every: number;

  constructor({ days, stepSeconds }: { readonly days: number; readonly stepSeconds: number }) {
    this.days = Array.from({ length: days }, () => []);
    this.#every = Math.max(1, Math.round(HOUR / stepSeconds));
  }

  look(world: World): void {
    if (world.step % this.#every !== 0) return;
    const day = this.days[Math.floor((world.step * world.scenario.stepSeconds) / DAY)];
    for (const fund of world.funds) day?.push(fund.driftNumber(world.truth) * 1e4);
  }
}
