import { describe, expect, it } from 'vitest';
import { messageAmount } from './basket.ts';
import { type ChainId, chainId } from './chain-id.ts';
import * as Destination from './destination.ts';
import * as Home from './home.ts';
import { feeRefund } from './messages.ts';
import { ARBITRUM, arrival, DAY, freshChain, freshHome, GAS, POLYGON, pathwayTo } from './network.fixture.ts';
import { bridged, pathway } from './pathway.ts';

const NOW = 20_000n * DAY;
const code = (of: string) => expect.objectContaining({ code: of });
const buy = (amount: bigint, reserve = amount) =>
  Home.buy(freshHome(reserve), { chain: ARBITRUM.chain, asset: 'AETH', amount, now: NOW });
const FIRST = { chain: ARBITRUM.chain, nonce: 1n };

describe('docs/rules.md 15: defects of earlier systems, many chains', () => {
  it('indices mixed up between chain id and position: a chain is found by its id alone, wherever it stands', () => {
    const home = freshHome(1_000n);
    expect(home.remotes.map(({ pathway: { chain } }) => chain)).toEqual([POLYGON.chain, ARBITRUM.chain]);
    expect(Home.remoteOf(home, ARBITRUM.chain).pathway.peer).toBe(ARBITRUM.address);
    expect(() => Home.remoteOf(home, chainId(2n))).toThrow(code('UNKNOWN_CHAIN'));
    expect(() => chainId(0n)).toThrow(code('CHAIN_ID_OUT_OF_RANGE'));
    // @ts-expect-error a position does not compile as the id of a chain
    const misuse = () => Home.remoteOf(home, 1n);
    expect(misuse).toThrow(code('UNKNOWN_CHAIN'));
  });

  it('a 1-wei order that never finishes: what no bridge carries makes no order, and what arrives as dust is done', () => {
    expect(buy(1n)).toEqual({ state: freshHome(1n), kept: 1n });
    const dust = { from: { chain: chainId(1n), address: pathwayTo(ARBITRUM).peer }, to: ARBITRUM.chain, nonce: 1n };
    const peer = { ...dust.from, address: `0x${'1'.repeat(40)}` };
    const body = { kind: 'buy', asset: 'AETH', amount: messageAmount(1n) } as const;
    const there = Destination.receive(freshChain(ARBITRUM), arrival({ ...dust, from: peer, body }), NOW);
    expect([there.orders, there.holdings]).toEqual([[], [{ asset: 'USDC', amount: 1n }]]);
    expect(Destination.report(there).message.body.report.outcomes).toHaveLength(1);
  });

  it('refunding the whole balance: exactly what was sent comes back, and exactly the excess of a fee', () => {
    const sent = Home.send(buy(60_000n, 1_000_000n).state, FIRST, NOW).state;
    expect(() => Home.refund(sent, FIRST, 1_000_000n)).toThrow(code('REFUND_NOT_EXACT'));
    expect(feeRefund({ paid: 100n, fee: 60n })).toBe(40n);
    expect(feeRefund({ paid: 60n, fee: 60n })).toBe(0n);
    expect(() => feeRefund({ paid: 59n, fee: 60n })).toThrow(code('FEE_NOT_PAID'));
    expect(() => feeRefund({ paid: 0n, fee: -60n })).toThrow(code('OVERFLOW'));
  });

  it('user-chosen message gas that blocks a path: nobody chooses it, too little changes nothing, later messages pass', () => {
    const two = Home.buy(buy(60_000n, 200_000n).state, {
      chain: ARBITRUM.chain,
      asset: 'AETH',
      amount: 70_000n,
      now: NOW,
    });
    const first = Home.send(two.state, FIRST, NOW);
    const second = Home.send(first.state, { ...FIRST, nonce: 2n }, NOW);
    expect(Object.keys(first.message)).toEqual(['from', 'to', 'nonce', 'body']);
    const empty = freshChain(ARBITRUM);
    for (const gas of [0n, 1n, GAS - 1n]) {
      expect(() => Destination.receive(empty, arrival(first.message, gas), NOW)).toThrow(code('TOO_LITTLE_GAS'));
    }
    const passed = Destination.receive(empty, arrival(second.message), NOW);
    expect(passed.orders).toMatchObject([{ nonce: 2n }]);
    expect(Destination.receive(passed, arrival(first.message), NOW).orders).toMatchObject([
      { nonce: 1n },
      { nonce: 2n },
    ]);
  });

  it('truncating casts: 2^96 units and more pass whole, 2^112 are refused', () => {
    // The bridge of these tests carries tens.
    for (const amount of [10n << 96n, (10n << 96n) + 10n, (1n << 112n) - 6n]) {
      const { message } = Home.send(buy(amount).state, FIRST, NOW);
      expect(Destination.receive(freshChain(ARBITRUM), arrival(message), NOW).orders).toMatchObject([{ left: amount }]);
    }
    expect(() => messageAmount(1n << 112n)).toThrow(code('AMOUNT_OUT_OF_RANGE'));
    expect(() => buy(1n << 112n)).toThrow(code('AMOUNT_OUT_OF_RANGE'));
    expect(() => messageAmount(0n)).toThrow(code('AMOUNT_OUT_OF_RANGE'));
  });

  it('bridge minimum 0: no pathway has one', () => {
    expect(() => pathway({ ...pathwayTo(ARBITRUM), bridgeMinimum: 0n })).toThrow(code('NO_BRIDGE_MINIMUM'));
  });

  it("dust below the bridge's unit waiting for ever: it stays in the reserve at once", () => {
    const { state, kept } = buy(60_009n);
    expect([kept, state.books.reserve]).toEqual([9n, 9n]);
    expect(Home.transferOf(state, FIRST)).toMatchObject({ amount: 60_000n, cost: 60_000n });
    expect(bridged(pathwayTo(ARBITRUM), 99n)).toEqual({ sent: 0n, kept: 99n });
    expect(() => buy(60_000n, 59_999n)).toThrow(code('RESERVE_TOO_SMALL'));
  });

  it('a chain id where a nonce belongs does not compile', () => {
    const chain: ChainId = ARBITRUM.chain;
    // @ts-expect-error arguments of one type go by name
    const misuse = () => Home.refund(freshHome(1n), chain, 1n, 1n);
    expect(misuse).toThrow();
  });
});
