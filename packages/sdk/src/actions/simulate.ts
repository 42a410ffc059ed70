import { WickerError } from '@wicker/core';
import { BaseError, type Log, MethodNotFoundRpcError, MethodNotSupportedRpcError } from 'viem';
import { simulateBlocks } from 'viem/actions';
import { addressOf, type Sender, type WickerClient } from '../client.ts';
import { decodeRevert } from '../errors.ts';
import { type Call, TRANSACTION_GAS_LIMIT } from '../transact.ts';

export interface SimulateParameters {
  readonly account: Sender;
  /** One transaction each, one after the other. */
  readonly calls: readonly Call[];
}

/** What a call would do. */
export interface SimulatedCall {
  /** {gas} also of a call that fails */
  readonly gasUsed: bigint;
  /** None of a call that fails. */
  readonly logs: Log[];
  /** Why it would fail, as `transact` would tell it. */
  readonly error: WickerError | undefined;
}

/** By call, in their order. */
export type SimulateReturnType = readonly SimulatedCall[];

/** @returns nothing of an error that is about something else than the method */
const noSimulation = (error: unknown): WickerError | undefined => {
  if (!(error instanceof BaseError)) return undefined;
  const cause = error.walk((one) => one instanceof MethodNotFoundRpcError || one instanceof MethodNotSupportedRpcError);
  if (cause === null) return undefined;
  return new WickerError(
    'NO_SIMULATION',
    'the node cannot tell what several transactions would do',
    'use a node that serves eth_simulateV1',
  );
};

const refusalOf = (error: Error): WickerError => {
  const decoded = decodeRevert(error);
  if (decoded instanceof WickerError) return decoded;
  return new WickerError('CALL_FAILS', error.message.split('\n')[0] ?? '', 'look at what the call asks for');
};

/**
 * Asks the node what calls would do one after the other, without sending any: approvals and what needs them in one question.
 * A call that fails does not stop those after it.
 *
 * @throws {WickerError} NO_SIMULATION when the node does not serve eth_simulateV1
 */
export const simulate = async (
  client: WickerClient,
  { account, calls }: SimulateParameters,
): Promise<SimulateReturnType> => {
  const from = { account: addressOf(account), gas: TRANSACTION_GAS_LIMIT };
  try {
    const [block] = await simulateBlocks(client, { blocks: [{ calls: calls.map((call) => ({ ...call, ...from })) }] });
    return (block?.calls ?? []).map((call) => ({
      ...{ gasUsed: call.gasUsed, logs: call.logs ?? [] },
      error: call.status === 'success' ? undefined : refusalOf(call.error),
    }));
  } catch (error) {
    throw noSimulation(error) ?? error;
  }
};
