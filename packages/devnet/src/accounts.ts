import type { Address } from 'viem';

/**
 * The last of the ten accounts of DEV_MNEMONIC: it deploys the market's contracts, provides the pools and trades them
 * back to the feeds. Nobody else should send from it.
 */
export const MARKET_ACCOUNT: Address = '0xa0Ee7A142d267C1f36714E4a8F75612F20a79720';
