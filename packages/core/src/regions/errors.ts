import { InputError } from '../errors.ts';

/** A region or a list of regions that is none. */
export class RegionError extends InputError {}
