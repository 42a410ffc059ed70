import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Determination,
  determine,
  formatDecimal,
  InvalidFileError,
  parseMethodologyText,
  parseUniverseText,
  type UniverseAsset,
} from '@wicker/core';

/** An asset of the index with the figures that a market needs. */
export interface WeighedAsset {
  readonly id: string;
  readonly symbol: string;
  readonly decimals: number;
  /** {1e18} */
  readonly weight: bigint;
  /** {USD/tok} */
  readonly priceUsd: number;
  /** {1} of a trade of 100 000 USD */
  readonly priceImpact: number;
}

/** What the methodology makes of the shipped universe. */
export interface Fund {
  readonly universe: string;
  readonly methodology: string;
  readonly determination: Determination;
  /** Heaviest first. */
  readonly assets: readonly WeighedAsset[];
}

const DATA = new URL('../../../../data/', import.meta.url);

const readData = (file: string): string => readFileSync(fileURLToPath(new URL(file, DATA)), 'utf8');

const weighed = ({ id, symbol, decimals, figures }: UniverseAsset, weight: bigint): WeighedAsset => {
  const { priceUsd, priceImpact } = figures;
  if (priceUsd === undefined || priceImpact === undefined) {
    throw new InvalidFileError('universe', [
      `'${id}' needs priceUsd and priceImpact: the devnet opens a market for it`,
    ]);
  }
  const [price, impact] = [Number(formatDecimal(priceUsd)), Number(formatDecimal(priceImpact))];
  return { id, symbol, decimals, weight, priceUsd: price, priceImpact: impact };
};

/** Reads the universe and the methodology that ship with the project, and weighs the one by the other. */
export const readFund = (): Fund => {
  const universe = parseUniverseText(readData('universes/pdi-2023-05.json'));
  const methodology = parseMethodologyText(readData('methodologies/pdi.jsonc'));
  const determination = determine(universe, methodology);
  const assets = [...determination.weights].flatMap(([id, weight]) =>
    universe.assets.filter((asset) => asset.id === id).map((asset) => weighed(asset, weight)),
  );
  return { universe: universe.id, methodology: methodology.id, determination, assets };
};
