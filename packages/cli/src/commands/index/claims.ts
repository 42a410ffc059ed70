import { Claims, InputError, Orders, RAY, WickerError } from '@wicker/core';
import {
  addressOf,
  claimedAssets,
  claimsOf,
  parsOf,
  quotesOf,
  type RedeemedClaim,
  redeemClaimCall,
  redeemedClaimIn,
  simulate,
} from '@wicker/sdk';
import type { Address } from 'viem';
import { formatAmount } from '../../amounts.ts';
import { requireAccount, requireSigner } from '../../connect/account.ts';
import { type Connection, connect } from '../../connect/connect.ts';
import type { ChainOptions, PrintOptions, SendOptions } from '../../connect/options.ts';
import { assetNamed, tokenIn, tokensAt } from '../../connect/tokens.ts';
import { money } from '../../index-text.ts';
import { printJson, printLine, printTable } from '../../output.ts';
import { carryOut, type Proposal } from '../../preview/carry-out.ts';
import { foresee } from '../../preview/foresee.ts';
import type { Flow } from '../../preview/preview.ts';

/** A claim of an account; `amount` {tok} is what it brings. */
interface Claim extends Flow {
  /** {claim} */
  readonly units: bigint;
  /** Why it cannot be redeemed now; undefined when it can. */
  readonly refusal: WickerError | undefined;
}

/** What the account has in the vault, each with whether it can be redeemed now. */
const claimsFor = async (connection: Connection, owner: Address): Promise<Claim[]> => {
  const { client, deployment } = connection;
  const { addresses: platform, fromBlock } = deployment;
  const ever = await claimedAssets(client, { platform, owner, fromBlock: BigInt(fromBlock) });
  const claims = [...(await claimsOf(client, { platform, owner, assets: ever }))];
  const assets = claims.map(([asset]) => asset);
  const calls = claims.map(([asset, claim]) => redeemClaimCall({ platform, asset, claim, to: owner }));
  const [pars, tokens, quotes, simulated] = await Promise.all([
    parsOf(client, { platform, assets }),
    tokensAt(connection, assets),
    quotesOf(client, { platform, assets }),
    calls.length === 0 ? [] : simulate(client, { account: owner, calls }),
  ]);
  return claims.map(([asset, units], i): Claim => {
    const quote = quotes[i];
    const amount = Claims.worthOf(units, pars[i] ?? RAY);
    const value = quote === undefined || quote.status === 'dead' ? undefined : Orders.valueOf(amount, quote.price);
    return { token: tokenIn(tokens, asset), units, amount, value, claim: true, refusal: simulated[i]?.error };
  });
};

/** `wicker index claims list` */
export const listClaims = async (options: ChainOptions & PrintOptions): Promise<void> => {
  const connection = await connect(options);
  const owner = addressOf(requireAccount(connection));
  const claims = await claimsFor(connection, owner);
  if (options.json) {
    printJson(
      claims.map(({ token: { address, name, symbol, decimals }, units, amount, value, refusal }) => ({
        ...{ asset: address, id: name, symbol, decimals, claim: units, amount, value },
        redeemable: refusal === undefined,
      })),
    );
  } else if (claims.length === 0) printLine(`${owner} has no claims.`);
  else {
    printTable(
      ['claim on', 'amount', 'value USDC', 'now'],
      claims.map(({ token, amount, value, refusal }) => [
        ...[token.name, formatAmount(amount, token.decimals), value === undefined ? 'no price' : money(value)],
        refusal === undefined ? 'can be redeemed' : 'the token refuses to be paid out',
      ]),
    );
  }
};

/** The claims that are asked for and can be redeemed. @throws {WickerError} NO_CLAIM, or why a single one cannot be redeemed */
const chosen = (connection: Connection, owner: Address, claims: readonly Claim[], name: string): Claim[] => {
  const asset = name === 'all' ? undefined : assetNamed(connection.deployment, name);
  const asked = claims.filter(({ token }) => asset === undefined || token.address === asset);
  if (asked.length === 0) {
    const what = asset === undefined ? 'no claims' : `no claim on ${name}`;
    throw new InputError('NO_CLAIM', `${owner} has ${what}`, "See 'wicker index claims list'.");
  }
  const ready = asked.filter(({ refusal }) => refusal === undefined);
  if (ready.length > 0) return ready;
  const names = asked.map(({ token }) => token.name).join(', ');
  throw new WickerError(
    'CLAIM_NOT_PAYABLE',
    `${names} cannot be paid out: ${asked[0]?.refusal?.message}`,
    'the claim stays: try again when the token moves again',
  );
};

/** `wicker index claims redeem` */
export const redeemClaims = async (name: string, options: SendOptions): Promise<void> => {
  const connection = await connect(options);
  const { client, deployment } = connection;
  const account = requireAccount(connection);
  await requireSigner(client, account);
  const to = addressOf(account);
  const due = chosen(connection, to, await claimsFor(connection, to), name).map((claim) => ({
    claim,
    call: redeemClaimCall({ platform: deployment.addresses, asset: claim.token.address, claim: claim.units, to }),
  }));
  const { logs, gas } = await foresee(
    client,
    account,
    due.map(({ call }) => call),
  );
  const [first, ...others] = due;
  const proposal: Proposal<readonly (RedeemedClaim & { readonly asset: Address | undefined })[]> = {
    preview: {
      title: others.length === 0 ? `Redeem the claim on ${first?.claim.token.name}` : `Redeem ${due.length} claims`,
      ...{ account: to, goes: due.map(({ claim }) => claim), limits: [], allowances: [], gas },
      comes: due.map(({ claim: { token, value } }, i) => ({ token, value, ...redeemedClaimIn(logs[i] ?? []) })),
    },
    steps: due.map(({ claim, call }) => ({ what: `redeem the claim on ${claim.token.name}`, call: () => call })),
    resultOf: (mined) =>
      mined.map(({ receipt }, i) => ({ asset: due[i]?.claim.token.address, ...redeemedClaimIn(receipt.logs) })),
    tell: (redeemed) => `Redeemed ${redeemed.length === 1 ? 'the claim' : `${redeemed.length} claims`}.`,
  };
  await carryOut({ client, account }, options, proposal);
};
