import { InputError } from '../errors.ts';

/** A number outside the range of a rule: where the Solidity twin of the rule reverts, the TypeScript throws this. */
export class MathError extends InputError {}
