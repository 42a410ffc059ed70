import type { Address } from 'viem';

/** `0x1234…abcd` */
export const shortAddress = (address: Address): string => `${address.slice(0, 6)}\u2026${address.slice(-4)}`;

/** Whether two addresses are one, however they are written. */
export const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
