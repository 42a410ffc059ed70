import { holdingsOf, indexAbi, indexFactoryAbi, managedAbi } from '@wicker/sdk';
import { type Address, maxUint256, parseEventLogs, parseUnits, type TransactionReceipt } from 'viem';
import { first, type Invocation, send } from './chain.ts';
import { addressOf, allow, amountOf, ONE, RAY, tokenOf, type World } from './world.ts';

/** An index and the ids of its first assets, ascending by address. */
export interface Fund {
  readonly index: Address;
  readonly ids: readonly string[];
  readonly receipt: TransactionReceipt;
}

/** By asset: target {percent, as a decimal} and first deposit {tok, as a decimal}. */
export type Legs = Readonly<Record<string, readonly [percent: string, amount: string]>>;

export interface Fees {
  readonly mintBps: number;
  readonly redeemBps: number;
  /** {ray/s} */
  readonly aumRate: bigint;
}

/** {ray/s} 1 % a year (docs/rules.md 3) */
export const RATE_1 = 1_000_000_000_318_482_464_817_954_188n;
export const FREE: Fees = { mintBps: 0, redeemBps: 0, aumRate: RAY };
/** Those of PDI (docs/rules.md 3). */
export const PDI: Fees = { mintBps: 20, redeemBps: 50, aumRate: RATE_1 };

/** {1e18} a decimal percentage */
const weightOf = (percent: string): bigint => parseUnits(percent, 16);

/** Ids ascending by the addresses of their tokens, each once. */
export const sorted = (world: World, ids: readonly string[]): string[] =>
  [...new Set(ids)].sort((a, b) => (BigInt(addressOf(world, a)) < BigInt(addressOf(world, b)) ? -1 : 1));

/** The factory's argument for a new index of these legs. */
export const creationOf = (world: World, legs: Legs, fees: Fees = FREE) => {
  const ids = sorted(world, Object.keys(legs));
  const leg = (id: string) => legs[id] ?? ['0', '0'];
  return {
    ...{ name: 'Test index', symbol: 'TEST', manager: world.who.manager, family: world.platform.managed, fees },
    parts: [{ recipient: world.who.manager, bps: 6667 }],
    assets: ids.map((id) => addressOf(world, id)),
    weights: ids.map((id) => weightOf(leg(id)[0])),
    amounts: ids.map((id) => amountOf(world, id, leg(id)[1])),
  };
};

/** The call that makes an index. */
export const createCall = ({ who, platform }: World, creation: ReturnType<typeof creationOf>): Invocation => ({
  ...{ from: who.manager, to: platform.factory, abi: indexFactoryAbi, functionName: 'create', args: [creation] },
});

/** Makes an index of the manager; alice and bob have approved it. */
export const createFund = async (world: World, legs: Legs, fees: Fees = FREE): Promise<Fund> => {
  const receipt = await send(world.client, createCall(world, creationOf(world, legs, fees)));
  const { logs } = receipt;
  const { index } = first(parseEventLogs({ abi: indexFactoryAbi, logs, eventName: 'IndexCreated' })).args;
  const ids = sorted(world, Object.keys(legs));
  for (const id of ids) {
    await allow(world, world.who.alice, index, id);
    await allow(world, world.who.bob, index, id);
  }
  return { index, ids, receipt };
};

/** How many legs an index has now. */
const legCount = async ({ client, platform }: World, { index }: Fund): Promise<number> =>
  (await holdingsOf(client, { platform, index })).legs.length;

/** Mints in kind; refuses no amount unless `maxAmounts` are given. */
export const mint = async (
  world: World,
  fund: Fund,
  from: Address,
  shares: bigint,
  maxAmounts?: readonly bigint[],
): Promise<{ shares: bigint; fee: bigint; amounts: readonly bigint[] }> => {
  const most = maxAmounts ?? Array.from({ length: await legCount(world, fund) }, () => maxUint256);
  const call = { from, to: fund.index, abi: indexAbi, functionName: 'mint', args: [shares, most, from] };
  const { logs } = await send(world.client, call);
  return first(parseEventLogs({ abi: indexAbi, logs, eventName: 'Minted' })).args;
};

/** Redeems in kind; asks for no least amount unless `minAmounts` are given. */
export const redeem = async (
  world: World,
  fund: Fund,
  from: Address,
  shares: bigint,
  minAmounts?: readonly bigint[],
): Promise<{ shares: bigint; fee: bigint; amounts: readonly bigint[]; setAside: bigint }> => {
  const least = minAmounts ?? Array.from({ length: await legCount(world, fund) }, () => 0n);
  const call = { from, to: fund.index, abi: indexAbi, functionName: 'redeem', args: [shares, least, from] };
  const { logs } = await send(world.client, call);
  return first(parseEventLogs({ abi: indexAbi, logs, eventName: 'Redeemed' })).args;
};

/** {tok} what an index holds, by asset id, in ascending order of the assets. */
export const holdings = async (
  { client, platform, market }: World,
  { index }: Fund,
): Promise<Record<string, bigint>> => {
  const { legs } = await holdingsOf(client, { platform, index });
  const ids = new Map([market.base, ...market.tokens].map(({ id, address }) => [address.toLowerCase(), id]));
  return Object.fromEntries(legs.map(({ asset, amount }) => [ids.get(asset.toLowerCase()) ?? asset, amount]));
};

/** The call by which the manager sets targets {percent, as a decimal}. */
export const weightsCall = (world: World, { index }: Fund, percents: Readonly<Record<string, string>>): Invocation => {
  const ids = sorted(world, Object.keys(percents));
  const weights = ids.map((id) => weightOf(percents[id] ?? '0'));
  const args = [index, ids.map((id) => addressOf(world, id)), weights];
  return { from: world.who.manager, to: world.platform.managed, abi: managedAbi, functionName: 'setWeights', args };
};

export const setWeights = (
  world: World,
  fund: Fund,
  percents: Readonly<Record<string, string>>,
): Promise<TransactionReceipt> => send(world.client, weightsCall(world, fund, percents));

/** {share} */
export const totalSupply = ({ client }: World, { index }: Fund): Promise<bigint> =>
  client.readContract({ address: index, abi: indexAbi, functionName: 'totalSupply' });

/** {share} */
export const sharesOf = ({ client }: World, { index }: Fund, owner: Address): Promise<bigint> =>
  client.readContract({ address: index, abi: indexAbi, functionName: 'balanceOf', args: [owner] });

/** {share} whole shares */
export const shares = (whole: bigint): bigint => whole * ONE;

/** What amounts say by asset id, in the order of `ids`. */
export const byId = (ids: readonly string[], amounts: readonly bigint[]): Record<string, bigint> =>
  Object.fromEntries(ids.map((id, i) => [id, amounts[i] ?? 0n]));

/** {tok} amounts given as decimals, by id. */
export const amounts = (world: World, decimals: Readonly<Record<string, string>>): Record<string, bigint> =>
  Object.fromEntries(Object.entries(decimals).map(([id, text]) => [id, parseUnits(text, tokenOf(world, id).decimals)]));
