/** What the time of day is, and how to wait; tests have clocks of their own. */
export interface Clock {
  /** {ms since 1970-01-01} */
  readonly now: () => number;
  /** Resolves after {ms}. */
  readonly sleep: (ms: number) => Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

const MS_A_MINUTE = 60_000;

/** Lets `perMinute` through a minute, in the order in which they asked, and `burst` at once after a rest. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #msEach: number;
  readonly #burst: number;
  /** {ms} when the bucket would be full again. */
  #fullAt = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(perMinute: number, burst: number, clock: Clock) {
    this.#clock = clock;
    this.#msEach = MS_A_MINUTE / perMinute;
    this.#burst = burst;
  }

  /** Resolves when it is one's turn. */
  take(): Promise<void> {
    const turn = this.#queue.then(async () => {
      const now = this.#clock.now();
      this.#fullAt = Math.max(this.#fullAt, now) + this.#msEach;
      const wait = this.#fullAt - now - this.#burst * this.#msEach;
      if (wait > 0) await this.#clock.sleep(wait);
    });
    this.#queue = turn;
    return turn;
  }
}
