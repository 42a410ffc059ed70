import { WickerError } from '@wicker/core';

/** The development chain could not be started, or a transaction on it failed. */
export class DevnetError extends WickerError {}
