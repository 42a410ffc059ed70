import { type Day, formatFixed, InputError, parseUniverse } from '@wicker/core';
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
  { id, title, priceImpactTradeUsd, sources, attestations, assets }: AttestFile,
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
      },
    })),
  };
  parseUniverse(JSON.parse(JSON.stringify(file)));
  return file;
};

const listings = (facts: readonly AssetFacts[]): unknown[] =>
  [true, false].flatMap((holds) => {
    const assets = facts.flatMap(({ market, isListed }) => (isListed === holds ? [market.id] : []));
    return assets.length === 0 ? [] : [{ source: 'defillama', rules: ['defillama'], holds, assets }];
  });
