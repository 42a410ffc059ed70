import { WickerError } from '@wicker/core';
import { type Call, type Mined, type Sender, transact, type WickerClient } from '@wicker/sdk';
import { asChainError } from '../connect/chain-errors.ts';
import type { SendOptions } from '../connect/options.ts';
import { stepsFor } from '../demo/steps.ts';
import { printJson, printLine } from '../output.ts';
import { confirm } from './confirm.ts';
import type { Preview } from './preview.ts';
import { previewJson, previewText } from './text.ts';

/** A call; {gas} its limit, where an estimate will not do. */
type SizedCall = Call & { readonly gas?: bigint };

/** One transaction to send. */
export interface Step {
  readonly what: string;
  /** Made when its turn has come: a deadline counts from there. */
  readonly call: () => SizedCall | Promise<SizedCall>;
}

/** What a command is about to do, and how it tells what it did. */
export interface Proposal<Result> {
  readonly preview: Preview;
  readonly steps: readonly Step[];
  /** From the transactions, in the order of the steps. */
  readonly resultOf: (mined: readonly Mined[]) => Result | Promise<Result>;
  /** For people. */
  readonly tell: (result: Result) => string;
}

/** @throws {WickerError} that says how many transactions before the failed one stay */
const send = async (client: WickerClient, account: Sender, steps: readonly Step[], json: boolean): Promise<Mined[]> => {
  const progress = stepsFor(json);
  const mined: Mined[] = [];
  for (const { what, call } of steps) {
    try {
      mined.push(await progress.run(what, async () => transact(client, { account, ...(await call()) })));
    } catch (error) {
      const told = asChainError(error);
      if (!(told instanceof WickerError)) throw error;
      const facts = [
        ...(told.code === 'NO_CHAIN' ? [`nobody knows whether '${what}' was sent`] : []),
        ...(mined.length === 0
          ? []
          : [`${mined.length} of ${steps.length} transactions were mined before it and stay`]),
      ];
      throw facts.length === 0 ? told : new WickerError(told.code, `${told.message} (${facts.join('; ')})`, told.hint);
    }
  }
  return mined;
};

const transactionsJson = (steps: readonly Step[], mined: readonly Mined[]) =>
  mined.map(({ hash, receipt: { gasUsed, effectiveGasPrice } }, i) => ({
    ...{ what: steps[i]?.what, hash, gasUsed, gasPrice: effectiveGasPrice },
  }));

/**
 * Shows what is about to be done, asks, does it, tells what was done. With `json` the one document on standard output comes at
 * the end; a person who is asked sees the preview on standard error.
 *
 * @throws {InputError} NOT_ASKED; {WickerError} of what failed
 */
export const carryOut = async <Result>(
  { client, account }: { readonly client: WickerClient; readonly account: Sender },
  options: SendOptions,
  { preview, steps, resultOf, tell }: Proposal<Result>,
): Promise<void> => {
  const { json = false, yes = false } = options;
  if (!json) printLine(previewText(preview));
  else if (!yes && process.stdin.isTTY) process.stderr.write(`${previewText(preview)}\n`);
  if (!(await confirm(options))) {
    if (json) printJson({ sent: false, preview: previewJson(preview) });
    else printLine('Nothing was sent.');
    return;
  }
  if (!json) printLine();
  const mined = await send(client, account, steps, json);
  const result = await resultOf(mined);
  const transactions = transactionsJson(steps, mined);
  if (json) printJson({ sent: true, preview: previewJson(preview), transactions, result });
  else printLine(tell(result));
};
