import { InputError } from '../errors.ts';

/** A message, transfer or order that a rule of docs/rules.md 11 refuses; the books stay as they were. */
export class ChainsError extends InputError {}
