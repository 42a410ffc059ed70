import { InputError, purchase } from '@wicker/core';
import {
  addressOf,
  type Minted,
  type MintedWithBase,
  mintCall,
  mintedIn,
  mintedWithBaseIn,
  mintFromClaimsCall,
  mintWithBaseCall,
  previewMint,
  routerPools,
  type Sender,
} from '@wicker/sdk';
import type { Address } from 'viem';
import { formatAmount, lessPart, parseAmount, parseSlippage } from '../../amounts.ts';
import { requireAccount, requireSigner } from '../../connect/account.ts';
import { type Connection, connect } from '../../connect/connect.ts';
import { ALL_LEGS, assetFlows, baseFlow, type Fund, readFund, shareFlow, valueOfShares } from '../../connect/fund.ts';
import type { SendOptions } from '../../connect/options.ts';
import { tokenIn } from '../../connect/tokens.ts';
import { money } from '../../index-text.ts';
import { carryOut, type Proposal, type Step } from '../../preview/carry-out.ts';
import { claimNeeds, missingClaimAllowances, requireClaims } from '../../preview/claim-means.ts';
import { foresee } from '../../preview/foresee.ts';
import { allow, missingAllowances, requireBalances } from '../../preview/means.ts';
import { poolLegs, routeOfMint } from '../../preview/pools.ts';
import type { Allowance, Flow } from '../../preview/preview.ts';
import { deadline } from './deadline.ts';

export interface MintOptions extends SendOptions {
  readonly shares?: string;
  readonly pay?: string;
  readonly fromClaims?: boolean;
  readonly slippage?: string;
}

/** {share} decimals of every index */
export const SHARE_DECIMALS = 18;
/** What somebody who trades over pools accepts to lose against the preview. */
export const DEFAULT_SLIPPAGE = '0.5';

/** The step that gives an allowance. */
export const allowStep = (allowance: Allowance): Step => {
  const { amount, token, vault } = allowance;
  const what = `allow ${formatAmount(amount, token.decimals)} ${token.symbol}`;
  return { what: vault === undefined ? what : `${what} of the claim`, call: () => allow(allowance) };
};

/** A mint for a part of every asset. */
interface MintInKind {
  readonly shares: bigint;
  /** Whether claims in the vault pay instead of tokens. */
  readonly fromClaims: boolean;
}

/** Checks that the account has what goes; the allowances of it that the index does not have yet. */
const means = async (
  { client, deployment: { addresses: platform } }: Connection,
  owner: Address,
  index: Address,
  { goes, fromClaims }: { readonly goes: readonly Flow[]; readonly fromClaims: boolean },
): Promise<Allowance[]> => {
  if (!fromClaims) {
    await requireBalances(client, owner, goes);
    return missingAllowances(client, owner, index, goes);
  }
  const needs = await claimNeeds(client, platform, goes);
  await requireClaims(client, platform, owner, needs);
  return missingClaimAllowances(client, platform, owner, index, needs);
};

const mintInKind = async (
  connection: Connection,
  account: Sender,
  fund: Fund,
  { shares, fromClaims }: MintInKind,
): Promise<Proposal<Minted>> => {
  const { client } = connection;
  const { index, state } = fund;
  const to = addressOf(account);
  const { assets, amounts } = await previewMint(client, { index, shares });
  const goes = assetFlows(fund, assets, amounts, fromClaims ? ALL_LEGS : 0n);
  const allowances = await means(connection, to, index, { goes, fromClaims });
  // The management fee grows until it is sent, so that a share costs less then, never more.
  const parameters = { index, shares, maxAmounts: amounts, to };
  const call = fromClaims ? mintFromClaimsCall(parameters) : mintCall(parameters);
  const { logs, gas } = await foresee(client, account, [...allowances.map(allow), call]);
  const { minted, fee } = mintedIn(logs.at(-1) ?? []);
  const [how, what] = fromClaims ? ['from claims', 'claims on '] : ['in kind', ''];
  return {
    preview: {
      ...{ title: `Mint ${formatAmount(shares, SHARE_DECIMALS)} ${state.symbol} ${how}`, account: to, goes },
      comes: [shareFlow(fund, minted)],
      fee: { token: tokenIn(fund.tokens, index), shares: fee, value: valueOfShares(fund, fee) },
      limits: ['no asset takes more than the amount above, or nothing is minted'],
      ...{ allowances, gas },
    },
    steps: [...allowances.map(allowStep), { what: `mint ${state.symbol}`, call: () => call }],
    resultOf: (mined) => mintedIn(mined.at(-1)?.receipt.logs ?? []),
    tell: ({ minted, amounts }) =>
      `Minted ${formatAmount(minted, SHARE_DECIMALS)} ${state.symbol} for ${what}${amounts.filter((one) => one > 0n).length} assets.`,
  };
};

const mintForBase = async (
  connection: Connection,
  account: Sender,
  fund: Fund,
  { pay, slippage }: { readonly pay: bigint; readonly slippage: bigint },
): Promise<Proposal<MintedWithBase>> => {
  const { client, deployment } = connection;
  const { addresses: platform } = deployment;
  const { index, state, tokens } = fund;
  const to = addressOf(account);
  const base = tokenIn(tokens, platform.base);
  await requireBalances(client, to, [{ token: base, amount: pay }]);
  const allowances = await missingAllowances(client, to, platform.router, [{ token: base, amount: pay }]);
  const route = await routeOfMint(connection, fund, pay);
  const pools = routerPools(route);
  const callFor = async (minShares: bigint) =>
    mintWithBaseCall({ platform, index, pay, minShares, pools, to, deadline: await deadline(client) });
  const { logs, gas } = await foresee(client, account, [...allowances.map(allow), await callFor(0n)]);
  const expected = mintedWithBaseIn(logs.at(-1) ?? [], { base: base.address, payer: to });
  const least = lessPart(expected.minted, slippage);
  return {
    preview: {
      ...{ title: `Mint ${state.symbol} with ${money(pay)} USDC`, account: to },
      goes: [baseFlow(fund, base.address, expected.paid)],
      comes: [shareFlow(fund, expected.minted)],
      fee: { token: tokenIn(tokens, index), shares: expected.fee, value: valueOfShares(fund, expected.fee) },
      pools: poolLegs(fund, route, expected.amounts, purchase),
      limits: [
        `at least ${formatAmount(least, SHARE_DECIMALS)} ${state.symbol} for at most ${money(pay)} USDC, or nothing is minted`,
      ],
      ...{ allowances, gas },
    },
    steps: [...allowances.map(allowStep), { what: `mint ${state.symbol}`, call: () => callFor(least) }],
    resultOf: (mined) => mintedWithBaseIn(mined.at(-1)?.receipt.logs ?? [], { base: base.address, payer: to }),
    tell: ({ minted, paid }) =>
      `Minted ${formatAmount(minted, SHARE_DECIMALS)} ${state.symbol} for ${money(paid)} USDC.`,
  };
};

/** @throws {InputError} USAGE unless exactly one of --shares and --pay is there, with what goes with it */
const requireOne = ({ shares, pay, slippage, fromClaims }: MintOptions): void => {
  const hint = "See 'wicker index mint --help'.";
  if ((shares === undefined) === (pay === undefined)) {
    throw new InputError('USAGE', 'give either --shares or --pay', hint);
  }
  if (pay !== undefined && fromClaims) {
    throw new InputError('USAGE', '--from-claims goes with --shares: claims pay in kind, --pay takes USDC', hint);
  }
  if (pay === undefined && slippage !== undefined) {
    throw new InputError('USAGE', '--slippage goes with --pay: a mint in kind takes no more than its preview', hint);
  }
};

/** `wicker index mint` */
export const mintCommand = async (name: string, options: MintOptions): Promise<void> => {
  requireOne(options);
  const { shares: asked, pay: paid, slippage = DEFAULT_SLIPPAGE, fromClaims = false } = options;
  const shares = asked === undefined ? undefined : parseAmount(asked, SHARE_DECIMALS, '--shares');
  const accepted = parseSlippage(slippage);
  const connection = await connect(options);
  const account = requireAccount(connection);
  await requireSigner(connection.client, account);
  const fund = await readFund(connection, name);
  const { client, deployment } = connection;
  const sender = { client, account };
  if (shares !== undefined) {
    await carryOut(sender, options, await mintInKind(connection, account, fund, { shares, fromClaims }));
    return;
  }
  const pay = parseAmount(paid ?? '', tokenIn(fund.tokens, deployment.addresses.base).decimals, '--pay');
  await carryOut(sender, options, await mintForBase(connection, account, fund, { pay, slippage: accepted }));
};
