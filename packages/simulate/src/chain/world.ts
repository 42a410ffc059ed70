import { BASIS_POINT } from '@wicker/core';
import { type Market, START, toQ112 } from '../market/market.ts';
import { AssetPool, poolAt } from '../market/pool.ts';
import { CostBook } from '../measure/cost-book.ts';
import type { PolicyRules } from '../rules.ts';
import { DAY, type Scenario } from '../scenario.ts';
import type { Changes, Fund } from './fund.ts';
import { fundsOf } from './funds.ts';
import { Ledger, type Party } from './ledger.ts';
import { Offers } from './offers.ts';
import type { Opening } from './opening.ts';
import type { Sandwich } from './sandwich.ts';

/** {base/USD} */
const USD = 1e6;

/** {1} what happened, for the report. */
export interface WorldCounts {
  poolFills: number;
  stockFills: number;
  crosses: number;
  refused: number;
  sandwiched: number;
  swaps: number;
  visits: number;
  reweighs: number;
  epochs: number;
}

/** A market under one policy: everything that those who act can see and change. */
export class World {
  readonly scenario: Scenario;
  readonly rules: PolicyRules;
  readonly market: Market;
  readonly seed: number;
  readonly ledger: Ledger;
  /** Gets the gas. */
  readonly miner: Party;
  /** Gets what roundings leave. */
  readonly dust: Party;
  /** {base} what transactions cost. */
  readonly gas: Readonly<Record<keyof Scenario['gas'], number>>;
  /** {1} thresholds of the feeds, by place of the asset. */
  readonly qs: Float64Array;
  /** {bps} the least that two feeds' thresholds sum to. */
  readonly leastQ: bigint;
  readonly changes: Changes = { count: 0 };
  readonly pools: readonly AssetPool[];
  readonly funds: readonly Fund[];
  readonly places: ReadonlyMap<string, number>;
  readonly costs: CostBook;
  readonly counts: WorldCounts = {
    ...{ poolFills: 0, stockFills: 0, crosses: 0, refused: 0, sandwiched: 0 },
    ...{ swaps: 0, visits: 0, reweighs: 0, epochs: 0 },
  };
  /** {min} how long epochs took that came within tolerance. */
  readonly minutes: number[] = [];
  /** Those who put swaps around fills on pools. */
  readonly sandwiches: Sandwich[] = [];
  /** {1} the least that any filler wants beyond gas. */
  leastMargin = 1;
  openings: Opening[] = [];
  openingCount = 0n;
  /** Where the prices of now begin in those of the market. */
  at = 0;
  #step = 0;
  #now = START;
  #isExact = false;
  readonly #offers = new Offers();
  readonly #pools: ReadonlyMap<string, AssetPool>;
  readonly #exact: { readonly truth: (bigint | undefined)[]; readonly oracle: (bigint | undefined)[] };

  constructor(scenario: Scenario, rules: PolicyRules, market: Market, seed: number) {
    const { assets } = market;
    this.scenario = scenario;
    this.rules = rules;
    this.market = market;
    this.seed = seed;
    this.#exact = { truth: assets.map(() => undefined), oracle: assets.map(() => undefined) };
    this.places = new Map(assets.map(({ id }, place) => [id, place]));
    const { swap, round, fill, open, mint } = scenario.gas;
    this.gas = { swap: swap * USD, round: round * USD, fill: fill * USD, open: open * USD, mint: mint * USD };
    this.qs = Float64Array.from(assets, ({ qBps }) => Number(qBps) / 1e4);
    const [first = 0n, second = 0n] = assets.map(({ qBps }) => qBps).sort((a, b) => Number(a - b));
    this.leastQ = first + second;
    this.ledger = new Ledger(assets.length, (place) => this.truthExact(place));
    this.miner = this.ledger.enter('chain', 'gas', 'gas');
    this.dust = this.ledger.enter('chain', 'gas', 'dust');
    this.pools = scenario.assets.flatMap(({ id, pools }, i) =>
      pools.map((depth, k) => {
        const name = `${id} ${k + 1}`;
        const parts = { price: this.truth(i + 1), depth: depth * USD };
        return new AssetPool(i + 1, this.ledger.enter('providers', 'pools', name), poolAt(name, id, parts));
      }),
    );
    this.#pools = new Map(this.pools.map((pool) => [pool.name, pool]));
    this.funds = fundsOf(this, seed);
    this.costs = new CostBook(this.funds.length, scenario.days);
  }

  poolOf(name: string): AssetPool | undefined {
    return this.#pools.get(name);
  }

  /** {s} */
  get now(): number {
    return this.#now;
  }

  /** From 0. */
  get day(): number {
    return Math.floor((this.step * this.scenario.stepSeconds) / DAY);
  }

  get step(): number {
    return this.#step;
  }

  /** Time goes on to a step of the market. */
  advance(step: number): void {
    this.#step = step;
    this.#now = START + step * this.scenario.stepSeconds;
    this.at = step * this.market.assets.length;
    if (!this.#isExact) return;
    this.#exact.truth.fill(undefined);
    this.#exact.oracle.fill(undefined);
    this.#isExact = false;
  }

  /** {base/tok} the true price of now, by place of the asset. */
  readonly truth = (place: number): number => this.market.truth[this.at + place] ?? 0;

  /** {base/tok} the feed's last answer. */
  readonly oracle = (place: number): number => this.market.oracle[this.at + place] ?? 0;

  /** {base/tok} UQ112 */
  readonly truthExact = (place: number): bigint => this.#exactOf('truth', place);

  /** {base/tok} UQ112 */
  readonly oracleExact = (place: number): bigint => this.#exactOf('oracle', place);

  /** Whoever acts pays for the gas {base}. */
  payGas(from: Party, cost: number): void {
    if (cost > 0) this.ledger.transfer({ from, to: this.miner, asset: 0, amount: BigInt(Math.round(cost)) });
  }

  /** What all open epochs offer, looked at with the prices of now. */
  get offers(): Offers {
    this.#offers.look(this);
    return this.#offers;
  }

  /** What an index has lost on this day, and may lose on it in its epoch {1e18 of NAV}. */
  lossesOf({ epoch, lost, day }: Fund): { readonly lost: bigint; readonly most: bigint } {
    const { dayLoss, reweighLoss } = this.rules;
    return { lost: day === this.day ? lost : 0n, most: this.#isReweigh(epoch) ? reweighLoss : dayLoss };
  }

  /** What every index's bands have seen of it today. */
  observe(): void {
    const at = BigInt(this.now);
    for (const fund of this.funds) {
      const epoch = at < fund.epoch.until && this.#isReweigh(fund.epoch) ? 'reweigh' : 'ordinary';
      fund.bands?.observe(fund, { at, epoch }, this.oracleExact);
    }
  }

  /** {1e18} drift above which an index may open an epoch: after a reweigh any that is worth its gas. */
  toleranceOf(fund: Fund): bigint {
    return fund.isReweighed ? BASIS_POINT : this.rules.tolerance;
  }

  /** The same as a number {1}. */
  toleranceNumber(fund: Fund): number {
    return fund.isReweighed ? 1e-4 : this.rules.estimate.tolerance;
  }

  #isReweigh({ until, openedAt }: Fund['epoch']): boolean {
    return until - openedAt > this.rules.epochLasts;
  }

  #exactOf(what: 'truth' | 'oracle', place: number): bigint {
    const known = this.#exact[what][place];
    if (known !== undefined) return known;
    const price = toQ112(this[what](place));
    this.#exact[what][place] = price;
    this.#isExact = true;
    return price;
  }
}
