export * from './abi.generated.ts';
export type { PlatformAddresses } from './addresses.ts';
