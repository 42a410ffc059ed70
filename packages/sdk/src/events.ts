import { WickerError } from '@wicker/core';

/** An event that a successful transaction always emits. @throws {WickerError} EVENT_MISSING */
export const requireEvent = <T>(event: T | undefined, name: string): T => {
  if (event !== undefined) return event;
  throw new WickerError('EVENT_MISSING', `the transaction emitted no ${name}`, 'check the address of the contract');
};
