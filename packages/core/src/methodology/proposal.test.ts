import { describe, expect, it } from 'vitest';
import { differences } from '../canonical/differences.ts';
import { sha256Of } from '../canonical/sha256.ts';
import { InvalidFileError } from './errors.ts';
import { canonicalInputs, type Inputs, inputsHash } from './inputs.ts';
import { parseMethodologyText } from './methodology.ts';
import { parseProposal, proposalJson, propose, requireDetermined } from './proposal.ts';
import { parseUniverse } from './universe.ts';

const METHODOLOGY = `{
  "$schema": "x.json", "format": 1, "id": "test", "title": "Test",
  "screening": {
    "category": null, "supply": null, "liquidity": { "minUsd": 1000000 }, "liquidityHistory": null,
    "priceImpact": null, "priceHistory": null, "attested": ["safety", "usage"]
  },
  "weights": { "by": "market-cap", "cap": 0.30, "floor": 0.005 },
  "calendar": { "schedule": "monthly", "holidays": ["2023-05-01", "2023-12-25"] },
  "costs": { "poolFeeBps": 30, "gasUsdPerTrade": 10, "managementFee": 0.01 }
}`;

const asset = (id: string, marketCapUsd: number | string) => ({
  ...{ id, symbol: id.toUpperCase(), decimals: 18, categories: ['defi', 'ethereum'] },
  figures: { source: 'gecko', marketCapUsd, liquidityUsd: 2_000_000 },
});
const attest = (rules: string[], assets: string[]) => ({ source: 'list', rules, holds: true, assets });
const ALL = ['a', 'b', 'c', 'd'];
const ASSETS = [asset('a', 700), asset('b', 200), asset('c', 97), asset('d', 3)];
const universeOf = (assets = ASSETS, attestations = [attest(['safety', 'usage'], ALL)]) => ({
  ...{ id: 'test-2023-05', title: 'Test', date: '2023-04-20', priceImpactTradeUsd: 100_000, attestations, assets },
  sources: { gecko: { title: 'CoinGecko', date: '2023-04-20' }, list: { title: 'The list', date: '2023-04' } },
});
const inputsOf = (universe: object = universeOf(), methodology = METHODOLOGY, members: string[] = []): Inputs => ({
  ...{ universe: parseUniverse(universe), methodology: parseMethodologyText(methodology), members },
});
const hashOf = (inputs: Inputs) => inputsHash(canonicalInputs(inputs));

describe('the hash of inputs (docs/rules.md 4.1)', () => {
  const hash = hashOf(inputsOf());

  it('is 32 bytes, and the same for the same inputs', () => {
    expect(hash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(hashOf(inputsOf())).toBe(hash);
  });

  it.each<[string, Inputs]>([
    ['assets in another order', inputsOf(universeOf([...ASSETS].reverse()))],
    ['attestations grouped otherwise', inputsOf(universeOf(ASSETS, [attest(['usage'], ALL), attest(['safety'], ALL)]))],
    ['numbers written otherwise', inputsOf(universeOf([asset('a', '700.0'), asset('b', 2e2), ...ASSETS.slice(2)]))],
    ['comments and white space', inputsOf(universeOf(), METHODOLOGY.replace('{', '{ // a comment\n\n'))],
    ['another schema', inputsOf(universeOf(), METHODOLOGY.replace('x.json', 'y.json'))],
    ['what is the default', inputsOf(universeOf(), METHODOLOGY.replace('"floor"', '"caps": {}, "floor"'))],
    ['rules in another order', inputsOf(universeOf(), METHODOLOGY.replace('"safety", "usage"', '"usage", "safety"'))],
    [
      'holidays in another order',
      inputsOf(universeOf(), METHODOLOGY.replace('"2023-05-01", "2023-12-25"', '"2023-12-25", "2023-05-01"')),
    ],
    ['the order of keys', inputsOf(Object.fromEntries(Object.entries(universeOf()).reverse()))],
  ])('does not change with %s', (_, inputs) => {
    expect(hashOf(inputs)).toBe(hash);
  });

  it.each<[string, Inputs]>([
    ['a figure', inputsOf(universeOf([asset('a', '700.000000000000000001'), ...ASSETS.slice(1)]))],
    ['a date', inputsOf({ ...universeOf(), date: '2023-04-21' })],
    ['a parameter', inputsOf(universeOf(), METHODOLOGY.replace('0.30', '0.31'))],
    ['who is a member', inputsOf(universeOf(), METHODOLOGY, ['a'])],
    ['who attests', inputsOf(universeOf(ASSETS, [{ ...attest(['safety', 'usage'], ALL), source: 'gecko' }]))],
  ])('changes with %s', (_, inputs) => {
    expect(hashOf(inputs)).not.toBe(hash);
  });
});

describe('the hash of inputs with zones', () => {
  const zoned = (selection: string, members: string[] = []) =>
    hashOf(inputsOf(universeOf(), METHODOLOGY.replace('"weights"', `"selection": ${selection}, "weights"`), members));

  it('does not tell a default from what is left out', () => {
    expect(zoned('{ "size": 4, "enter": 4, "stay": 4 }')).toBe(zoned('{ "size": 4 }'));
    expect(zoned('{ "size": 4, "enter": 3 }')).not.toBe(zoned('{ "size": 4 }'));
  });

  it('counts a member once', () => {
    expect(zoned('{ "size": 4 }', ['a', 'b', 'a'])).toBe(zoned('{ "size": 4 }', ['b', 'a']));
  });
});

describe('differences of inputs', () => {
  it('are named by asset and field, with both values', () => {
    const other = universeOf([asset('a', 701), ...ASSETS.slice(1)], [attest(['safety', 'usage'], ['a', 'b', 'c'])]);
    const found = differences(
      canonicalInputs(inputsOf()),
      canonicalInputs(inputsOf(other, METHODOLOGY.replace('0.30', '0.4'))),
    );
    expect(found.map(({ path, before, after }) => [path.join('.'), before, after])).toEqual([
      ['methodology.weights.cap', '0.3', '0.4'],
      ['universe.assets.a.figures.marketCapUsd', '700', '701'],
      ['universe.assets.d.attested.safety', { holds: true, source: 'list' }, undefined],
      ['universe.assets.d.attested.usage', { holds: true, source: 'list' }, undefined],
    ]);
  });

  it('are none between equal ones', () => {
    expect(differences(canonicalInputs(inputsOf()), canonicalInputs(inputsOf()))).toEqual([]);
  });
});

describe('a proposal', () => {
  const proposal = propose(inputsOf());
  const file = () => JSON.parse(JSON.stringify(proposalJson(proposal)));

  it('has the weights, the days and the hashes', () => {
    expect(proposal.hash).toBe(hashOf(inputsOf()));
    expect(proposal).toMatchObject({ universe: { id: 'test-2023-05' }, methodology: { id: 'test' } });
    // 2023-05-01 is a holiday of the methodology
    expect(proposal.calendar).toEqual({ determined: '2023-04-26', rebalanced: '2023-05-02' });
    expect(Object.fromEntries(proposal.weights)).toEqual({
      a: 3n * 10n ** 17n,
      b: 3n * 10n ** 17n,
      c: 3n * 10n ** 17n,
      d: 10n ** 17n,
    });
  });

  it('has no rebalance in a month that the calendar leaves out', () => {
    const quarterly = METHODOLOGY.replace('"monthly"', '"quarterly"');
    expect(propose(inputsOf({ ...universeOf(), date: '2023-05' }, quarterly)).calendar).toBeNull();
  });

  it('survives its file', () => {
    const read = parseProposal(file());
    expect(read).toEqual(proposal);
    expect(proposalJson(read)).toEqual(proposalJson(proposal));
  });

  it.each<[string, (json: ReturnType<typeof file>) => void]>([
    [
      'hash: its inputs have the hash 0x',
      (json) => {
        json.inputs.universe.date = '2023-04-21';
      },
    ],
    [
      'universe.id: its inputs have another',
      (json) => {
        json.universe.id = 'another';
      },
    ],
    [
      'methodology.hash: ',
      (json) => {
        json.methodology.hash = `0x${'0'.repeat(64)}`;
      },
    ],
    [
      'weights: they sum to 999999999999999999',
      (json) => {
        json.weights.d = '99999999999999999';
      },
    ],
    [
      'weights.d: a weight is a string of digits',
      (json) => {
        json.weights.d = '0';
      },
    ],
    [
      'hash: a hash is 0x',
      (json) => {
        json.hash = '12';
      },
    ],
    [
      'format: ',
      (json) => {
        json.format = 2;
      },
    ],
    [
      'Unrecognized key: "note"',
      (json) => {
        json.note = 'x';
      },
    ],
  ])('is refused: %s', (message, change) => {
    const json = file();
    change(json);
    expect(() => parseProposal(json)).toThrow(InvalidFileError);
    expect(() => parseProposal(json)).toThrow(message);
  });

  it('is determined by the inputs in it', () => {
    expect(() => requireDetermined(parseProposal(file()))).not.toThrow();
  });

  it.each<[string, (json: ReturnType<typeof file>) => void]>([
    [
      'weights.a: is 400000000000000000, its inputs give 300000000000000000; weights.d: is 0, its inputs give',
      (json) => {
        json.weights.a = '400000000000000000';
        delete json.weights.d;
      },
    ],
    [
      'calendar: is null, its inputs give {"determined":"2023-04-26"',
      (json) => {
        json.calendar = null;
      },
    ],
    [
      'inputs: not in canonical form, which has the hash 0x',
      (json) => {
        json.inputs.methodology.weights.cap = '0.30';
        json.methodology.hash = sha256Of(json.inputs.methodology);
        json.hash = inputsHash(json.inputs);
      },
    ],
    [
      'universe.assets: is missing',
      (json) => {
        delete json.inputs.universe.assets;
        json.universe.hash = sha256Of(json.inputs.universe);
        json.hash = inputsHash(json.inputs);
      },
    ],
  ])('that its inputs do not give is found out: %s', (message, change) => {
    const json = file();
    change(json);
    const read = parseProposal(json);
    expect(() => requireDetermined(read)).toThrow(InvalidFileError);
    expect(() => requireDetermined(read)).toThrow(message);
  });
});
