import {
  type Attestation,
  type Decision,
  type DocumentedUniverse,
  determine,
  type FigureName,
  figureSource,
  formatDecimal,
  formatFixed,
  type Inputs,
  type Json,
  type Proposal,
  propose,
  type UniverseAsset,
  withYieldsToMaturity,
} from '@wicker/core';

/** Where a fact comes from. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly date: string;
}

/** The figures of an asset as exact decimals, by their name in the universe file. */
export type FigureTexts = Readonly<Record<string, string>>;

export interface ReportedAsset {
  readonly id: string;
  readonly symbol: string;
  /** Of the figures. */
  readonly source: Source;
  /** Of the figures that come from elsewhere. */
  readonly otherSources: Readonly<Partial<Record<FigureName, Source>>>;
  readonly figures: FigureTexts;
}

export interface IncludedAsset {
  readonly id: string;
  readonly symbol: string;
  /** {1} with 18 decimals */
  readonly weight: string;
}

export interface ExcludedAsset extends Decision {
  readonly symbol: string;
  /** Of the fact that decided; none for a fact that nobody attested. */
  readonly source: Source | undefined;
}

/** What a methodology decides on a universe, with everything that is behind it. */
export interface DecisionReport extends Pick<Proposal, 'hash' | 'calendar'> {
  readonly universe: Proposal['universe'] & { readonly title: string; readonly date: string };
  readonly methodology: Proposal['methodology'] & { readonly title: string; readonly parameters: Json };
  readonly members: readonly string[];
  /** Heaviest first. */
  readonly included: readonly IncludedAsset[];
  readonly excluded: readonly ExcludedAsset[];
  readonly assets: readonly ReportedAsset[];
  readonly attestations: readonly (Omit<Attestation, 'source'> & { readonly source: Source })[];
  readonly sources: readonly Source[];
}

const sourceIn = ({ sources }: DocumentedUniverse, id: string): Source => ({
  ...{ id, title: id, date: '' },
  ...(Object.hasOwn(sources, id) ? sources[id] : {}),
});

/** The figures that rules measure. */
const MEASURED: Partial<Record<Decision['rule'], FigureName>> = {
  supply: 'circulatingSupply',
  liquidity: 'liquidityUsd',
  'price-impact': 'priceImpact',
  'liquidity-history': 'liquidityDays',
  'price-history': 'priceDays',
  term: 'term',
  maturity: 'term',
  'market-cap': 'marketCapUsd',
  rank: 'marketCapUsd',
  'net-yield': 'netYield',
};

/** Figures decide, unless nobody measured: then an attestation does, or the lack of one. A yield may follow from the price of a term. */
const sourceOf = (universe: DocumentedUniverse, { id, rule, value }: Decision): Source | undefined => {
  if (value === 'unattested') return undefined;
  if (value === 'no') {
    const said = universe.attestations.find(
      ({ assets, rules }) => assets.includes(id) && rules.some((r) => r === rule),
    );
    return said && sourceIn(universe, said.source);
  }
  const asset = universe.assets.find((one) => one.id === id);
  const isFollowing = rule === 'net-yield' && asset?.figures.netYield === undefined;
  const figure = isFollowing && asset?.figures.priceUsd ? 'priceUsd' : MEASURED[rule];
  return asset && sourceIn(universe, figure === undefined ? asset.figures.source : figureSource(asset, figure));
};

const figureTexts = ({ source: _, sources: __, term, ...figures }: UniverseAsset['figures']): FigureTexts => ({
  ...Object.fromEntries(
    Object.entries(figures).flatMap(([name, figure]) =>
      figure === undefined ? [] : [[name, typeof figure === 'number' ? String(figure) : formatDecimal(figure)]],
    ),
  ),
  ...term,
});

const otherSourcesOf = (universe: DocumentedUniverse, { figures }: UniverseAsset): ReportedAsset['otherSources'] =>
  Object.fromEntries(Object.entries(figures.sources ?? {}).map(([name, id]) => [name, sourceIn(universe, id)]));

/**
 * Every asset of a universe with its weight or with the rule, value and threshold that keep it out, the facts and their sources, and the
 * hash of the inputs (docs/rules.md 4.1).
 *
 * @throws as `determine`
 */
export const decisionReport = (inputs: Inputs): DecisionReport => {
  const { universe, methodology, members } = inputs;
  const { hash, calendar, ...proposal } = propose(inputs);
  const { weights, excluded } = determine(universe, methodology, new Set(members));
  const symbols = new Map(universe.assets.map(({ id, symbol }) => [id, symbol]));
  // A split may give weight to an asset that the universe does not have.
  const symbolOf = (id: string): string => symbols.get(id) ?? id;
  return {
    ...{ hash, calendar, members },
    universe: { ...proposal.universe, title: universe.title, date: universe.date },
    methodology: {
      ...proposal.methodology,
      ...{ title: methodology.title, parameters: proposal.inputs.methodology },
    },
    included: [...weights].map(([id, weight]) => ({ id, symbol: symbolOf(id), weight: formatFixed(weight, 18) })),
    excluded: excluded.map((decision) => ({
      ...decision,
      ...{ symbol: symbolOf(decision.id), source: sourceOf(universe, decision) },
    })),
    assets: withYieldsToMaturity(universe, methodology).map((asset) => ({
      ...{ id: asset.id, symbol: asset.symbol, source: sourceIn(universe, asset.figures.source) },
      ...{ otherSources: otherSourcesOf(universe, asset), figures: figureTexts(asset.figures) },
    })),
    attestations: universe.attestations.map((one) => ({ ...one, source: sourceIn(universe, one.source) })),
    sources: Object.keys(universe.sources).map((id) => sourceIn(universe, id)),
  };
};
