import { Orders, WickerError } from '@wicker/core';
import {
  addressOf,
  type Mined,
  type OpenedEpoch,
  openEpochCall,
  openedIn,
  type Rebalanced,
  rebalanceCall,
  rebalancedIn,
} from '@wicker/sdk';
import type { Address } from 'viem';
import { requireAccount, requireSigner } from '../../connect/account.ts';
import { type Connection, connect } from '../../connect/connect.ts';
import type { ChainOptions, PrintOptions, SendOptions } from '../../connect/options.ts';
import { tokenIn } from '../../connect/tokens.ts';
import { money } from '../../index-text.ts';
import { printJson, printLine } from '../../output.ts';
import { carryOut, type Step } from '../../preview/carry-out.ts';
import { foresee } from '../../preview/foresee.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import { outlookJson, outlookText } from './text.ts';

/** What a transaction did. */
type Done =
  | ({ readonly kind: 'open' } & OpenedEpoch)
  | ({ readonly kind: 'round'; readonly opening: bigint } & Rebalanced);

/** A transaction that can be sent now. */
interface Deed extends Step {
  readonly done: (mined: Mined) => Done;
}

/** `wicker rebalance plan` */
export const planCommand = async (names: readonly string[], options: ChainOptions & PrintOptions): Promise<void> => {
  const outlook = await outlookOf(await connect(options), names);
  if (options.json) printJson(outlookJson(outlook));
  else printLine(outlookText(outlook));
};

const nameOf = ({ seen }: Outlook, index: Address): string =>
  seen.indices.find((state) => state.index === index)?.name ?? index;

const deedsOf = (connection: Connection, outlook: Outlook): Deed[] => {
  const { client, deployment } = connection;
  const { addresses: platform } = deployment;
  const { openable, epochs } = outlook;
  const opens: Deed[] =
    openable.length === 0
      ? []
      : [
          {
            what: `open an epoch for ${openable.map((index) => nameOf(outlook, index)).join(', ')}`,
            call: () => openEpochCall(client, { platform, indices: openable }),
            done: ({ receipt: { logs } }) => ({ kind: 'open', ...openedIn(logs) }),
          },
        ];
  const rounds = epochs.flatMap(({ round }): Deed[] => {
    if (round === undefined) return [];
    const { opening, indices, plan } = round;
    const fills = plan.crosses.length + plan.trades.length;
    return [
      {
        what: `try ${fills} ${fills === 1 ? 'fill' : 'fills'} in epoch ${opening}`,
        call: () => rebalanceCall({ platform, opening, indices, plan }),
        done: ({ receipt: { logs } }) => ({ kind: 'round', opening, ...rebalancedIn(logs) }),
      },
    ];
  });
  return [...opens, ...rounds];
};

const doneText = (outlook: Outlook, done: Done): string[] => {
  const name = (asset: Address): string => tokenIn(outlook.tokens, asset).name;
  const price = (asset: Address): bigint => outlook.seen.quotes.find((quote) => quote.asset === asset)?.price ?? 0n;
  const worth = (asset: Address, amount: bigint): string => `${money(Orders.valueOf(amount, price(asset)), 0)} USDC`;
  if (done.kind === 'open') {
    const entered = done.entered.map((index) => nameOf(outlook, index)).join(', ');
    return [`Opened epoch ${done.opening} for ${entered}: its clock comes down by 5 bps a minute.`];
  }
  const { opening, crossed, traded, skipped } = done;
  return [
    ...crossed.map(({ o, u, amountO }) => `crossed ${worth(o, amountO)} of ${name(o)} for ${name(u)}`),
    ...traded.map(
      ({ o, u, given, received, route }) =>
        `traded ${worth(o, given)} of ${name(o)} for ${worth(u, received)} of ${name(u)} over ${route.length} pools`,
    ),
    ...skipped.map(({ o, u }) => `skipped ${name(o)} for ${name(u)}: it would not have brought its limit`),
  ].map((line) => `epoch ${opening}: ${line}`);
};

/** `wicker rebalance run` */
export const runCommand = async (names: readonly string[], options: SendOptions): Promise<void> => {
  const connection = await connect(options);
  const { client } = connection;
  const account = requireAccount(connection);
  await requireSigner(client, account);
  const outlook = await outlookOf(connection, names);
  const deeds = deedsOf(connection, outlook);
  if (!options.json) printLine(`${outlookText(outlook)}\n`);
  if (deeds.length === 0) {
    if (options.json) printJson({ sent: false, plan: outlookJson(outlook) });
    else printLine('Nothing can be opened or traded now: nothing was sent.');
    return;
  }
  const calls = await Promise.all(deeds.map(async ({ call }) => call()));
  const { gas } = await foresee(client, account, calls);
  const what = deeds.map(({ what }) => what).join('; then ');
  await carryOut<readonly Done[]>({ client, account }, options, {
    preview: {
      ...{ title: `${what.charAt(0).toUpperCase()}${what.slice(1)}`, account: addressOf(account) },
      ...{ goes: [], comes: [], limits: [], allowances: [], gas },
    },
    steps: deeds,
    resultOf: (mined) =>
      deeds.map(({ done, what }, i) => {
        const one = mined[i];
        if (one !== undefined) return done(one);
        throw new WickerError('NOT_SENT', `${what}: was not sent`, 'run the command again');
      }),
    tell: (all) => all.flatMap((done) => doneText(outlook, done)).join('\n'),
  });
};
