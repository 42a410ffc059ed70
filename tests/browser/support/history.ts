import type { DailyTable } from '@wicker/data';
import { type AssetSeries, tableOf } from '../../../packages/backtest/src/table.fixture.ts';
import { normals, stream } from '../../../packages/simulate/src/random.ts';

/** {USD} market caps on the first day; ids are as long as real ones. */
const ASSETS = {
  uniswap: 4.2e9,
  aave: 3.1e9,
  maker: 2.4e9,
  'the-graph': 1.9e9,
  'synthetix-network-token': 1.5e9,
  'compound-governance-token': 1.2e9,
  sushi: 0.9e9,
  'yearn-finance': 0.8e9,
  'republic-protocol': 0.6e9,
  loopring: 0.5e9,
  balancer: 0.4e9,
  'enzyme-finance': 0.2e9,
  'basic-attention-token': 0.15e9,
  ethereum: 90e9,
} as const;

const FIRST = '2020-11-01';
/** Long enough for three years of monthly returns. */
const DAYS = 1_160;
/** {1} a day */
const [VOLATILITY, DRIFT] = [0.045, 0.0009];

const PRICE_AT_FIRST = 10;
/** Days without prices, from and to; one of them is the end of an asset. */
const HOLES: Readonly<Record<string, readonly [from: number, to: number]>> = {
  uniswap: [300, 304],
  'the-graph': [420, 423],
  sushi: [700, DAYS],
};

const seriesOf = (id: string, cap: number, market: readonly number[]): AssetSeries => {
  const own = normals(stream(1, id));
  let value = PRICE_AT_FIRST;
  const prices = market.map((common) => {
    // Two thirds of the variance are the market's.
    value *= Math.exp(VOLATILITY * (common * 0.8 + own() * 0.6) + DRIFT - VOLATILITY ** 2 / 2);
    return value;
  });
  const [from, to] = HOLES[id] ?? [DAYS, DAYS];
  const price = (day: number): number | undefined => (day >= from && day < to ? undefined : prices[day]);
  const supply = cap / PRICE_AT_FIRST;
  return {
    price,
    marketCap: (day) => (price(day) ?? Number.NaN) * supply,
    circulatingSupply: () => supply,
    // Four of five AAVE are locked on the first day, and less every day.
    totalSupply: (day) => supply * (id === 'aave' ? 1.2 + (3.8 * (DAYS - day)) / DAYS : 1.5),
    liquidity: () => cap / 100,
  };
};

/** Years of made-up days, with gaps and an asset that ends: the same every time. */
export const history = (): DailyTable => {
  const common = normals(stream(1, 'market'));
  const market = Array.from({ length: DAYS }, () => common());
  return tableOf(
    FIRST,
    DAYS,
    Object.fromEntries(Object.entries(ASSETS).map(([id, cap]) => [id, seriesOf(id, cap, market)])),
  );
};
