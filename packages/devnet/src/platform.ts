import { assetListAbi, type PlatformAddresses } from '@wicker/sdk';
import {
  type Abi,
  type Address,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  toFunctionSelector,
} from 'viem';
import { artifact } from './artifacts.ts';
import { type DevClient, jump } from './chain.ts';
import { DevnetError } from './errors.ts';
import type { Feed } from './feeds.ts';
import { type Market, moveMarket } from './market.ts';
import { type Call, deployAll, sendAll } from './send.ts';
import { mintTokens } from './tokens.ts';

/** Role numbers of contracts/src/access/Roles.sol. */
const LISTER = 1n;
const FEES = 2n;
const WATCHMAN = 3n;

/** {s} between the two calls of a listing (docs/rules.md 2) */
const LISTING_DELAY = 86_400n;
/** {tok} what a listing leaves as a probe */
const PROBE = 1_000_000n;

/** Who holds which role on a deployment. */
export interface PlatformRoles {
  /** Deploys; may be anybody, and has no right afterwards. */
  readonly deployer: Address;
  /** Acts after 7 days' notice only. */
  readonly admin: Address;
  readonly lister: Address;
  readonly fees: Address;
  readonly watchman: Address;
  /** Gets the platform's part of all fees. */
  readonly treasury: Address;
}

export interface DeployPlatformParameters extends PlatformRoles {
  /** {bps} of every index's fees */
  readonly platformBps: number;
}

const creation = (name: string, args: readonly unknown[]) => {
  const { abi, bytecode } = artifact(name);
  return encodeDeployData({ abi: abi as Abi, bytecode, args: [...args] });
};

const sourceOf = ({ proxy, heartbeat, deviationBps }: Feed) => ({
  feed: proxy,
  heartbeat: Number(heartbeat),
  qBps: Number(deviationBps),
});

/**
 * Deploys the platform on a market. Every contract names the others from its first block: their addresses follow from the
 * deployer's nonce. No account ever has an undelayed right over anything that could move holdings.
 */
export const deployPlatform = async (
  client: DevClient,
  market: Market,
  { deployer, admin, lister, fees, watchman, treasury, platformBps }: DeployPlatformParameters,
): Promise<PlatformAddresses> => {
  const first = await client.getTransactionCount({ address: deployer, blockTag: 'pending' });
  const at = (i: number): Address => getContractAddress({ from: deployer, nonce: BigInt(first + i) });
  const [authority, priceFeed, assetList, vault, rebalancer, managed, factory, router] = [0, 1, 2, 3, 4, 5, 6, 7].map(
    at,
  );
  const [baseFeed, ...assetFeeds] = market.feeds;
  if (!authority || !priceFeed || !assetList || !vault || !rebalancer || !managed || !factory || !router || !baseFeed) {
    throw new DevnetError('NO_MARKET', 'the market has no base', 'open a market first');
  }
  const tokenOf = new Map(market.tokens.map(({ id, address }) => [id, address]));
  const selectors = (...signatures: readonly string[]) => signatures.map((signature) => toFunctionSelector(signature));
  const deployed = await deployAll(client, deployer, [
    creation('Authority', [
      admin,
      [
        { role: LISTER, account: lister, delay: 0 },
        { role: FEES, account: fees, delay: 0 },
        { role: WATCHMAN, account: watchman, delay: 0 },
      ],
      [
        {
          target: assetList,
          selectors: selectors('propose(address,uint256)', 'confirm(address,string)', 'delist(address)'),
          role: LISTER,
        },
        { target: vault, selectors: selectors('setPayoutGas(address,uint256)'), role: LISTER },
        { target: factory, selectors: selectors('setPlatform((address,uint16))'), role: FEES },
      ],
    ]),
    creation('PriceFeed', [
      authority,
      market.base.address,
      sourceOf(baseFeed),
      '0x0000000000000000000000000000000000000000',
      assetFeeds.map((feed) => ({ asset: tokenOf.get(feed.id), path: [sourceOf(feed)] })),
    ]),
    creation('AssetList', [authority, priceFeed]),
    creation('Vault', [authority, rebalancer, factory]),
    creation('Rebalancer', [authority, vault, priceFeed, assetList, market.pools.map(({ pair }) => pair)]),
    creation('Managed', [vault, priceFeed, assetList]),
    creation('IndexFactory', [
      authority,
      vault,
      priceFeed,
      assetList,
      { recipient: treasury, bps: platformBps },
      [managed],
    ]),
    creation('Router', [vault, market.base.address]),
  ]);
  if (deployed.some((address, i) => address.toLowerCase() !== at(i).toLowerCase())) {
    throw new DevnetError('NONCE_MOVED', 'the deployer sent something else meanwhile', 'use an account of its own');
  }
  return { authority, priceFeed, assetList, vault, rebalancer, managed, factory, router, base: market.base.address };
};

/** Lists assets: a probe, a day's wait, the second call (docs/rules.md 2). Moves the chain's clock by that day. */
export const listAssets = async (
  client: DevClient,
  market: Market,
  { assetList }: PlatformAddresses,
  lister: Address,
  assets: readonly Address[],
): Promise<void> => {
  await mintTokens(
    client,
    assets.map((token) => ({ token, to: lister, amount: PROBE })),
  );
  const call = (to: Address, data: Call['data']): Call => ({ to, data });
  await sendAll(
    client,
    lister,
    assets.flatMap((asset) => [
      call(
        asset,
        encodeFunctionData({ abi: artifact('DevToken').abi, functionName: 'approve', args: [assetList, PROBE] }),
      ),
      call(assetList, encodeFunctionData({ abi: assetListAbi, functionName: 'propose', args: [asset, PROBE] })),
    ]),
  );
  await jump(client, LISTING_DELAY);
  await moveMarket(client, market);
  const attestation = 'devnet token: a plain ERC-20 without rebase';
  await sendAll(
    client,
    lister,
    assets.map((asset) =>
      call(assetList, encodeFunctionData({ abi: assetListAbi, functionName: 'confirm', args: [asset, attestation] })),
    ),
  );
};
