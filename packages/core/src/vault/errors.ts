import { InputError } from '../errors.ts';

/** A move that the books of a rated pool or its controller refuse; they stay as they were. */
export class VaultError extends InputError {}
