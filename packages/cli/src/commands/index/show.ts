import { formatFixed, WickerError } from '@wicker/core';
import { type ReadIndexReturnType, readIndex } from '@wicker/sdk';
import type { Address } from 'viem';
import { type Connection, connect } from '../../connect/connect.ts';
import { readFund } from '../../connect/fund.ts';
import { allIndices, type KnownIndex } from '../../connect/indices.ts';
import type { ChainOptions, PrintOptions } from '../../connect/options.ts';
import { nameIn, tokenIn } from '../../connect/tokens.ts';
import { assetTable, heading, money } from '../../index-text.ts';
import { formatTable, printJson, printLine } from '../../output.ts';

type Options = ChainOptions & PrintOptions;

const summary = (address: Address, { symbol, supply, nav, price, driftBps }: ReadIndexReturnType) => ({
  ...{ symbol, address, supply, nav, price, driftBps },
});

/** An index, or why nothing can be said about it: one without prices does not keep the others from being shown. */
const readOrError = async (
  { client, deployment }: Connection,
  { address }: KnownIndex,
): Promise<ReadIndexReturnType | WickerError> => {
  try {
    return await readIndex(client, { platform: deployment.addresses, index: address });
  } catch (error) {
    if (error instanceof WickerError) return error;
    throw error;
  }
};

interface Row {
  readonly index: KnownIndex;
  readonly state: ReadIndexReturnType | WickerError;
}

/** A table, with the addresses of those that the deployment does not name; below it the indices of which nothing can be said. */
const listText = (rows: readonly Row[]): string => {
  const isNamed = rows.every(({ index }) => index.named);
  const headings = ['index', 'NAV USDC', 'price USDC', 'drift bps', ...(isNamed ? [] : ['address'])];
  const told = rows.flatMap(({ index: { symbol, named, address }, state }) => {
    if (state instanceof WickerError) return [];
    const { nav, price, driftBps } = state;
    return [[symbol, money(nav, 0), money(price, 4), driftBps.toFixed(1), named ? '' : address]];
  });
  const untold = rows.flatMap(({ index: { symbol, named, address }, state }) =>
    state instanceof WickerError ? [[symbol, ...(named ? [] : [address]), state.message].join('  ')] : [],
  );
  return [...(told.length === 0 ? [] : [formatTable(headings, told)]), ...untold].join('\n');
};

/** `wicker index list` */
export const listCommand = async (options: Options): Promise<void> => {
  const connection = await connect(options);
  const indices = await allIndices(connection);
  const rows = await Promise.all(
    indices.map(async (index): Promise<Row> => ({ index, state: await readOrError(connection, index) })),
  );
  if (options.json) {
    printJson(
      rows.map(({ index: { symbol, address }, state }) =>
        state instanceof WickerError
          ? { symbol, address, error: { code: state.code, message: state.message } }
          : summary(address, state),
      ),
    );
    return;
  }
  if (rows.length === 0) printLine('There is no index yet.');
  else printLine(listText(rows));
};

/** `wicker index show` */
export const showCommand = async (name: string, options: Options): Promise<void> => {
  const connection = await connect(options);
  const { index, state, tokens } = await readFund(connection, name);
  if (options.json) {
    const assets = state.assets.map(({ weight, target, ...one }) => ({
      ...{ id: nameIn(connection.deployment, one.asset) ?? one.asset, ...one },
      ...{ weight: formatFixed(weight, 18), target: formatFixed(target, 18) },
    }));
    printJson({ ...summary(index, state), assets });
    return;
  }
  printLine(heading(state));
  printLine();
  printLine(assetTable(state, (asset) => tokenIn(tokens, asset)));
};
