import { WickerError } from '@wicker/core';
import { BaseError, HttpRequestError, RpcRequestError, TimeoutError } from 'viem';

/** Trouble of the keeper itself. */
export class KeeperError extends WickerError {}

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
