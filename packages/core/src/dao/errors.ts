import { InputError } from '../errors.ts';

/** What the DAO's rules refuse; the state stays as it was. */
export class DaoError extends InputError {}
