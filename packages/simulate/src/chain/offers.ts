import type { Demand } from './opening.ts';
import type { World } from './world.ts';

/** What the open epochs offer to fillers: all demands, with their limits of now as numbers, good to decide whom to ask exactly. */
export class Offers {
  /** By opening, then by place of o and u. */
  demands: readonly Demand[] = [];
  /** {base} the most that a demand leaves to the least demanding filler, rounded; 0 when none leaves anything. */
  best = 0;
  /** {base} the largest demand. */
  largest = 0;
  /** {base} what mirror orders could exchange. */
  mirrored = 0;
  #changes = -1;
  #step = -1;
  /** {s} when the next epoch ends. */
  #until = 0;

  /** Looks at the prices of this step, once, and counts the demands anew when anything has changed. */
  look(world: World): void {
    const { now } = world;
    if (this.#changes !== world.changes.count || now >= this.#until) this.#count(world);
    else if (this.#step === world.step) return;
    this.#step = world.step;
    const { margin, fall, floor } = world.rules.estimate;
    const { market, at, leastMargin } = world;
    const { truth, oracle } = market;
    this.best = 0;
    this.largest = 0;
    for (const demand of this.demands) {
      if (demand.retryAt > now) continue;
      const { o, u, anchor, opening, value } = demand;
      demand.clock = Math.max(0, 1 + margin + demand.q - ((now - opening.openedAt) / 60) * fall);
      demand.floor = (((oracle[at + o] ?? 0) / (oracle[at + u] ?? 1)) * (1 - floor)) / anchor;
      const limit = Math.max(demand.clock, demand.floor) * anchor;
      demand.gain = 1 - (limit * (truth[at + u] ?? 0)) / (truth[at + o] ?? 1);
      this.best = Math.max(this.best, (demand.gain - leastMargin) * value);
      this.largest = Math.max(this.largest, value);
    }
  }

  #count(world: World): void {
    const { now, openings } = world;
    this.demands = openings.flatMap((opening) => opening.demands(now));
    this.mirrored = openings.reduce((sum, opening) => sum + opening.mirrored(now), 0);
    this.#changes = world.changes.count;
    const ends = openings.flatMap((opening) => opening.members(now)).map(({ epoch }) => Number(epoch.until));
    this.#until = Math.min(Number.POSITIVE_INFINITY, ...ends);
  }
}
