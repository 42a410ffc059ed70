import { InputError } from '../errors.ts';

/** An event that the exchange refuses; its state stays as it was. */
export class ExchangeError extends InputError {}
