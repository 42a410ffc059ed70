import * as z from 'zod';
import type { JsonSource } from '../http/json-source.ts';

const protocolsShape = z.array(
  z.object({
    name: z.string(),
    /** CoinGecko id of its token. */
    gecko_id: z.string().nullish(),
  }),
);

/**
 * The CoinGecko ids of the protocols that are listed (DefiLlama API, `/protocols`).
 *
 * @throws DataError as `JsonSource.json`
 */
export const readListed = async (source: JsonSource): Promise<ReadonlySet<string>> => {
  const protocols = await source.json('/protocols', {}, protocolsShape);
  return new Set(protocols.flatMap(({ gecko_id }) => gecko_id ?? []));
};
