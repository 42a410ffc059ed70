import { InputError, sale } from '@wicker/core';
import {
  addressOf,
  previewRedeem,
  type Redeemed,
  type RedeemedToBase,
  redeemCall,
  redeemedIn,
  redeemedToBaseIn,
  redeemToBaseCall,
  redeemToClaimsCall,
  routerPools,
  type Sender,
} from '@wicker/sdk';
import { formatAmount, lessPart, parseAmount, parseSlippage } from '../../amounts.ts';
import { requireAccount, requireSigner } from '../../connect/account.ts';
import { type Connection, connect } from '../../connect/connect.ts';
import { assetFlows, baseFlow, type Fund, readFund, shareFlow, valueOfShares } from '../../connect/fund.ts';
import type { SendOptions } from '../../connect/options.ts';
import { tokenIn } from '../../connect/tokens.ts';
import { money } from '../../index-text.ts';
import { carryOut, type Proposal } from '../../preview/carry-out.ts';
import { foresee } from '../../preview/foresee.ts';
import { allow, balanceOf, missingAllowances, requireBalances } from '../../preview/means.ts';
import { poolLegs, routeOfRedemption } from '../../preview/pools.ts';
import { deadline } from './deadline.ts';
import { allowStep, DEFAULT_SLIPPAGE, SHARE_DECIMALS } from './mint.ts';

export interface RedeemOptions extends SendOptions {
  readonly shares: string;
  readonly toUsdc?: boolean;
  readonly toClaims?: boolean;
  readonly slippage?: string;
}

interface Redemption {
  readonly shares: bigint;
  readonly slippage: bigint;
}

const SET_ASIDE = 'A token could not be paid out: see `wicker index claims`.';

const told = (line: string, setAside: bigint): string => (setAside === 0n ? line : `${line}\n${SET_ASIDE}`);

const redeemInKind = async (
  { client }: Connection,
  account: Sender,
  fund: Fund,
  { shares, slippage, toClaims }: Redemption & { readonly toClaims: boolean },
): Promise<Proposal<Redeemed>> => {
  const { index, state, tokens } = fund;
  const to = addressOf(account);
  const { assets, amounts } = await previewRedeem(client, { index, shares });
  const minAmounts = amounts.map((amount) => lessPart(amount, slippage));
  const parameters = { index, shares, minAmounts, to };
  const call = toClaims ? redeemToClaimsCall(parameters) : redeemCall(parameters);
  const { logs, gas } = await foresee(client, account, [call]);
  const expected = redeemedIn(logs.at(-1) ?? []);
  const amount = `${formatAmount(shares, SHARE_DECIMALS)} ${state.symbol}`;
  return {
    preview: {
      title: `Redeem ${amount} ${toClaims ? 'to claims' : 'in kind'}`,
      ...{ account: to, goes: [shareFlow(fund, shares)] },
      comes: assetFlows(fund, assets, expected.amounts, expected.setAside),
      fee: { token: tokenIn(tokens, index), shares: expected.fee, value: valueOfShares(fund, expected.fee) },
      limits: [`of no asset less than the amount above by ${slippageText(slippage)}, or nothing is redeemed`],
      ...{ allowances: [], gas },
    },
    steps: [{ what: `redeem ${state.symbol}`, call: () => call }],
    resultOf: (mined) => redeemedIn(mined.at(-1)?.receipt.logs ?? []),
    tell: ({ amounts, setAside }) => {
      const assets = `${amounts.filter((one) => one > 0n).length} assets`;
      if (toClaims) return `Redeemed ${amount} for claims on ${assets}: see \`wicker index claims\`.`;
      return told(`Redeemed ${amount} for ${assets}.`, setAside);
    },
  };
};

const redeemForBase = async (
  connection: Connection,
  account: Sender,
  fund: Fund,
  { shares, slippage }: Redemption,
): Promise<Proposal<RedeemedToBase>> => {
  const { client, deployment } = connection;
  const { addresses: platform } = deployment;
  const { index, state, tokens } = fund;
  const { base } = platform;
  const to = addressOf(account);
  const share = tokenIn(tokens, index);
  const allowances = await missingAllowances(client, to, platform.router, [{ token: share, amount: shares }]);
  const route = await routeOfRedemption(connection, fund, shares);
  const pools = routerPools(route);
  const callFor = async (minBase: bigint) =>
    redeemToBaseCall({ platform, index, shares, minBase, pools, to, deadline: await deadline(client) });
  const { logs, gas } = await foresee(client, account, [...allowances.map(allow), await callFor(0n)]);
  const expected = redeemedToBaseIn(logs.at(-1) ?? [], { base, to });
  const { setAside, amounts } = expected;
  const least = lessPart(expected.received, slippage);
  const isClaim = (i: number): boolean => ((setAside >> BigInt(i)) & 1n) === 1n;
  const assets = state.assets.map(({ asset }) => asset);
  const sold = amounts.map((amount, i) => (isClaim(i) ? 0n : amount));
  const claims = assetFlows(fund, assets, amounts, setAside).filter(({ claim }) => claim);
  return {
    preview: {
      title: `Redeem ${formatAmount(shares, SHARE_DECIMALS)} ${state.symbol} to USDC`,
      ...{ account: to, goes: [shareFlow(fund, shares)] },
      comes: [baseFlow(fund, base, expected.received), ...claims],
      fee: { token: share, shares: expected.fee, value: valueOfShares(fund, expected.fee) },
      pools: poolLegs(fund, route, sold, sale),
      limits: [`at least ${money(least)} USDC, or nothing is redeemed`],
      ...{ allowances, gas },
    },
    steps: [...allowances.map(allowStep), { what: `redeem ${state.symbol}`, call: () => callFor(least) }],
    resultOf: (mined) => redeemedToBaseIn(mined.at(-1)?.receipt.logs ?? [], { base, to }),
    tell: ({ received, setAside }) =>
      told(`Redeemed ${formatAmount(shares, SHARE_DECIMALS)} ${state.symbol} for ${money(received)} USDC.`, setAside),
  };
};

/** {1/1 000 000} -> `0.5 %` */
const slippageText = (millionths: bigint): string => `${Number(millionths) / 10_000} %`;

/** `wicker index redeem` */
export const redeemCommand = async (name: string, options: RedeemOptions): Promise<void> => {
  const { toClaims = false } = options;
  if (toClaims && options.toUsdc) {
    throw new InputError('USAGE', 'give either --to-usdc or --to-claims', "See 'wicker index redeem --help'.");
  }
  const slippage = parseSlippage(options.slippage ?? DEFAULT_SLIPPAGE);
  const asked =
    options.shares.toLowerCase() === 'all' ? undefined : parseAmount(options.shares, SHARE_DECIMALS, '--shares');
  const connection = await connect(options);
  const { client } = connection;
  const account = requireAccount(connection);
  await requireSigner(client, account);
  const fund = await readFund(connection, name);
  const owner = addressOf(account);
  const shares = asked ?? (await balanceOf(client, fund.index, owner));
  if (shares === 0n) {
    throw new InputError('NO_SHARES', `${owner} has no ${fund.state.symbol}`, 'Name another account with --as.');
  }
  await requireBalances(client, owner, [{ token: tokenIn(fund.tokens, fund.index), amount: shares }]);
  const sender = { client, account };
  const redemption = { shares, slippage };
  if (options.toUsdc) await carryOut(sender, options, await redeemForBase(connection, account, fund, redemption));
  else await carryOut(sender, options, await redeemInKind(connection, account, fund, { ...redemption, toClaims }));
};
