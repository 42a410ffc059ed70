/** What asks services and nodes; apart from the tables, so that reading a file does not wait for it. */
export { DataError } from './errors.ts';
export { DiskCache } from './http/disk-cache.ts';
export { JsonSource } from './http/json-source.ts';
export { openChain } from './pools/chain-reader.ts';
export { parseVenuesText } from './pools/venues.ts';
export { collectPrices, type Progress } from './prices/collect.ts';
export { parseAttestText } from './universe/attest-file.ts';
export { readFacts } from './universe/facts.ts';
export { universeFile } from './universe/universe-file.ts';
