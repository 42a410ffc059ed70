import {
  artifact,
  type Chain,
  deployAll,
  deployFeeds,
  deployTokens,
  type Feed,
  jump,
  MARKET_ACCOUNT,
  sendAll,
  startChain,
  type Token,
  updateFeeds,
} from '@wicker/devnet';
import { priceFeedAbi } from '@wicker/sdk';
import { type Address, encodeDeployData, encodeFunctionData, zeroAddress } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** UQ112 (docs/rules.md 5) */
const ONE = 1n << 112n;
/** {USD} with the feeds' 8 decimals */
const USD = 10n ** 8n;
const HEARTBEAT = 3_600n;
const ASSETS = 20;

const STATUS = { DEAD: 0n, LIVE: 1n, FROZEN: 2n };
const statusOf = (quote: bigint): bigint => (quote >> 144n) & 3n;
const priceOf = (quote: bigint): bigint => quote & ((1n << 128n) - 1n);
const qBpsOf = (quote: bigint): bigint => (quote >> 128n) & 0xffffn;

/** What a transaction that prices so many assets may cost: 16.9 k an asset with feeds of two contracts, all slots cold. */
const MAX_GAS_PER_ASSET = 17_400n;

describe('the price feed on feeds of two contracts', () => {
  let chain: Chain;
  let tokens: Token[];
  let feeds: Feed[];
  let priceFeed: Address;

  const quotes = (assets: readonly Address[]): Promise<readonly bigint[]> =>
    chain.client.readContract({ address: priceFeed, abi: priceFeedAbi, functionName: 'quotes', args: [assets] });
  const addresses = (from: number, to: number): Address[] => tokens.slice(from, to).map(({ address }) => address);
  const gasOf = async (functionName: 'quotes' | 'refreshed', assets: readonly Address[]): Promise<bigint> => {
    const data = encodeFunctionData({ abi: priceFeedAbi, functionName, args: [assets] });
    const [receipt] = await sendAll(chain.client, MARKET_ACCOUNT, [{ to: priceFeed, data }]);
    return receipt?.gasUsed ?? 0n;
  };

  beforeAll(async () => {
    chain = await startChain();
    const ids = ['usdc', 'link', ...Array.from({ length: ASSETS - 1 }, (_, i) => `filler-${i}`)];
    tokens = await deployTokens(
      chain.client,
      ids.map((id, i) => ({ id, name: id, symbol: id, decimals: i === 0 ? 6 : 18 })),
    );
    feeds = await deployFeeds(
      chain.client,
      ids.map((id, i) => ({
        ...{ id, description: `${id} / USD`, answer: i === 0 ? USD : 10n * USD },
        ...{ heartbeat: i === 0 ? 86_400n : HEARTBEAT, deviationBps: i === 0 ? 1n : 100n },
      })),
    );
    const sources = feeds.map(({ proxy, heartbeat, deviationBps }) => ({
      ...{ feed: proxy, heartbeat: Number(heartbeat), qBps: Number(deviationBps) },
    }));
    const [base, ...others] = sources;
    const authority = artifact('Authority');
    const [authorityAddress] = await deployAll(chain.client, MARKET_ACCOUNT, [
      encodeDeployData({ ...authority, args: [MARKET_ACCOUNT, [], []] }),
    ]);
    const [usdc] = tokens;
    if (base === undefined || usdc === undefined || authorityAddress === undefined) throw new Error('nothing deployed');
    const initial = others.map((source, i) => ({ asset: tokens[i + 1]?.address ?? zeroAddress, path: [source] }));
    const [deployed] = await deployAll(chain.client, MARKET_ACCOUNT, [
      encodeDeployData({
        ...{ abi: priceFeedAbi, bytecode: artifact('PriceFeed').bytecode },
        args: [authorityAddress, usdc.address, base, zeroAddress, initial],
      }),
    ]);
    priceFeed = deployed ?? zeroAddress;
  });
  afterAll(() => chain.stop());

  it('prices the base at exactly 1 and LINK at 10 USDC, with the deviation threshold of its feed', async () => {
    const [base = 0n, link = 0n] = await quotes(addresses(0, 2));
    expect(base).toBe(ONE | (1n << 128n) | (STATUS.LIVE << 144n));
    expect(priceOf(link)).toBe((ONE * 10n * 10n ** 6n) / 10n ** 18n);
    expect(statusOf(link)).toBe(STATUS.LIVE);
    expect(qBpsOf(link)).toBe(100n);
  });

  it('lets 1 USDC buy 0.100020 LINK when USDC is at 1.0002', async () => {
    await updateFeeds(chain.client, feeds, new Map([['usdc', 100_020_000n]]));
    const [, link = 0n] = await quotes(addresses(0, 2));
    expect((10n ** 6n * ONE) / priceOf(link)).toBe(100_020_000_000_000_000n);
    await updateFeeds(chain.client, feeds, new Map([['usdc', USD]]));
  });

  it('refuses an asset without a feed by name', async () => {
    await expect(quotes([zeroAddress])).rejects.toThrow('UnknownAsset');
  });

  it('costs what its feeds cost and little more', async () => {
    const one = await gasOf('quotes', addresses(1, 2));
    const all = await gasOf('quotes', addresses(1, ASSETS + 1));
    expect((all - one) / BigInt(ASSETS - 1)).toBeLessThan(MAX_GAS_PER_ASSET);
  });

  it('freezes a silent feed for a day, then leaves its asset out, until the feed answers again', async () => {
    const link = addresses(1, 2);
    await gasOf('refreshed', link);
    await jump(chain.client, HEARTBEAT + HEARTBEAT / 10n + 60n);
    expect((await quotes(link)).map(statusOf)).toEqual([STATUS.FROZEN]);
    await jump(chain.client, 86_400n);
    expect(await quotes(link)).toEqual([0n]);
    await updateFeeds(chain.client, feeds);
    expect((await quotes(link)).map(statusOf)).toEqual([STATUS.LIVE]);
  });
});
