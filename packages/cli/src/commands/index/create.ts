import { AumFee, InputError, Orders, WickerError } from '@wicker/core';
import {
  addressOf,
  assetListAbi,
  type CreatedIndex,
  createdIn,
  createIndexCall,
  type FirstLeg,
  indexFactoryAbi,
  quotesOf,
} from '@wicker/sdk';
import { type Address, isAddressEqual } from 'viem';
import { readContract } from 'viem/actions';
import { formatAmount, parseAmount } from '../../amounts.ts';
import { accountNamed, requireAccount, requireSigner } from '../../connect/account.ts';
import { type Connection, connect } from '../../connect/connect.ts';
import type { SendOptions } from '../../connect/options.ts';
import { assetNamed, type Token, tokenIn, tokensAt } from '../../connect/tokens.ts';
import { type IndexFile, IndexFileError, readIndexFile } from '../../index-file/index-file.ts';
import { money } from '../../index-text.ts';
import { readDeterminedProposal } from '../../lab/proposal-file.ts';
import { proposedBy } from '../../lab/proposal-text.ts';
import { carryOut } from '../../preview/carry-out.ts';
import { foresee } from '../../preview/foresee.ts';
import { allow, missingAllowances, requireBalances } from '../../preview/means.ts';
import type { Flow } from '../../preview/preview.ts';
import { allowStep, SHARE_DECIMALS } from './mint.ts';

/** Of the command that makes an index. */
export interface CreateOptions extends SendOptions {
  readonly proposal?: string;
}

/** {bps} all of the fees */
const ALL_BPS = 10_000;
/** {share} stays locked in every index for ever */
const LOCKED_SHARES = 10n ** 18n;

/** An asset of the file with what the chain says of it. */
interface Leg extends FirstLeg {
  readonly token: Token;
  /** {base} of the amount */
  readonly value: bigint;
}

/** @throws {InputError} DUPLICATE_ASSET */
const requireDistinct = (named: readonly { readonly name: string; readonly asset: Address }[]): void => {
  for (const [i, { name, asset }] of named.entries()) {
    const twin = named.slice(0, i).find((one) => isAddressEqual(one.asset, asset));
    if (twin === undefined) continue;
    throw new InputError('DUPLICATE_ASSET', `'${twin.name}' and '${name}' are the same asset`, 'Name it once.');
  }
};

/** @throws {WickerError} NOT_LISTED, NO_PRICE that name every asset at fault */
const requireUsable = async ({ client, deployment }: Connection, tokens: readonly Token[]): Promise<bigint[]> => {
  const { addresses: platform } = deployment;
  const assets = tokens.map(({ address }) => address);
  const list = { abi: assetListAbi, address: platform.assetList, functionName: 'isListed' } as const;
  const listed = await Promise.all(assets.map((asset) => readContract(client, { ...list, args: [asset] })));
  const unlisted = tokens.filter((_, i) => !listed[i]).map(({ name }) => name);
  if (unlisted.length > 0) {
    throw new WickerError('NOT_LISTED', `not listed as assets: ${unlisted.join(', ')}`, 'leave them out');
  }
  const quotes = await quotesOf(client, { platform, assets });
  const dead = tokens.filter((_, i) => quotes[i]?.status !== 'live').map(({ name }) => name);
  if (dead.length > 0) {
    throw new WickerError('NO_PRICE', `without a live price now: ${dead.join(', ')}`, 'wait for their feeds to answer');
  }
  return quotes.map(({ price }) => price);
};

/** The legs of the file, with amounts at the prices of now. */
const legsOf = async (connection: Connection, { assets, deposit }: IndexFile): Promise<Leg[]> => {
  const { deployment } = connection;
  const named = assets.map(({ name }) => ({ name, asset: assetNamed(deployment, name) }));
  requireDistinct(named);
  const { base } = deployment.addresses;
  const read = await tokensAt(connection, [base, ...named.map(({ asset }) => asset)]);
  const tokens = named.map(({ asset }) => tokenIn(read, asset));
  const prices = await requireUsable(connection, tokens);
  const total = deposit === undefined ? 0n : parseAmount(deposit, tokenIn(read, base).decimals, 'deposit');
  return assets.flatMap(({ name, weight, amount: stated }, i): Leg[] => {
    const [token, price] = [tokens[i], prices[i]];
    if (token === undefined || price === undefined) return [];
    const amount =
      stated === undefined
        ? Orders.targetAmount(total, weight, price)
        : parseAmount(stated, token.decimals, `the amount of '${name}'`);
    return [{ token, asset: token.address, weight, amount, value: Orders.valueOf(amount, price) }];
  });
};

/** Who gets the fees besides the platform. @throws {IndexFileError} when the parts do not make a whole with the platform's */
const partsOf = async (
  { client, deployment }: Connection,
  { feeParts }: IndexFile,
  manager: Address,
): Promise<{ recipient: Address; bps: number }[]> => {
  const factory = { abi: indexFactoryAbi, address: deployment.addresses.factory } as const;
  const [, platformBps] = await readContract(client, { ...factory, functionName: 'platform' });
  const rest = ALL_BPS - platformBps;
  const parts = feeParts?.map(({ recipient, bps }) => ({ recipient: accountNamed(deployment, recipient), bps })) ?? [
    { recipient: manager, bps: rest },
  ];
  const sum = parts.reduce((total, { bps }) => total + bps, 0);
  if (sum === rest) return parts;
  throw new IndexFileError(
    `feeParts sum to ${sum} bps; the platform gets ${platformBps}, so they have to make ${rest}`,
  );
};

/** {ray/s} @throws {InputError} */
const aumRateOf = ({ aumYearly }: IndexFile): bigint => {
  if (aumYearly <= AumFee.MAX_YEARLY) return AumFee.ratePerSecond(aumYearly);
  throw new IndexFileError(
    `managementPercent is ${Number(aumYearly) / 1e16}, the most is ${Number(AumFee.MAX_YEARLY) / 1e16}`,
  );
};

/** `wicker index create` */
export const createCommand = async (file: string, options: CreateOptions): Promise<void> => {
  const proposal = options.proposal === undefined ? undefined : readDeterminedProposal(options.proposal);
  const asked = readIndexFile(file, proposal?.weights);
  const aumRate = aumRateOf(asked);
  const connection = await connect(options);
  const { client, deployment } = connection;
  const { addresses: platform } = deployment;
  const account = requireAccount(connection);
  await requireSigner(client, account);
  const creator = addressOf(account);
  const manager = asked.manager === undefined ? creator : accountNamed(deployment, asked.manager);
  const { name, symbol, mintBps, redeemBps } = asked;
  const parts = await partsOf(connection, asked, manager);
  const legs = await legsOf(connection, asked);
  await requireBalances(client, creator, legs);
  const allowances = await missingAllowances(client, creator, platform.factory, legs);
  const call = createIndexCall({
    ...{ platform, name, symbol, manager, mintBps, redeemBps, aumRate, parts, legs, proposal: proposal?.hash },
  });
  const { logs, gas } = await foresee(client, account, [...allowances.map(allow), call]);
  const { index, value, shares } = createdIn(logs.at(-1) ?? []);
  const share: Flow = {
    token: { address: index, name: symbol, symbol, decimals: SHARE_DECIMALS },
    ...{ amount: shares - LOCKED_SHARES, value: (value * (shares - LOCKED_SHARES)) / shares },
  };
  await carryOut<CreatedIndex>({ client, account }, options, {
    preview: {
      ...{ title: `Create ${name} (${symbol}) with ${money(value)} USDC in ${legs.length} assets`, account: creator },
      ...{ goes: legs, comes: [share], allowances, gas },
      limits: [
        `managed by ${manager}; one ${symbol} stays locked for ever`,
        ...(proposal === undefined ? [] : [proposedBy(proposal)]),
      ],
    },
    steps: [...allowances.map(allowStep), { what: `create ${symbol}`, call: () => call }],
    resultOf: (mined) => createdIn(mined.at(-1)?.receipt.logs ?? []),
    tell: ({ index, shares: made }) =>
      `Created ${symbol} at ${index} with ${formatAmount(made, SHARE_DECIMALS)} shares.`,
  });
};
