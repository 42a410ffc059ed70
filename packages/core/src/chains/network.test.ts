import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../errors.ts';
import { min } from '../math/word.ts';
import * as Home from './home.ts';
import { isInFlight, navs } from './nav.ts';
import { ARBITRUM, ASSETS, Network, POLYGON } from './network.fixture.ts';

/** {base} what the founder paid in. */
const FOUNDED = 100_000_000n;
const CHAINS = [ARBITRUM.chain, POLYGON.chain] as const;

/** One thing that happens; numbers choose among what is there. */
interface Event {
  readonly what: (typeof EVENTS)[number];
  readonly which: number;
  readonly size: number;
}

const EVENTS = [
  ...(['buy', 'buy', 'sell', 'send', 'send', 'retry', 'refund', 'cancel', 'cancelOrder', 'wait', 'waitLong'] as const),
  ...(['toChain', 'toChain', 'toChain', 'toHome', 'toHome', 'toHome', 'fill', 'fill', 'report', 'proceeds'] as const),
  ...(['drop', 'mint', 'redeem', 'redeem', 'collect', 'payOut'] as const),
] as const;

/** Every number as likely as every other: small ones choose too little. */
const schedules = (length: number) =>
  fc.noBias(
    fc.array(fc.record({ what: fc.constantFrom(...EVENTS), which: fc.nat(1_000), size: fc.nat(1_000) }), {
      minLength: length / 2,
      maxLength: length,
      size: 'max',
    }),
  );

const pick = <T>(of: readonly T[], which: number): T | undefined => of[which % Math.max(of.length, 1)];

/** A message that is delivered may stay in the network and come again. */
const take = <T>(of: T[], which: number, keep: boolean): T | undefined => {
  if (of.length === 0) return undefined;
  return keep ? pick(of, which) : of.splice(which % of.length, 1)[0];
};

const happen = (network: Network, { what, which, size }: Event): void => {
  const chain = CHAINS[which % 2 === 0 ? 0 : 1];
  const asset = ASSETS[size % 2 === 0 ? 0 : 1];
  const some = pick(network.transfers, which);
  const there = network.chainOf(chain);
  switch (what) {
    case 'buy': {
      const amount = (network.home.books.reserve * BigInt(size)) / 1_000n;
      if (amount > 0n) network.home = Home.buy(network.home, { chain, asset, amount, now: network.now }).state;
      return;
    }
    case 'sell': {
      const one = pick(Home.free(Home.remoteOf(network.home, chain)), size);
      if (one === undefined) return;
      const amount = (one.amount * BigInt(size) + 999n) / 1_000n;
      const terms = { chain, asset: one.asset, amount, price: 1n << 112n, now: network.now };
      if (amount > 10_000n) network.home = Home.sell(network.home, terms);
      return;
    }
    case 'send':
      if (some !== undefined) network.send(some.chain, some.transfer.nonce);
      return;
    case 'retry':
      if (some !== undefined)
        network.toChains.push(Home.retry(network.home, { chain: some.chain, nonce: some.transfer.nonce }));
      return;
    case 'refund':
      if (some !== undefined) network.refund(some.chain, some.transfer.nonce);
      return;
    case 'cancel':
      if (some !== undefined) {
        network.home = Home.cancel(network.home, { chain: some.chain, nonce: some.transfer.nonce }, network.now);
      }
      return;
    case 'toChain': {
      const message = take(network.toChains, which, size % 3 === 0);
      if (message !== undefined) network.deliverToChain(message);
      return;
    }
    case 'toHome': {
      const message = take(network.toHome, which, size % 3 === 0);
      if (message !== undefined) network.deliverToHome(message);
      return;
    }
    case 'drop':
      if (which % 2 === 0) take(network.toChains, size, false);
      else take(network.toHome, size, false);
      return;
    case 'fill': {
      const order = pick(there.orders, size);
      if (order !== undefined) network.fill(chain, order.nonce, BigInt(size % 100) + 1n);
      return;
    }
    case 'cancelOrder': {
      const order = pick(there.orders, size);
      if (order !== undefined) network.cancelOrder(chain, order.nonce);
      return;
    }
    case 'report':
      network.report(chain);
      return;
    case 'proceeds': {
      const outcome = pick(there.outcomes, size);
      if (outcome !== undefined) network.proceeds(chain, outcome.nonce);
      return;
    }
    case 'mint':
      network.mint('thief', BigInt(size) * 4_000n + 1n);
      return;
    case 'redeem': {
      const holder = which % 3 === 0 ? 'founder' : 'thief';
      const shares = network.sharesOf.get(holder) ?? 0n;
      const most = holder === 'founder' ? shares / 2n : shares;
      const wanted = (most * BigInt(size) + 999n) / 1_000n;
      if (wanted > 0n) network.redeem(holder, min(wanted, most), which % 2 === 0);
      return;
    }
    case 'collect': {
      const claim = pick(network.claims, which);
      if (claim !== undefined) network.collect(claim);
      return;
    }
    case 'payOut': {
      const credit = pick(there.ready, which);
      if (credit !== undefined) network.payOut(chain, credit.nonce);
      return;
    }
    case 'wait':
      network.now += BigInt(size) * 60n;
      return;
    case 'waitLong':
      network.now += BigInt(size) * 1_000n;
  }
};

/** What a rule refuses leaves everything as it was. */
const REFUSALS = ['WRONG_STATE', 'NOT_STUCK', 'DAILY_LIMIT', 'NOTHING_TO_SEND', 'ONLY_DUST', 'NOTHING_MINTED'];

const run = (schedule: readonly Event[], check: (network: Network, event: Event) => void = () => {}): Network => {
  const network = new Network(FOUNDED);
  for (const chain of CHAINS) {
    network.home = Home.buy(network.home, { chain, asset: ASSETS[0], amount: FOUNDED / 4n, now: network.now }).state;
  }
  network.bringHome();
  for (const event of schedule) {
    const before = network.home;
    try {
      happen(network, event);
    } catch (error) {
      if (!(error instanceof InputError) || !REFUSALS.includes(error.code)) throw error;
      expect(network.home).toBe(before);
    }
    check(network, event);
  }
  return network;
};

describe('docs/rules.md 11: under dropped, delayed, doubled and reordered messages', () => {
  it('every token exists once, and home counts each once, at every moment', () => {
    fc.assert(
      fc.property(schedules(50), (schedule) => {
        run(schedule, (network) => {
          expect(network.held).toBe(network.paidIn);
          expect(network.counted).toBe(network.paidIn);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('nothing is lost: retrying brings everything to its place, and everybody is paid', () => {
    fc.assert(
      fc.property(schedules(50), (schedule) => {
        const network = run(schedule);
        network.bringHome();
        network.bringHome();
        network.payEverybody();
        expect(network.bridge.size).toBe(0);
        expect(network.transfers.every(({ transfer }) => transfer.state === 'ended')).toBe(true);
        expect([network.claims.length, network.uncollected, isInFlight(network.home)]).toEqual([0, 0n, false]);
        network.bringHome();
        for (const remote of network.home.remotes) {
          expect(Home.free(remote)).toEqual(network.chainOf(remote.pathway.chain).holdings);
        }
        const { mint, redeem } = navs(network.home, network.market, network.now);
        expect(mint).toBe(redeem);
        expect(mint + [...network.paidOut.values()].reduce((a, b) => a + b, 0n)).toBe(network.paidIn);
      }),
      { numRuns: 50 },
    );
  });

  it('the books in the end do not depend on order or doubles', () => {
    fc.assert(
      fc.property(schedules(50), fc.array(fc.nat(1_000), { minLength: 60, maxLength: 60 }), (schedule, keys) => {
        const network = run(schedule.filter(({ what }) => what !== 'payOut' && what !== 'refund'));
        for (const { chain, transfer } of network.transfers) {
          if (transfer.state === 'created') network.send(chain, transfer.nonce);
        }
        const open = network.home.remotes.flatMap(({ pathway: { chain }, last }) =>
          Array.from({ length: Number(last) }, (_, at) => ({ chain, nonce: BigInt(at) + 1n })),
        );
        const outward = open.flatMap((of) => {
          try {
            return [Home.retry(network.home, of)];
          } catch {
            return [];
          }
        });
        const [chains, home, bridge] = [[...network.chains], network.home, new Map(network.bridge)];
        const booksAfter = (order: readonly number[], doubled: boolean) => {
          [network.chains[0], network.chains[1]] = [
            chains[0] ?? network.chainOf(CHAINS[0]),
            chains[1] ?? network.chainOf(CHAINS[1]),
          ];
          network.home = home;
          network.bridge.clear();
          for (const [way, amount] of bridge) network.bridge.set(way, amount);
          const outwardNow = order.flatMap((at) => outward[at] ?? []);
          for (const message of doubled ? [...outwardNow, ...outwardNow] : outwardNow) network.deliverToChain(message);
          for (const chain of CHAINS)
            for (const { nonce } of network.chainOf(chain).orders) network.fill(chain, nonce, 100n);
          network.toHome.length = 0;
          for (const chain of CHAINS) {
            for (const { nonce, sent } of network.chainOf(chain).outcomes)
              if (sent > 0n) network.proceeds(chain, nonce);
            network.report(chain);
          }
          const homeward = network.toHome.map((message, at) => ({ message, key: keys[at % keys.length] ?? 0 }));
          if (doubled) homeward.sort((a, b) => a.key - b.key);
          for (const { message } of homeward) network.deliverToHome(message);
          return { home: network.home, chains: [...network.chains] };
        };
        const inOrder = outward.map((_, at) => at);
        const mixed = [...inOrder].sort((a, b) => (keys[a % 60] ?? 0) - (keys[b % 60] ?? 0));
        expect(booksAfter(mixed, true)).toEqual(booksAfter(inOrder, false));
      }),
      { numRuns: 50 },
    );
  });

  it('whoever comes and leaves gains nothing by anything that messages do', () => {
    fc.assert(
      fc.property(schedules(50), (schedule) => {
        const network = run(schedule);
        const paid = network.paidIn - FOUNDED;
        const rest = network.sharesOf.get('thief') ?? 0n;
        if (rest > 0n) network.redeem('thief', rest, true);
        network.bringHome();
        network.payEverybody();
        network.payEverybody();
        expect(network.paidOut.get('thief') ?? 0n).toBeLessThanOrEqual(paid + BigInt(network.transfers.length));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a schedule', () => {
  it('reaches every state and event', () => {
    const seen = new Set<string>();
    for (const schedule of fc.sample(schedules(100), { numRuns: 50, seed: 7 })) {
      run(schedule, ({ transfers, chains }) => {
        for (const { transfer } of transfers) {
          seen.add(`${transfer.kind} ${transfer.state}${'leg' in transfer ? ` ${transfer.leg}` : ''}`);
        }
        for (const { orders, ready } of chains) {
          for (const { kind } of orders) seen.add(`open ${kind}`);
          if (ready.length > 0) seen.add('ready');
        }
      });
    }
    const buys = ['created', 'inFlight out', 'failed', 'cancelled out', 'ended'].map((state) => `buy ${state}`);
    const sales = ['created', 'inFlight out', 'inFlight back', 'ended'].map((state) => `sell ${state}`);
    expect([...seen]).toEqual(expect.arrayContaining([...buys, ...sales, 'open buy', 'open sell', 'ready']));
  });
});
