import { WickerError } from '@wicker/core';
import { addressOf, type Call, type Sender, simulate, type WickerClient } from '@wicker/sdk';
import { formatEther, type Log } from 'viem';
import { getBalance, getGasPrice } from 'viem/actions';
import type { Gas } from './preview.ts';

/** What calls would do. */
export interface Foreseen {
  /** Of each call. */
  readonly logs: readonly Log[][];
  readonly gas: Gas;
}

/** {wei} checked against the gas that the calls take @throws {WickerError} NO_GAS_MONEY */
const requireEther = async (client: WickerClient, account: Sender, { gas, price }: Gas): Promise<void> => {
  const balance = await getBalance(client, { address: addressOf(account) });
  if (balance >= gas * price) return;
  throw new WickerError(
    'NO_GAS_MONEY',
    `the gas costs about ${formatEther(gas * price)} ETH, and ${addressOf(account)} has ${formatEther(balance)}`,
    'send it some ETH',
  );
};

/**
 * What calls would do, one after the other, if the account sent them now.
 *
 * @throws {WickerError} of the first that would fail; NO_GAS_MONEY
 */
export const foresee = async (client: WickerClient, account: Sender, calls: readonly Call[]): Promise<Foreseen> => {
  const [simulated, price] = await Promise.all([simulate(client, { account, calls }), getGasPrice(client)]);
  for (const { error } of simulated) if (error !== undefined) throw error;
  const gas = {
    ...{ transactions: calls.length, price },
    gas: simulated.reduce((sum, { gasUsed }) => sum + gasUsed, 0n),
  };
  await requireEther(client, account, gas);
  return { logs: simulated.map(({ logs }) => logs), gas };
};
