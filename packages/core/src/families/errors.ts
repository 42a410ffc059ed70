import { InputError } from '../errors.ts';

/** What a family of weights refuses: where its contract reverts, the TypeScript throws this and leaves the state as it was. */
export class FamilyError extends InputError {}
