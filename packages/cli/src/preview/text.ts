import { bpsOf, formatFixed, sumOfCosts } from '@wicker/core';
import { formatGwei } from 'viem';
import { exactAmount, formatAmount } from '../amounts.ts';
import { money } from '../index-text.ts';
import { formatTable, groupDigits } from '../output.ts';
import { type Flow, type Gas, type PoolLeg, type Preview, valueOfFlows, type WeightChange } from './preview.ts';

/** {base} with its sign. */
const signed = (value: bigint): string => (value < 0n ? `-${money(-value)}` : money(value));

const labelOf = ({ token: { name, symbol }, claim }: Flow): string =>
  `${name === symbol ? name : `${name} (${symbol})`}${claim ? ', as a claim' : ''}`;

const flowTable = (heading: string, flows: readonly Flow[]): string => {
  const rows = flows.map((flow) => [
    labelOf(flow),
    formatAmount(flow.amount, flow.token.decimals),
    flow.value === undefined ? 'no price' : money(flow.value),
  ]);
  const total = flows.length > 1 ? [['all', '', money(valueOfFlows(flows))]] : [];
  return formatTable([heading, 'amount', 'value USDC'], [...rows, ...total]);
};

const poolTable = (legs: readonly PoolLeg[]): string =>
  formatTable(
    ['over pools', 'amount', 'USDC', 'fee bps', 'impact bps', 'off feeds bps'],
    legs.map(({ token, amount, base, cost: { fee, impact, offFeeds } }) => [
      ...[token.name, formatAmount(amount, token.decimals), money(base)],
      ...[fee, impact, offFeeds].map((part) => (part === undefined ? 'no price' : bpsOf(part, base).toFixed(1))),
    ]),
  );

const weightTable = (weights: readonly WeightChange[]): string =>
  formatTable(
    ['target', 'from', 'to'],
    weights.map(({ token, from, to }) => [token.name, formatFixed(from, 18), formatFixed(to, 18)]),
  );

const costLines = (legs: readonly PoolLeg[]): [string, string][] => {
  const { fee, impact, offFeeds } = sumOfCosts(legs.map(({ cost }) => cost));
  const traded = legs.reduce((sum, { base }) => sum + base, 0n);
  const told = (part: bigint | undefined): string =>
    part === undefined
      ? 'not known without every price'
      : `${signed(part)} USDC, ${bpsOf(part, traded).toFixed(1)} bps`;
  return [
    ['pool fees', told(fee)],
    ['price impact', told(impact)],
    ['pools off the feeds', told(offFeeds)],
  ];
};

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const gasText = ({ transactions, gas, price }: Gas): string => {
  const cost = formatAmount(gas * price, 18);
  return `${groupDigits(gas.toString())} in ${plural(transactions, 'transaction')}, ${cost} ETH at ${formatGwei(price)} gwei`;
};

const allowanceLines = ({ allowances, goes }: Preview): [string, string][] => {
  const [first] = allowances;
  if (first === undefined) return [];
  const isWhole = allowances.every(({ token, amount }) =>
    goes.some((flow) => flow.token.address === token.address && flow.amount === amount),
  );
  const many = plural(allowances.length, first.vault === undefined ? 'token' : 'claim');
  const spenders = new Set(allowances.map(({ spender }) => spender));
  if (allowances.length > 1 && isWhole && spenders.size === 1)
    return [['allowances', `of ${many}, each the amount above, to ${first.spender}`]];
  return allowances.map(({ token, spender, amount, vault }) => [
    'allowance',
    `${exactAmount(amount, token.decimals)} ${token.symbol}${vault === undefined ? '' : ', of the claim on it,'} to ${spender}`,
  ]);
};

const factLines = (preview: Preview): string[] => {
  const { fee, pools, limits, gas } = preview;
  const facts: [string, string][] = [
    ...(fee
      ? [['fee', `${formatAmount(fee.shares, 18)} ${fee.token.symbol}, ${money(fee.value)} USDC`] as [string, string]]
      : []),
    ...(pools ? costLines(pools) : []),
    ...limits.map((limit): [string, string] => ['limit', limit]),
    ...allowanceLines(preview),
    ['gas', gasText(gas)],
  ];
  const width = Math.max(...facts.map(([label]) => label.length));
  return facts.map(([label, text]) => `${label.padEnd(width)}  ${text}`);
};

/** A preview for people. */
export const previewText = (preview: Preview): string => {
  const { title, account, goes, comes, pools, weights } = preview;
  return [
    `${title}, as ${account}`,
    ...(goes.length === 0 ? [] : ['', flowTable('goes', goes)]),
    ...(comes.length === 0 ? [] : ['', flowTable('comes', comes)]),
    ...(pools === undefined || pools.length === 0 ? [] : ['', poolTable(pools)]),
    ...(weights === undefined ? [] : ['', weightTable(weights)]),
    '',
    ...factLines(preview),
  ].join('\n');
};

const flowJson = ({ token: { address, name, symbol, decimals }, amount, value, claim = false }: Flow) => ({
  ...{ asset: address, id: name, symbol, decimals, amount, value, claim },
});

/** The same for programs: amounts in smallest units. */
export const previewJson = ({
  title,
  account,
  goes,
  comes,
  fee,
  pools,
  weights,
  limits,
  allowances,
  gas,
}: Preview) => ({
  ...{ title, account, goes: goes.map(flowJson), comes: comes.map(flowJson), limits },
  ...(fee ? { fee: { shares: fee.shares, value: fee.value } } : {}),
  ...(pools
    ? {
        pools: pools.map(({ token, pool, amount, base, cost }) => ({
          asset: token.address,
          pool,
          amount,
          base,
          ...cost,
        })),
        cost: sumOfCosts(pools.map(({ cost }) => cost)),
      }
    : {}),
  ...(weights
    ? {
        weights: weights.map(({ token, from, to }) => ({
          ...{ asset: token.address, id: token.name, from: formatFixed(from, 18), to: formatFixed(to, 18) },
        })),
      }
    : {}),
  allowances: allowances.map(({ token, spender, amount, vault }) => ({
    ...{ asset: token.address, spender, amount, claim: vault !== undefined },
  })),
  gas: { ...gas, cost: gas.gas * gas.price },
});
