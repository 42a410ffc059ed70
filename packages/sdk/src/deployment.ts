import { getAddress, isAddress } from 'viem';
import * as z from 'zod';

const addressSchema = z
  .string()
  .refine((text) => isAddress(text), 'not an address')
  .transform((text) => getAddress(text));
const namedSchema = z.record(z.string(), addressSchema);

/** The platform's contracts, and the base asset. */
const platformSchema = z.object({
  ...{ authority: addressSchema, priceFeed: addressSchema, assetList: addressSchema, vault: addressSchema },
  ...{ rebalancer: addressSchema, managed: addressSchema, factory: addressSchema, router: addressSchema },
  base: addressSchema,
});

/** The names of the platform's contracts in a deployment. */
export const PLATFORM_NAMES = platformSchema.keyof().options;

/** The platform on one chain, as JSON. */
export const deploymentSchema = z.strictObject({
  /** Where the chain's JSON-RPC is served, when the file knows. */
  rpc: z.url({ protocol: /^https?$/ }).optional(),
  chainId: z.int().positive(),
  /** The block of the first contract: no event of the platform is older. */
  fromBlock: z.int().nonnegative(),
  /** The contracts of the platform, and tokens and others, by name. */
  addresses: platformSchema.catchall(addressSchema),
  /** Indices that have a name here, by symbol. There may be others on the chain. */
  indices: namedSchema,
  /** Accounts that have a name, by name. */
  accounts: namedSchema.optional(),
});

/** The platform on one chain: what a program has to know of it. */
export type Deployment = z.infer<typeof deploymentSchema>;
