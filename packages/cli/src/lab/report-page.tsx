import { comparisonOf, type Json } from '@wicker/core';
import { BarChart, Collapsed, decimal, Facts, grouped, percent, renderPage, Table } from '@wicker/report';
import type { DecisionReport, FigureTexts, ReportedAsset, Source } from './decision-report.ts';

type FigureColumn = readonly [name: string, heading: string, write: (text: string) => string];

const whole = (text: string): string => decimal(Number(text), 0);
const share = (text: string): string => percent(Number(text), 2);

/** The figures that an asset can have, with what their columns are called and how they are written; no table too wide for paper. */
const FIGURES: readonly (readonly [caption: string, columns: readonly FigureColumn[]])[] = [
  [
    'Size and yield',
    [
      ['marketCapUsd', 'market cap, USD', whole],
      ['priceUsd', 'price, USD', (text) => exact(text)],
      ['netYield', 'net yield a year', share],
      ['underlying', 'principal of', (text) => text],
      ['maturity', 'matures', (text) => text],
    ],
  ],
  [
    'Supply in tokens',
    [
      ['circulatingSupply', 'circulating', whole],
      ['totalSupply', 'total', whole],
      ['maxSupply', 'most there can be', whole],
    ],
  ],
  [
    'Market',
    [
      ['liquidityUsd', 'liquidity, USD', whole],
      ['liquidityDays', 'days of it', (text) => exact(text)],
      ['priceImpact', 'price impact', share],
      ['priceDays', 'days of prices', (text) => exact(text)],
    ],
  ],
];

/** A decimal as it is, its whole part in groups. */
const exact = (text: string): string => {
  const [whole = '', part] = text.split('.');
  return part === undefined ? grouped(whole) : `${grouped(whole)}.${part}`;
};

const sourceText = ({ id, date }: Source): string => `${id}, ${date}`;

/** The source of the figures, and those of single ones of these columns that come from elsewhere. */
const sourcesText = ({ source, otherSources }: ReportedAsset, columns: readonly FigureColumn[]): string => {
  const others = Object.entries(otherSources).flatMap(([name, other]) => {
    const heading = columns.find(([column]) => column === (name === 'term' ? 'maturity' : name))?.[1];
    return heading === undefined ? [] : [`${heading}: ${sourceText(other)}`];
  });
  return [sourceText(source), ...others].join('; ');
};

const figureRow = (columns: readonly FigureColumn[], figures: FigureTexts): string[] =>
  columns.map(([name, , write]) => (figures[name] === undefined ? '' : write(figures[name])));

/** Only figures that some asset has; a source that all have stands above them, and not with each. */
const Figures = ({ assets }: DecisionReport) => {
  return FIGURES.map(([caption, all]) => {
    const columns = all.filter(([name]) => assets.some(({ figures }) => figures[name] !== undefined));
    if (columns.length === 0) return null;
    const [only, ...others] = [...new Set(assets.map((asset) => sourcesText(asset, columns)))];
    const headings = columns.map(([, heading]) => heading);
    const rowOf = (asset: ReportedAsset): string[] => [
      ...(others.length === 0 ? [asset.id] : [asset.id, sourcesText(asset, columns)]),
      ...figureRow(columns, asset.figures),
    ];
    return (
      <Table
        key={caption}
        caption={others.length === 0 ? `${caption}: from ${only}` : caption}
        columns={others.length === 0 ? ['asset', ...headings] : ['asset', 'source, date', ...headings]}
        words={others.length === 0 ? [] : [1]}
        rows={assets.map(rowOf)}
      />
    );
  });
};

const isMembers = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Every parameter by the path to it. */
const parametersOf = (value: Json, path = ''): [string, string][] => {
  if (isList(value) && value.some((one) => typeof one === 'object')) {
    return value.flatMap((one, i) => parametersOf(one, `${path}[${i}]`));
  }
  if (!isMembers(value)) {
    const text = isList(value) ? value.map(String).join(', ') : value === null ? 'not asked' : String(value);
    return [[path, text === '' ? 'none' : text]];
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, 'none']];
  return entries.flatMap(([key, one]) => parametersOf(one, path === '' ? key : `${path}.${key}`));
};

const Hashes = ({ hash, universe, methodology }: DecisionReport) => (
  <section>
    <h2>To check it</h2>
    <p>
      SHA-256 over both files in their canonical form (RFC 8785). Whoever runs <code>wicker verify</code> on the same
      universe and methodology gets the same hash and the same weights.
    </p>
    <Table
      caption="Hashes"
      columns={['of', 'SHA-256']}
      words={[1]}
      rows={[
        ['both', hash],
        [`universe ${universe.id}`, universe.hash],
        [`methodology ${methodology.id}`, methodology.hash],
      ]}
    />
  </section>
);

const Evidence = (report: DecisionReport) => {
  const { attestations, sources, methodology } = report;
  return (
    <section>
      <h2>The facts</h2>
      <Table
        caption="Where they come from"
        columns={['source', 'date', 'what it is']}
        words={[1, 2]}
        rows={sources.map(({ id, date, title }) => [id, date, title])}
      />
      <Figures {...report} />
      <Collapsed title={`What sources attest without a figure: ${attestations.length} attestations`}>
        {attestations.map(({ source, holds, rules, assets: of, note }) => (
          <p key={`${source.id} ${holds} ${rules.join(' ')} ${of.join(' ')}`}>
            <strong>{sourceText(source)}</strong> says of {of.join(', ')} that {rules.join(', ')}{' '}
            {holds ? 'hold' : 'do not hold'}. {note}
          </p>
        ))}
      </Collapsed>
      <Collapsed title="Every parameter of the methodology">
        <Table
          caption={`${methodology.title} (${methodology.id})`}
          columns={['parameter', 'value']}
          words={[1]}
          rows={parametersOf(methodology.parameters)}
        />
      </Collapsed>
    </section>
  );
};

/** The decisions as one HTML page that needs nothing but itself; the same inputs give the same bytes. */
export const reportPage = (report: DecisionReport): string => {
  const { universe, methodology, members, included, excluded, assets, calendar } = report;
  return renderPage({
    title: `${methodology.title}: ${universe.date}`,
    children: (
      <>
        <p>{universe.title}</p>
        <Facts
          of={[
            ['considered', String(assets.length)],
            ['in the index', String(included.length)],
            ['left out', String(excluded.length)],
            ['figures of', universe.date],
            ...(calendar === null
              ? []
              : ([
                  ['determined', calendar.determined],
                  ['rebalanced from', calendar.rebalanced],
                ] as const)),
          ]}
        />
        {members.length > 0 && <p className="quiet">Members before, which zones favour: {members.join(', ')}.</p>}
        <section>
          <h2>In the index</h2>
          <BarChart
            caption="Weight of each asset"
            series={['weight']}
            groups={included.map(({ id, weight }) => ({ name: id, bars: [{ value: Number(weight) }] }))}
            format={(value) => percent(value, 2)}
          />
          <Table
            caption="Weights; they sum to exactly 1"
            columns={['asset', 'symbol', 'weight']}
            words={[1]}
            rows={included.map(({ id, symbol, weight }) => [id, symbol, weight])}
          />
        </section>
        <section>
          <h2>Left out</h2>
          {excluded.length === 0 ? (
            <p>Nothing: every asset that was considered is in the index.</p>
          ) : (
            <Table
              caption="The first rule that an asset fails decides"
              columns={['asset', 'symbol', 'rule', 'source, date', 'found', 'wanted']}
              words={[1, 2, 3]}
              rows={excluded.map(({ id, symbol, rule, value, threshold, source }) => [
                id,
                symbol,
                rule,
                source === undefined ? 'none' : sourceText(source),
                value,
                `${comparisonOf(rule)} ${threshold}`,
              ])}
            />
          )}
        </section>
        <Evidence {...report} />
        <Hashes {...report} />
      </>
    ),
  });
};
