import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Erc4626 from '../controllers/erc4626.ts';
import { MAX_LOSS_BPS, NOTHING_PULLED, pulled } from '../controllers/pull.ts';
import { RAY } from '../math/scales.ts';
import * as PoolExit from './pool-exit.ts';
import * as PoolValue from './pool-value.ts';
import { pools, poolWith } from './pools.fixture.ts';
import * as RatedPool from './rated-pool.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const pull = (spent: bigint, received: bigint) => pulled({ spent, received, maxLossBps: MAX_LOSS_BPS });
const unvalued = (pool: RatedPool.RatedPool): RatedPool.UnvaluedPool => {
  const at = PoolValue.readAt(pool, { kind: 'unknown' }, 0n);
  if (at.kind === 'unvalued') return at.pool;
  throw new Error('the pool has a price');
};
/** A pool of 1 000 000 shares: 100 000 idle, 900 000 placed. */
const million = () => poolWith({ idle: 100_000n, placed: 900_000n });

describe('docs/rules.md 10: a redemption', () => {
  it('S = A = 1 000 000, 900 000 placed now worth 800 000: a holder of half gets 450 000', () => {
    const pool = PoolValue.valuedAt(million(), 800_000n, 0n);
    const lack = PoolExit.lackOf(pool, 500_000n);
    expect(lack).toBe(350_000n);
    const left = PoolExit.leave(pool, 500_000n, pull(lack, lack));
    expect([left.paid, left.claim]).toEqual([450_000n, 0n]);
    expect([left.pool.idle, left.pool.placed, left.pool.rate]).toEqual([0n, 450_000n, (9n * RAY) / 10n]);
  });

  it('bears the cost of its pull: 0.5 % of what was pulled', () => {
    const pool = PoolValue.valuedAt(million(), 900_000n, 0n);
    const left = PoolExit.leave(pool, 500_000n, pull(400_000n, 398_000n));
    expect(left.paid).toBe(498_000n);
    expect(RatedPool.backing(left.pool)).toBe(500_000n);
    expect(left.pool.rate).toBe(RAY);
  });

  it('pulls nothing when what is idle suffices', () => {
    const pool = PoolValue.valuedAt(million(), 900_000n, 0n);
    expect(PoolExit.lackOf(pool, 100_000n)).toBe(0n);
    expect(PoolExit.leave(pool, 100_000n, NOTHING_PULLED).paid).toBe(100_000n);
  });

  it.each([0n, 270_000n, 900_000n])(
    'while what is placed is unknown, pays its share of what is idle; a claim on the rest, which turns out to be %d',
    (truth) => {
      const left = PoolExit.leaveUnvalued(unvalued(million()), 500_000n);
      expect([left.paid, left.claim, left.pool.rate]).toEqual([50_000n, 450_000n, RAY]);
      const known = PoolValue.valuedAt(left.pool, truth, 0n);
      const stays = RatedPool.amountDown(known, 500_000n);
      // Half each, whatever is known later: nobody was paid at the price from before the loss.
      expect(left.paid + PoolExit.waitingWorth(known, left)).toBe((100_000n + truth) / 2n);
      expect(stays).toBe((100_000n + truth) / 2n);
    },
  );

  it('a claim on what is placed has no second share of what is idle, no gain, and no life after a total loss', () => {
    const left = PoolExit.leaveUnvalued(unvalued(million()), 500_000n);
    expect(RatedPool.available(left.pool)).toBe(50_000n);
    const grown = PoolValue.valuedAt(left.pool, 1_000_000n, 0n);
    expect(PoolExit.waitingWorth(grown, left)).toBe(450_000n);
    const lost = PoolValue.valuedAt(left.pool, 0n, 0n);
    expect(PoolExit.waitingWorth(lost, left)).toBe(0n);
    expect(PoolExit.waitingWorth(PoolValue.valuedAt(lost, 900_000n, 0n), left)).toBe(0n);
  });

  it('a claim paid whole leaves nothing, and none is worth more than all that is owed', () => {
    const left = PoolExit.leaveUnvalued(unvalued(million()), 500_000n);
    const third = PoolValue.valuedAt(left.pool, 300_000n, 0n);
    const four = { claim: 4n, round: 0n };
    expect(PoolExit.waitingWorth(third, four)).toBe(1n);
    expect(PoolExit.payWaiting(third, four, pull(1n, 1n)).claim).toBe(0n);
    expect(PoolExit.waitingWorth(third, { claim: 10n ** 9n, round: 0n })).toBe(150_000n);
  });

  it('a void claim does not come to life by claims that are made later', () => {
    const left = PoolExit.leaveUnvalued(unvalued(million()), 500_000n);
    const lost = poolWith({ ...PoolValue.valuedAt(left.pool, 0n, 0n), idle: 50_000n, placed: 50_000n });
    const later = PoolExit.leaveUnvalued(unvalued(lost), 100_000n);
    expect([left.round, later.round]).toEqual([0n, 1n]);
    const known = PoolValue.valuedAt(later.pool, 50_000n, 0n);
    expect([left, later].map((each) => PoolExit.waitingWorth(known, each) > 0n)).toEqual([false, true]);
  });

  it('a claim that stands for less than one part in 1e18 of its first worth is void', () => {
    const huge = poolWith({ idle: 10n ** 20n, placed: 10n ** 20n });
    const left = PoolExit.leaveUnvalued(unvalued(huge), 10n ** 20n);
    const worth = (value: bigint) => PoolExit.waitingWorth(PoolValue.valuedAt(left.pool, value, 0n), left);
    expect([worth(200n), worth(198n)]).toEqual([100n, 99n]);
    expect([worth(100n), worth(98n)]).toEqual([50n, 0n]);
  });

  it('a claim is paid by a pull, whose cost it bears, in parts when the controller can no more', () => {
    const left = PoolExit.leaveUnvalued(unvalued(million()), 500_000n);
    const known = PoolValue.valuedAt(left.pool, 900_000n, 0n);
    const part = PoolExit.payWaiting(known, left, pull(200_000n, 199_000n));
    expect([part.paid, part.claim, part.pool.waiting.owed]).toEqual([199_000n, 250_000n, 250_000n]);
    const rest = PoolExit.payWaiting(PoolValue.valuedAt(part.pool, 700_000n, 0n), part, pull(250_000n, 250_000n));
    expect([rest.paid, rest.claim, rest.pool.waiting.owed]).toEqual([250_000n, 0n, 0n]);
    expect(RatedPool.backing(rest.pool)).toBe(500_000n);
  });

  it('a claim is paid whole also when the shares to give back, rounded up, are worth more', () => {
    // 6 assets a vault share: no number of shares is worth a claim of 45 exactly.
    const position = { totalAssets: 5_999n, totalSupply: 999n, virtualShares: 1n, held: 15n };
    const left = PoolExit.leaveUnvalued(unvalued(poolWith({ idle: 10n, placed: 90n })), 50n);
    const known = PoolValue.valuedAt(left.pool, 90n, 0n);
    const ask = { lack: PoolExit.waitingWorth(known, left), maxRedeem: 15n, maxLossBps: MAX_LOSS_BPS };
    const { spent } = Erc4626.pullOf(position, ask);
    expect([ask.lack, spent]).toEqual([45n, 48n]);
    const paid = PoolExit.payWaiting(known, left, pull(spent, 48n));
    expect([paid.paid, paid.claim, paid.pool.waiting.owed]).toEqual([45n, 0n, 0n]);
    // Those who stayed have what they had, 3 of it idle now.
    expect([paid.pool.idle, paid.pool.placed]).toEqual([8n, 42n]);
    expect(() => PoolExit.payWaiting(known, left, pull(91n, 91n))).toThrow(code('PULLED_TOO_MUCH'));
  });

  it('when the controller brings less than is lacking, pays the share of what is idle, what came, and a claim', () => {
    const pool = PoolValue.valuedAt(million(), 900_000n, 0n);
    const failed = PoolExit.leave(pool, 500_000n, NOTHING_PULLED);
    expect([failed.paid, failed.claim]).toEqual([50_000n, 450_000n]);
    const partly = PoolExit.leave(pool, 500_000n, pull(100_000n, 100_000n));
    expect([partly.paid, partly.claim]).toEqual([150_000n, 350_000n]);
    const generous = PoolExit.leave(pool, 500_000n, pull(100_000n, 100_007n));
    expect([generous.paid, generous.pool.idle]).toEqual([150_000n, 50_007n]);
  });

  it('what a broken token refuses is set aside at par, out of reach of losses', () => {
    const left = PoolExit.leave(PoolValue.valuedAt(million(), 900_000n, 0n), 80_000n, NOTHING_PULLED);
    const aside = PoolExit.setAside(left.pool, left.paid);
    expect([aside.idle, aside.atPar, RatedPool.available(aside)]).toEqual([100_000n, 80_000n, 20_000n]);
    const lost = PoolValue.valuedAt(aside, 0n, 0n);
    // 20 000 of 920 000, the price floored
    expect([lost.atPar, RatedPool.amountDown(lost, 920_000n)]).toEqual([80_000n, 19_999n]);
    expect(PoolExit.payAtPar(lost, 80_000n).idle).toBe(20_000n);
    expect(() => PoolExit.payAtPar(lost, 80_001n)).toThrow(code('NOT_BACKED'));
  });

  it('refuses what no redemption needs', () => {
    const pool = PoolValue.valuedAt(million(), 900_000n, 0n);
    expect(() => PoolExit.leave(pool, 1_000_001n, NOTHING_PULLED)).toThrow(code('NOT_BACKED'));
    expect(() => PoolExit.leave(pool, 100_000n, pull(900_001n, 900_001n))).toThrow(code('PULLED_TOO_MUCH'));
    expect(() => PoolExit.leave(pool, 10n, pull(9_000n, 8_910n))).toThrow(code('PULLED_TOO_MUCH'));
    expect(() => PoolExit.leave(pool, -1n, NOTHING_PULLED)).toThrow(code('OUT_OF_RANGE'));
    // @ts-expect-error an unmeasured pull
    PoolExit.leave(pool, 1n, { spent: 0n, received: 0n });
  });
});

describe('docs/rules.md 15: defects of earlier systems', () => {
  it('burner paid at the pre-loss value: who leaves in the second of the loss bears it like all others', () => {
    const before = million();
    const pool = PoolValue.valuedAt(before, 450_000n, 0n);
    const lack = PoolExit.lackOf(pool, 500_000n);
    const left = PoolExit.leave(pool, 500_000n, pull(lack, lack));
    expect(left.paid).toBe(275_000n);
    expect(RatedPool.amountDown(left.pool, 500_000n)).toBe(275_000n);
    // @ts-expect-error the pool from before the reading has no price to leave at
    PoolExit.leave(before, 500_000n, NOTHING_PULLED);
  });

  it('share change 0/0 when an index owns the whole pool: it may leave whole, and enter again, at the same price', () => {
    const whole = PoolValue.valuedAt(poolWith({ rate: 2n * RAY, idle: 1_000n }), 0n, 0n);
    const left = PoolExit.leave(whole, 500n, NOTHING_PULLED);
    expect([left.paid, RatedPool.backing(left.pool), left.pool.rate]).toEqual([1_000n, 0n, 2n * RAY]);
    const again = RatedPool.enter(PoolValue.valuedAt(left.pool, 0n, 9n), 1_000n);
    expect([again.shares, again.pool.rate]).toEqual([500n, 2n * RAY]);
  });
});

describe('whatever the pool and the pull', () => {
  const exits = fc.record({
    from: pools,
    part: fc.bigInt(0n, 10_000n),
    lost: fc.bigInt(0n, MAX_LOSS_BPS),
    brought: fc.bigInt(0n, 10_000n),
  });

  it('who leaves gets no more than the shares are worth, and who stays keeps all that theirs are', () => {
    fc.assert(
      fc.property(exits, ({ from: { pool, shares }, part, lost, brought }) => {
        const current = PoolValue.valuedAt(pool, pool.placed, 0n);
        const leaving = (shares * part) / 10_000n;
        const spent = (PoolExit.lackOf(current, leaving) * brought) / 10_000n;
        const received = spent - (spent * lost) / 10_000n;
        const left = PoolExit.leave(current, leaving, pull(spent, received));
        const worth = RatedPool.amountDown(current, leaving);
        const waits = PoolExit.waitingWorth(PoolValue.valuedAt(left.pool, left.pool.placed + left.claim, 0n), left);
        expect(left.paid + waits).toBe(worth - (spent - received));
        expect(RatedPool.amountDown(left.pool, shares - leaving)).toBeLessThanOrEqual(RatedPool.backing(left.pool));
        expect(RatedPool.backing(left.pool)).toBe(RatedPool.backing(pool) - worth);
        expect(left.pool.idle + left.pool.placed + left.pool.waiting.owed + left.paid + (spent - received)).toBe(
          pool.idle + pool.placed,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('while what is placed is unknown, leaving brings the same as staying whatever it is worth then, and nothing by halves', () => {
    fc.assert(
      fc.property(pools, fc.bigInt(1n, 10_000n), fc.bigInt(0n, 10_000n), ({ pool }, part, truth) => {
        if (pool.placed === 0n) return;
        const shares = (RatedPool.backing(pool) * RAY) / pool.rate;
        const leaving = (shares * part) / 10_000n;
        const value = (pool.placed * truth) / 10_000n;
        const stays = RatedPool.amountDown(PoolValue.valuedAt(pool, value, 0n), leaving);
        const left = PoolExit.leaveUnvalued(unvalued(pool), leaving);
        const brings = left.paid + PoolExit.waitingWorth(PoolValue.valuedAt(left.pool, value, 0n), left);
        const first = PoolExit.leaveUnvalued(unvalued(pool), leaving / 2n);
        const then = PoolValue.readAt(first.pool, { kind: 'unknown' }, 0n);
        const second =
          then.kind === 'unvalued'
            ? PoolExit.leaveUnvalued(then.pool, leaving - leaving / 2n).paid
            : RatedPool.amountDown(then.pool, leaving - leaving / 2n);
        // Roundings: of the price, of one share, and of three amounts.
        const grain = leaving / RAY + pool.rate / RAY + 3n;
        expect(brings).toBeLessThanOrEqual(stays + grain);
        expect(first.paid + second).toBeLessThanOrEqual(left.paid + grain);
      }),
      { numRuns: 500 },
    );
  });
});
