import { InputError } from '../errors.ts';

/** What the rules of index wars refuse; the war stays as it was. */
export class WarError extends InputError {}
