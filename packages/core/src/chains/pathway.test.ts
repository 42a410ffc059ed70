import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountIn, basket, type messageAmount, minus, partOf, plus } from './basket.ts';
import { type ChainId, chainId } from './chain-id.ts';
import { hasNonce, NO_NONCES, withNonce } from './nonces.ts';
import { bridged, type Pathway, type PathwayTerms, pathway } from './pathway.ts';

const address = (digit: string): string => `0x${digit.repeat(40)}`;

const TERMS: PathwayTerms = {
  chain: chainId(42_161n),
  peer: address('A'),
  sendLibrary: address('1'),
  receiveLibrary: address('2'),
  verifiers: [address('4'), address('3')],
  minGas: 200_000n,
  bridgeUnit: 100n,
  bridgeMinimum: 1_000n,
};

const refusal = (changed: Partial<PathwayTerms>) => () => pathway({ ...TERMS, ...changed });
const code = (of: string) => expect.objectContaining({ code: of });

describe('docs/rules.md 11: a pathway pins its libraries and at least 2 verifiers', () => {
  it('and does not depend on the order or the letters of its addresses', () => {
    const made = pathway(TERMS);
    expect(made).toMatchObject({ peer: address('a'), verifiers: [address('3'), address('4')] });
    expect(pathway({ ...TERMS, verifiers: [...TERMS.verifiers].reverse() })).toEqual(made);
  });

  it('refuses fewer than two different verifiers', () => {
    expect(refusal({ verifiers: [address('3')] })).toThrow(code('TOO_FEW_VERIFIERS'));
    expect(refusal({ verifiers: [address('a'), address('A')] })).toThrow(code('TOO_FEW_VERIFIERS'));
  });

  it('refuses a library, peer or verifier that is nobody', () => {
    for (const name of ['peer', 'sendLibrary', 'receiveLibrary'] as const) {
      expect(refusal({ [name]: address('0') })).toThrow(code('INVALID_ADDRESS'));
      expect(refusal({ [name]: 'default' })).toThrow(code('INVALID_ADDRESS'));
    }
    expect(refusal({ verifiers: [address('3'), address('0')] })).toThrow(code('INVALID_ADDRESS'));
  });

  it('refuses no least gas and no unit of the bridge', () => {
    expect(refusal({ minGas: 0n })).toThrow(code('NO_MINIMUM_GAS'));
    expect(refusal({ bridgeUnit: 0n })).toThrow(code('NO_BRIDGE_UNIT'));
  });

  it('takes what it was not asked to check for nothing', () => {
    // @ts-expect-error unchecked terms are not a pathway
    const unchecked: Pathway = TERMS;
    // @ts-expect-error a position, or any number, is not the id of a chain
    const position: ChainId = 0n;
    // @ts-expect-error unchecked amounts do not go into a message
    const amount: ReturnType<typeof messageAmount> = 5n;
    expect([unchecked.chain, position, amount]).toHaveLength(3);
  });
});

describe('docs/rules.md 11: what a bridge carries', () => {
  it('is whole units from its minimum on; the rest stays at once', () => {
    const via = pathway(TERMS);
    expect(bridged(via, 1_234n)).toEqual({ sent: 1_200n, kept: 34n });
    expect(bridged(via, 1_000n)).toEqual({ sent: 1_000n, kept: 0n });
    expect(bridged(via, 999n)).toEqual({ sent: 0n, kept: 999n });
    expect(bridged(via, 1n)).toEqual({ sent: 0n, kept: 1n });
  });

  it('never creates or loses anything', () => {
    const terms = fc.record({ bridgeUnit: fc.bigInt(1n, 10n ** 12n), bridgeMinimum: fc.bigInt(1n, 10n ** 12n) });
    fc.assert(
      fc.property(terms, fc.bigInt(0n, 10n ** 18n), (changed, amount) => {
        const { sent, kept } = bridged(pathway({ ...TERMS, ...changed }), amount);
        expect(sent + kept).toBe(amount);
        expect(sent % changed.bridgeUnit).toBe(0n);
        expect(sent === 0n || sent >= changed.bridgeMinimum).toBe(true);
      }),
    );
  });
});

describe('numbers of messages', () => {
  it('are the same set in any order, and however often', () => {
    const numbers = fc.array(fc.bigInt(1n, 20n), { maxLength: 40 });
    fc.assert(
      fc.property(numbers, fc.infiniteStream(fc.nat()), (nonces, keys) => {
        const shuffled = nonces.map((nonce) => ({ nonce, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key);
        const set = nonces.reduce(withNonce, NO_NONCES);
        expect(shuffled.reduce((all, { nonce }) => withNonce(all, nonce), NO_NONCES)).toEqual(set);
        for (let nonce = 1n; nonce <= 20n; nonce++) expect(hasNonce(set, nonce)).toBe(nonces.includes(nonce));
      }),
    );
  });
});

describe('docs/rules.md 11: a number that never comes', () => {
  it('is one gap in what was applied, however many come after it', () => {
    const set = Array.from({ length: 1_000 }, (_, i) => BigInt(i) + 2n).reduce(withNonce, NO_NONCES);
    expect(set).toEqual([{ from: 2n, through: 1_001n }]);
    expect([1n, 2n, 1_001n, 1_002n].map((nonce) => hasNonce(set, nonce))).toEqual([false, true, true, false]);
    expect(withNonce(set, 1n)).toEqual([{ from: 1n, through: 1_001n }]);
  });
});

describe('baskets', () => {
  const of = (...amounts: [string, bigint][]) => basket(amounts.map(([asset, amount]) => ({ asset, amount })));

  it('are sums in one order, without zeros', () => {
    expect(of(['b', 1n], ['a', 2n], ['b', 3n], ['c', 0n])).toEqual(of(['a', 2n], ['b', 4n]));
    expect(plus(of(['a', 1n]), of(['b', 1n]))).toEqual(of(['b', 1n], ['a', 1n]));
    expect(minus(of(['a', 2n], ['b', 1n]), of(['a', 2n]))).toEqual(of(['b', 1n]));
    expect(partOf(of(['a', 7n], ['b', 1n]), 1n, 2n)).toEqual(of(['a', 3n]));
    expect(amountIn(of(['a', 7n]), 'b')).toBe(0n);
  });

  it('refuse amounts below 0 and more than is there', () => {
    expect(() => of(['a', -1n])).toThrow(code('NEGATIVE_AMOUNT'));
    expect(() => of(['a', (1n << 112n) - 1n], ['a', 1n])).toThrow(code('AMOUNT_OUT_OF_RANGE'));
    expect(of(['__proto__', 1n], ['constructor', 2n])).toHaveLength(2);
    expect(() => minus(of(['a', 1n]), of(['b', 1n]))).toThrow(code('NOT_HELD'));
  });
});
