import { type Address, getAddress, numberToHex } from 'viem';

/** The address in the low 160 bits of a word. */
export const addressIn = (word: bigint): Address => getAddress(numberToHex(word & ((1n << 160n) - 1n), { size: 20 }));
