// GET /config.json: what the page has to know before its first call. Served by whoever serves the page.
import { type Address, getAddress, isAddress } from 'viem';
import * as z from 'zod';

/** As the chain's own answers are written, so that addresses can be compared. */
const address = z
  .custom<Address>((value) => typeof value === 'string' && isAddress(value, { strict: false }))
  .transform((value) => getAddress(value));

const token = z.object({
  /** What people call it, for example `uniswap`. */
  id: z.string(),
  symbol: z.string(),
  decimals: z.int().nonnegative(),
  address,
});

export const configSchema = z.object({
  chainId: z.int().positive(),
  chainName: z.string(),
  /** Of the chain's JSON-RPC; may be relative to the page. */
  rpc: z.string(),
  platform: z.object({
    ...{ authority: address, priceFeed: address, assetList: address, vault: address, rebalancer: address },
    ...{ managed: address, factory: address, router: address, base: address },
  }),
  base: token,
  tokens: z.array(token),
  indices: z.array(z.object({ symbol: z.string(), name: z.string(), address })),
  /** Listed pools, each of the base and a token. */
  pools: z.array(z.object({ address, venue: z.string(), token: address })),
  /** Accounts that the chain's node signs for: on a devnet only. */
  testAccounts: z.array(z.object({ name: z.string(), address })),
});

export type WebConfig = z.infer<typeof configSchema>;
