import { type Day, formatFixed, InputError, InvalidFileError, parseUniverse } from '@wicker/core';
import type { AttestFile } from './attest-file.ts';
import type { AssetFacts } from './facts.ts';

const IMPACT_PLACES = 18;
const CENT_PLACES = 2;

/**
 * A universe file (docs/rules.md 4.1) of what the readers found and what people attest. Its figures are those of `date`; an asset that
 * DefiLlama does not list is attested not to be.
 *
 * @param block of the chain that was read; undefined when none was
 * @returns JSON that `parseUniverse` accepts
 * @throws InputError NO_DECIMALS for assets whose decimals nobody told; InvalidFileError when the attestations do not fit the assets
 */
export const universeFile = (
  { id, title, priceImpactTradeUsd, sources, attestations, figures, assets }: AttestFile,
  facts: readonly AssetFacts[],
  date: Day,
  block: bigint | undefined,
): unknown => {
  const silent = facts.filter(
    ({ market, onChain }) => onChain === undefined && assets[market.id]?.decimals === undefined,
  );
  if (silent.length > 0) {
    const names = silent.map(({ market }) => market.id).join(', ');
    throw new InputError(
      'NO_DECIMALS',
      `nobody told the decimals of ${names}`,
      'Add assets.<id>.decimals to the attestations.',
    );
  }
  const told = toldFigures(figures, facts);
  const pools = block === undefined ? '' : `; liquidity and price impact of pools as of block ${block}`;
  const file = {
    ...{ id, title, date },
    sources: {
      ...sources,
      collected: { title: `CoinGecko API, markets and market charts${pools}`, date },
      defillama: { title: 'DefiLlama API, list of protocols', date },
    },
    priceImpactTradeUsd,
    attestations: [...attestations, ...listings(facts)],
    assets: facts.map(({ market, priceDays, onChain }) => ({
      id: market.id,
      symbol: market.symbol.toUpperCase(),
      decimals: assets[market.id]?.decimals ?? onChain?.decimals,
      categories: assets[market.id]?.categories ?? [],
      figures: {
        source: 'collected',
        marketCapUsd: market.marketCap,
        priceUsd: market.price,
        circulatingSupply: market.circulatingSupply,
        totalSupply: market.totalSupply,
        maxSupply: market.maxSupply,
        priceImpact: onChain?.impact === undefined ? undefined : formatFixed(onChain.impact, IMPACT_PLACES),
        liquidityUsd: onChain === undefined ? undefined : formatFixed(onChain.liquidityCents, CENT_PLACES),
        priceDays,
        ...told.get(market.id),
      },
    })),
  };
  parseUniverse(JSON.parse(JSON.stringify(file)));
  return file;
};

/** The figures that people tell of each asset, with their sources. */
const toldFigures = (
  figures: AttestFile['figures'],
  facts: readonly AssetFacts[],
): ReadonlyMap<string, Readonly<Record<string, unknown>>> => {
  const told = new Map(
    facts.map(({ market }) => [market.id, { sources: new Map<string, string>(), figures: new Map<string, unknown>() }]),
  );
  const problems: string[] = [];
  for (const [i, { source, assets }] of figures.entries()) {
    for (const [id, values] of Object.entries(assets)) {
      const asset = told.get(id);
      if (asset === undefined) {
        problems.push(`figures[${i}].assets: '${id}' is not among the assets`);
        continue;
      }
      for (const [name, value] of Object.entries(values)) {
        if (asset.sources.has(name)) {
          problems.push(`figures[${i}].assets: '${name}' of '${id}' is told twice`);
        }
        asset.sources.set(name, source);
        asset.figures.set(name, value);
      }
    }
  }
  if (problems.length > 0) throw new InvalidFileError('attestation', problems);
  return new Map(
    [...told].map(([id, { sources, figures }]) => [
      id,
      sources.size === 0 ? {} : { ...Object.fromEntries(figures), sources: Object.fromEntries(sources) },
    ]),
  );
};

const listings = (facts: readonly AssetFacts[]): unknown[] =>
  [true, false].flatMap((holds) => {
    const assets = facts.flatMap(({ market, isListed }) => (isListed === holds ? [market.id] : []));
    return assets.length === 0 ? [] : [{ source: 'defillama', rules: ['defillama'], holds, assets }];
  });
