import { WickerError } from '@wicker/core';
import { BaseError, HttpRequestError, RpcRequestError, TimeoutError } from 'viem';

/** Trouble of the keeper itself. */
export class KeeperError extends WickerError {}

/** What the node tells is older than what it told before: one of several behind one address may be. */
export const nodeBehind = (): KeeperError =>
  new KeeperError(
    'NODE_BEHIND',
    'the node is behind what it told before',
    'it is asked again; a chain that was set back is followed when it has grown past what was seen',
  );

/** Of the system: no room or no right to write. */
const DISK_CODES: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE']);

const causesOf = (error: BaseError): unknown[] => {
  const causes: unknown[] = [];
  error.walk((cause) => {
    causes.push(cause);
    return false;
  });
  return causes;
};

/** Whether the node gave an answer, and that answer is an error: asking again at once would bring the same. */
export const isAnswer = (error: unknown): boolean =>
  error instanceof BaseError && causesOf(error).some((cause) => cause instanceof RpcRequestError);

/**
 * Anything thrown, as trouble with a code, words and a hint. A node's URL is never told: it may hold the key of a provider.
 */
export const troubleOf = (error: unknown): WickerError => {
  if (error instanceof WickerError) return error;
  if (error instanceof Error && 'code' in error && DISK_CODES.has(error.code)) {
    const hint = 'make room, or let it write there; nothing is sent that cannot be written down';
    return new KeeperError('NO_DISK', `the records cannot be written: ${error.message}`, hint);
  }
  if (!(error instanceof BaseError)) {
    const message = error instanceof Error ? error.message : String(error);
    return new KeeperError('INTERNAL', message, 'this should not happen: please report it');
  }
  const causes = causesOf(error);
  const http = causes.find((cause) => cause instanceof HttpRequestError);
  if (http?.status !== undefined) {
    return new KeeperError('NODE_REFUSED', `the node answers with HTTP ${http.status}`, 'check --rpc and its limits');
  }
  if (http !== undefined || causes.some((cause) => cause instanceof TimeoutError)) {
    return new KeeperError('NO_CHAIN', 'the node does not answer', 'check --rpc and the network; it is tried again');
  }
  const rpc = causes.find((cause) => cause instanceof RpcRequestError);
  const said = rpc === undefined ? error.shortMessage : rpc.details;
  return new KeeperError('NODE_REFUSED', `the node refused: ${said}`, 'see what the node says; it is tried again');
};
