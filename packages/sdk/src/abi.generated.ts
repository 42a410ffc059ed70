// Written by scripts/abi.ts from the compiled contracts; `npm run compile` rewrites it.
import type { Abi } from 'viem';

export const errorsAbi = [
] as const satisfies Abi;
