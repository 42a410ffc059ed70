import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, type Run, wicker } from '../main.fixture.ts';

const DATA = fileURLToPath(new URL('../../../../data/', import.meta.url));
const UNIVERSE = join(DATA, 'universes/pdi-2023-05.json');
const PDI = ['--methodology', join(DATA, 'methodologies/pdi.jsonc')];
const HASH = /^0x[0-9a-f]{64}$/;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wicker-lab-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | object): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const jsonOf = ({ code, stdout, stderr }: Run) => {
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

describe('wicker screen', () => {
  it('answers a universe with weights and every exclusion', async () => {
    const answer = jsonOf(await wicker(['screen', UNIVERSE, ...PDI, '--json']));
    expect(answer).toMatchObject({ name: 'pdi-2023-05', methodology: 'pdi' });
    expect(answer.qualified).toHaveLength(16);
    expect(answer.weights.uniswap).toBe('0.300000000000000000');
    expect(answer.excluded['curve-dao-token']).toEqual({ rule: 'supply', value: '0.244762', threshold: '0.3' });
  });

  it('needs a methodology for a universe, and none for figures', async () => {
    expect(errorOf(await wicker(['screen', UNIVERSE, '--json']))).toMatchObject({ code: 'USAGE' });
    const figures = file('figures.json', { name: 'x', thresholds: {}, assets: { a: {} } });
    expect(errorOf(await wicker(['screen', figures, ...PDI, '--json']))).toMatchObject({ code: 'USAGE' });
  });

  it('keeps members of a methodology with zones', async () => {
    const zones = JSON.parse(readFileSync(join(DATA, 'methodologies/pdi.jsonc'), 'utf8').replaceAll(/\/\/.*/g, ''));
    const methodology = file('zones.json', { ...zones, selection: { size: 4, enter: 3, stay: 6 } });
    const screened = async (...members: string[]): Promise<string[]> =>
      jsonOf(await wicker(['screen', UNIVERSE, '--methodology', methodology, '--json', ...members])).qualified;
    const four = await screened();
    expect(four).toContain('rocket-pool');
    expect(four).not.toContain('havven');
    expect(await screened('--members', 'havven,uniswap')).toContain('havven');
  });
});

describe('the ids of members', () => {
  it('may have blanks around them, and are ids', async () => {
    const hashOf = async (members: string): Promise<string> =>
      jsonOf(await wicker(['report', UNIVERSE, ...PDI, '--json', '--members', members])).hash;
    expect(await hashOf('aave, uniswap,')).toBe(await hashOf('uniswap,aave'));
    const run = await wicker(['screen', UNIVERSE, ...PDI, '--json', '--members', 'aave uniswap']);
    expect([run.code, errorOf(run).code]).toEqual([2, 'INVALID_ID']);
    expect(errorOf(run).message).toBe("--members: 'aave uniswap' is no id");
  });
});

describe('wicker screen of figures', () => {
  const thresholds = { circulating_to_total: 0.3, liquidity_usd: 5_000_000, price_impact: -0.04, price_days: 365 };
  const good = { circulating_supply: 31, total_supply: 100, liquidity_usd: 5_000_000, price_impact_100k: -0.04 };
  const screened = async (content: object) => jsonOf(await wicker(['screen', file('f.json', content), '--json']));
  const excluded = async (figures: object, limits: object = thresholds, more = {}) =>
    (await screened({ name: 'x', thresholds: limits, assets: { a: figures }, ...more })).excluded;

  it('applies supply, liquidity, impact; the first failure decides, with the numbers of the file', async () => {
    const assets = {
      good,
      'all-bad': { circulating_supply: 3, total_supply: 10, liquidity_usd: 1, price_impact_100k: -0.5 },
      thin: { ...good, liquidity_usd: 4_999_999.99, price_impact_100k: -0.5 },
      dear: { ...good, price_impact_100k: -0.040001 },
      gains: { ...good, price_impact_100k: 0.01 },
    };
    expect(await screened({ name: 'x', thresholds, assets })).toEqual({
      name: 'x',
      qualified: ['good', 'gains'],
      excluded: {
        'all-bad': { rule: 'supply', value: 0.3, threshold: 0.3 },
        thin: { rule: 'liquidity', value: 4_999_999.99, threshold: 5_000_000 },
        dear: { rule: 'price-impact', value: -0.040001, threshold: -0.04 },
      },
    });
  });

  it('skips a rule without a figure only where its threshold is null', async () => {
    const { price_impact_100k: _, ...unmeasured } = good;
    const unattested = { rule: 'price-impact', value: 'unattested', threshold: -0.04 };
    expect(await excluded(unmeasured)).toEqual({ a: unattested });
    expect(await excluded({ ...unmeasured, price_impact_100k: null })).toEqual({ a: unattested });
    expect(await excluded(unmeasured, { ...thresholds, price_impact: null })).toEqual({});
    expect(await excluded({}, { circulating_to_total: null })).toEqual({});
    expect(await excluded({ ...good, total_supply: null })).toMatchObject({ a: { rule: 'supply' } });
  });

  it('takes the word of the file where it has no figure, never against one', async () => {
    const { price_impact_100k: _, ...unmeasured } = good;
    expect(await excluded(unmeasured, thresholds, { qualified: ['a'] })).toEqual({});
    const bad = await excluded({ ...unmeasured, liquidity_usd: 1 }, thresholds, { qualified: ['a'] });
    expect(bad).toEqual({ a: { rule: 'liquidity', value: 1, threshold: 5_000_000 } });
  });

  it('tells what is measured before what is not, and knows assets by the figure that was published', async () => {
    expect(await excluded({ liquidity_usd: 1 })).toMatchObject({ a: { rule: 'liquidity' } });
    const published = { excluded: { b: { stage: 'avg_slippage', value: -0.4, min: -0.04, max: null } } };
    expect(await excluded(good, thresholds, published)).toEqual({
      b: { rule: 'price-impact', value: -0.4, threshold: -0.04 },
    });
  });

  it('answers a list with a list, and people with a table', async () => {
    const one = { name: 'one', thresholds, assets: { a: good, b: { ...good, price_impact_100k: -0.2 } } };
    expect(await screened([one, { ...one, name: 'two' }])).toMatchObject([{ name: 'one' }, { name: 'two' }]);
    const { stdout } = await wicker(['screen', file('list.json', [one, { ...one, name: 'two' }])]);
    expect(stdout).toMatch(/^one: 1 of 2 assets\na\n\nexcluded .*\n[─ ]+\nb +price-impact +-0.2 +>= -0.04\n\ntwo: /);
  });

  it.each<[string, unknown, string]>([
    ['an empty list', [], 'the list of cases is empty'],
    ['no assets', { name: 'x', thresholds, assets: {} }, 'assets: there is no asset'],
    ['a misspelt threshold', { name: 'x', thresholds: { liquidity: 1 }, assets: { a: {} } }, 'Unrecognized key'],
    [
      'a loss above zero',
      { name: 'x', thresholds: { price_impact: 0.04 }, assets: { a: {} } },
      'thresholds.price_impact: a loss is a fraction, -1 to 0',
    ],
    [
      'a bad case of a list',
      [{ name: 'x', thresholds, assets: { a: { liquidity_usd: -1 } } }],
      "case 1 'x': the figures file is not valid: assets.a.liquidity_usd",
    ],
    [
      'a stranger that qualified',
      { name: 'x', thresholds, assets: { a: {} }, qualified: ['b'] },
      "'b' is not among the assets",
    ],
    [
      'a negative figure that was published',
      { name: 'x', thresholds, assets: { a: {} }, excluded: { b: { stage: 'liquidity', value: -3 } } },
      'bad.json: the figures file is not valid: excluded.b.value: ',
    ],
    ['an asset twice', '{"name": "x", "thresholds": {}, "assets": {"a": {}, "a": {}}}', "'a' occurs twice"],
  ])('refuses %s', async (_, content, message) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    const run = await wicker(['screen', file('bad.json', text), '--json']);
    expect(run.code).toBe(2);
    expect(errorOf(run).message).toContain(message);
  });
});

describe('wicker report', () => {
  it('says in JSON who is in, who is out and why, with sources, dates and the hash', async () => {
    const report = jsonOf(await wicker(['report', UNIVERSE, ...PDI, '--json']));
    expect(report.hash).toMatch(HASH);
    expect(report.included).toHaveLength(16);
    expect(report.included[0]).toEqual({ id: 'uniswap', symbol: 'UNI', weight: '0.300000000000000000' });
    expect(report.excluded[0]).toMatchObject({
      ...{ id: 'curve-dao-token', rule: 'supply', value: '0.244762', threshold: '0.3' },
      source: { id: 'calculation', date: '2023-04-26' },
    });
    expect(report.assets).toHaveLength(23);
    expect(report.assets[0].figures).toMatchObject({ priceUsd: '5.55' });
    expect(report.attestations[0].source).toMatchObject({ id: 'list', date: '2023-05' });
    expect(report.calendar).toEqual({ determined: '2023-04-26', rebalanced: '2023-05-01' });
  });

  it('writes one page that needs nothing but itself, the same for the same inputs', async () => {
    const [one, two] = [join(folder, 'deep/one.html'), join(folder, 'two.html')];
    for (const out of [one, two]) {
      const { stdout } = await wicker(['report', UNIVERSE, ...PDI, '--out', out]);
      expect(stdout).toMatch(
        /^pdi-2023-05 by pdi: 16 in the index, 7 left out\nhash {2}0x[0-9a-f]{64}\npage {2}.*html\n$/,
      );
    }
    const page = readFileSync(one, 'utf8');
    expect(page).toBe(readFileSync(two, 'utf8'));
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
    for (const text of ['0.244762', '&gt; 0.3', '0.163415403792436543', 'no-rebase', 'list, 2023-05']) {
      expect(page).toContain(text);
    }
  });

  it('says who attested a fact that keeps an asset out, or that nobody did', async () => {
    const universe = JSON.parse(readFileSync(UNIVERSE, 'utf8'));
    universe.attestations[0].assets = universe.attestations[0].assets.filter(
      (id: string) => !['aave', 'sushi'].includes(id),
    );
    universe.attestations.push({ source: 'list', holds: false, rules: ['liquidity'], assets: ['aave'] });
    const { excluded } = jsonOf(await wicker(['report', file('u.json', universe), ...PDI, '--json']));
    const of = (id: string) => excluded.find((one: { id: string }) => one.id === id);
    expect(of('aave')).toMatchObject({ rule: 'liquidity', value: 'no', source: { id: 'list' } });
    expect(of('sushi')).toMatchObject({ rule: 'liquidity', value: 'unattested' });
    expect(of('sushi').source).toBeUndefined();
  });

  it('shows terms, the yields that follow from them, and figures that have a source of their own', async () => {
    const term = { underlying: 'ethereum', maturity: '2025-01-30' };
    const own = { priceUsd: 1600, term, sources: { term: 'issuer' } };
    const late = { ...own, priceUsd: 2001, sources: { ...own.sources, priceUsd: 'issuer' } };
    const asset = (id: string, figures: object) => ({
      ...{ id, symbol: id, decimals: 18, figures: { source: 'feed', marketCapUsd: 1e6, ...figures } },
    });
    const date = '2024-01-31';
    const universe = file('terms.json', {
      ...{ id: 'terms', title: 'Terms', date, priceImpactTradeUsd: 100_000, attestations: [] },
      sources: { feed: { title: 'A feed', date }, issuer: { title: 'The issuer', date: '2023-12' } },
      assets: [asset('ethereum', { priceUsd: 2000 }), asset('year', own), asset('late', late)],
    });
    const screening = { category: null, supply: null, liquidity: null, liquidityHistory: null, priceImpact: null };
    const methodology = file('terms.jsonc', {
      ...{ format: 1, id: 'terms', title: 'Terms', screening: { ...screening, priceHistory: null, attested: [] } },
      ...{ weights: { by: 'net-yield', cap: 1, floor: 0 }, calendar: { schedule: 'monthly' } },
      costs: { poolFeeBps: 0, gasUsdPerTrade: 0, managementFee: 0 },
      fixedTerm: { underlying: 'ethereum', rollDaysBefore: 7 },
    });
    const args = ['report', universe, '--methodology', methodology];
    const { included, excluded, assets } = jsonOf(await wicker([...args, '--json']));
    expect(included).toMatchObject([{ id: 'year', weight: '1.000000000000000000' }]);
    expect(excluded).toMatchObject([
      { id: 'ethereum', rule: 'term', value: 'none', threshold: 'ethereum', source: { id: 'feed' } },
      { id: 'late', rule: 'net-yield', value: '0', threshold: '0', source: { id: 'issuer' } },
    ]);
    expect(assets[1]).toMatchObject({
      figures: { netYield: '0.25', underlying: 'ethereum', maturity: '2025-01-30' },
      otherSources: { term: { id: 'issuer', date: '2023-12' } },
    });
    const out = join(folder, 'terms.html');
    expect((await wicker([...args, '--out', out])).code).toBe(0);
    const page = readFileSync(out, 'utf8');
    for (const text of ['principal of', '2025-01-30', '25.00', 'matures: issuer, 2023-12'])
      expect(page).toContain(text);
  });

  it('has every parameter, also those in lists, and obeys no name of a file', async () => {
    const methodology = readFileSync(join(DATA, 'methodologies/pdi.jsonc'), 'utf8').replace(
      '"by":',
      '"splits": [{ "asset": "aave", "into": "staked", "shares": [{ "from": "2023-01", "share": 0.2 }] }], "by":',
    );
    const universe = readFileSync(UNIVERSE, 'utf8').replace('"UNI"', '"</td><script>alert(1)</script>"');
    const out = join(folder, 'splits.html');
    const args = [file('named.json', universe), '--methodology', file('splits.jsonc', methodology), '--out', out];
    expect((await wicker(['report', ...args])).stderr).toBe('');
    const page = readFileSync(out, 'utf8');
    expect(page).not.toContain('[object Object]');
    expect(page).toMatch(/weights\.splits\[0\]\.shares\[0\]\.share<\/th><td[^>]*>0\.2</);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;/td&gt;&lt;script&gt;');
  });

  it('refuses half a character, which no hash can count', async () => {
    const universe = file('half.json', readFileSync(UNIVERSE, 'utf8').replace('"UNI"', String.raw`"\ud83d"`));
    expect(errorOf(await wicker(['report', universe, ...PDI, '--json']))).toMatchObject({
      code: 'INVALID_JSON',
      message: expect.stringContaining(String.raw`half.json: "\ud83d" has half of a surrogate pair`),
    });
  });

  it('says where it could not write', async () => {
    const run = await wicker(['report', UNIVERSE, ...PDI, '--out', join(UNIVERSE, 'x.html'), '--json']);
    expect([run.code, errorOf(run).code]).toEqual([1, 'UNWRITABLE_FILE']);
  });
});

describe('wicker weigh of a universe, and verify', () => {
  const verify = (...args: string[]): Promise<Run> => wicker(['verify', ...args, '--json']);
  const propose = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await wicker(['weigh', UNIVERSE, ...PDI, '--propose', path]);
    return path;
  };

  it('gives weights, days and hash, and a file that verifies', async () => {
    const path = join(folder, 'proposal.json');
    const answer = jsonOf(await wicker(['weigh', UNIVERSE, ...PDI, '--propose', path, '--json']));
    expect(answer).toMatchObject({ calendar: { determined: '2023-04-26', rebalanced: '2023-05-01' } });
    expect(Object.keys(answer.weights)).toHaveLength(16);
    const verified = jsonOf(await verify(UNIVERSE, ...PDI, '--proposal', path));
    expect(verified.hash).toBe(answer.hash);
    expect(verified.comparisons).toEqual([{ with: path, same: true, hash: answer.hash, inputs: [], weights: [] }]);
  });

  it('prints the weights and writes nothing that was not asked for', async () => {
    const { stdout } = await wicker(['weigh', UNIVERSE, ...PDI]);
    expect(stdout).toMatch(/^asset +weight\n[─ ]+\nuniswap +0\.300000000000000000\n[\s\S]+\nhash {2}0x[0-9a-f]{64}\n$/);
  });

  it('names the asset and the field that differ, and the weights', async () => {
    const path = await propose('p1.json');
    const text = readFileSync(UNIVERSE, 'utf8').replace('"priceImpact": 0.003893', '"priceImpact": 0.05');
    const run = await verify(file('other.json', text), ...PDI, '--proposal', path);
    expect([run.code, run.stderr]).toEqual([1, '']);
    const [{ same, inputs, weights }] = JSON.parse(run.stdout).comparisons;
    expect(same).toBe(false);
    expect(inputs).toEqual([
      { input: 'universe.assets.uniswap.figures.priceImpact', proposed: '0.003893', found: '0.05' },
    ]);
    expect(weights).toContainEqual({
      ...{ id: 'uniswap', proposed: '0.300000000000000000', computed: '0.000000000000000000' },
    });
    const people = await wicker(['verify', join(folder, 'other.json'), ...PDI, '--proposal', path]);
    expect(people.code).toBe(1);
    expect(people.stdout).toMatch(/p1\.json: DIFFERENT; its hash is 0x/);
    expect(people.stdout).toMatch(/\nuniverse\.assets\.uniswap\.figures\.priceImpact +0\.003893 +0\.05\n/);
  });

  it('is not taken in by weights that do not follow from the inputs', async () => {
    const path = await propose('p2.json');
    const proposal = JSON.parse(readFileSync(path, 'utf8'));
    const { uniswap, aave } = proposal.weights;
    proposal.weights = { ...proposal.weights, uniswap: aave, aave: uniswap };
    const run = await verify(UNIVERSE, ...PDI, '--proposal', file('swapped.json', proposal));
    expect(run.code).toBe(1);
    const [{ same, inputs, weights }] = JSON.parse(run.stdout).comparisons;
    expect([same, inputs]).toEqual([false, []]);
    expect(weights.map(({ id }: { id: string }) => id)).toEqual(['uniswap', 'aave']);
  });

  it('lets no such weights on a chain', async () => {
    const proposal = JSON.parse(readFileSync(await propose('p4.json'), 'utf8'));
    const { uniswap, aave } = proposal.weights;
    proposal.weights = { ...proposal.weights, uniswap: aave, aave: uniswap };
    const swapped = file('swapped.json', proposal);
    const nothing = file('index.json', '{}');
    for (const args of [
      ['reweigh', 'WDI'],
      ['create', nothing],
    ]) {
      const run = await wicker(['index', ...args, '--proposal', swapped, '--as', 'manager', '--json']);
      expect([run.code, errorOf(run).code]).toEqual([2, 'INVALID_FILE']);
      expect(errorOf(run).message).toContain(
        `swapped.json: the proposal file is not valid: weights.uniswap: is ${aave}`,
      );
    }
  });

  it('finds days that do not follow from the inputs', async () => {
    const proposal = JSON.parse(readFileSync(await propose('p5.json'), 'utf8'));
    proposal.calendar.rebalanced = '2023-06-01';
    const run = await verify(UNIVERSE, ...PDI, '--proposal', file('late.json', proposal));
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout).comparisons).toMatchObject([
      { same: false, inputs: [{ input: 'calendar.rebalanced', proposed: '2023-06-01', found: '2023-05-01' }] },
    ]);
  });

  it('does not mind the order of assets, comments, and how numbers are written', async () => {
    const path = await propose('p3.json');
    const universe = JSON.parse(readFileSync(UNIVERSE, 'utf8'));
    universe.assets.reverse();
    const { figures } = universe.assets.at(-1);
    figures.priceUsd = `${figures.priceUsd}0`;
    const methodology = readFileSync(join(DATA, 'methodologies/pdi.jsonc'), 'utf8').replace(
      '0.005',
      '5e-3 /* half a percent */',
    );
    const args = [file('shuffled.json', universe), '--methodology', file('m.jsonc', methodology), '--proposal', path];
    expect(jsonOf(await verify(...args)).comparisons).toMatchObject([{ same: true, inputs: [], weights: [] }]);
  });

  it.each<[string, string[]]>([
    ['--propose of bare market caps', ['weigh', UNIVERSE, '--propose', 'x.json']],
    ['a cap beside a methodology', ['weigh', UNIVERSE, ...PDI, '--cap', '0.3']],
  ])('refuses %s', async (_, args) => {
    const run = await wicker([...args, '--json']);
    expect([run.code, errorOf(run).code]).toEqual([2, 'USAGE']);
    expect(existsSync('x.json')).toBe(false);
  });

  it('refuses a file that is no proposal, by its line', async () => {
    const run = await verify(UNIVERSE, ...PDI, '--proposal', file('none.json', '{\n  "format": 2\n}'));
    expect(run.code).toBe(2);
    expect(errorOf(run).message).toMatch(/none\.json: the proposal file is not valid: line 2: format: /);
  });
});
