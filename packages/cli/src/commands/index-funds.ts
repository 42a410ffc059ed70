import type { Command } from 'commander';
import { onChain } from '../connect/on-chain.ts';
import { withChain, withJson, withSending } from '../connect/options.ts';
import { listClaims, redeemClaims } from './index/claims.ts';
import { createCommand } from './index/create.ts';
import { DEFAULT_SLIPPAGE, mintCommand } from './index/mint.ts';
import { redeemCommand } from './index/redeem.ts';
import { reweighCommand } from './index/reweigh.ts';
import { listCommand, showCommand } from './index/show.ts';

const EXAMPLE = `
An example of the file; comments are allowed:
  {
    "name": "Two Exchanges", "symbol": "TWO",
    "manager": "manager", // an account's name or address; without it the creator
    "fees": { "mintBps": 20, "redeemBps": 50, "managementPercent": 1 },
    "deposit": 10000, // USDC worth of the first deposit, in the weights below
    "assets": { "uniswap": 60, "sushi": 40 } // percent, by name or address
  }
Instead of a deposit each asset can bring its amount: "uniswap": { "weight": 60, "amount": "1000" }.
With --proposal, leave "assets" out: the deposit is divided as the proposal says.
"feeParts": { "manager": 5000, "alice": 3000 } divides the fees in basis points; the platform gets the rest.
The creator has to hold the assets: nothing is bought.
`;

export function register(program: Command): void {
  const index = program.command('index').description('look at, create, reweigh, mint and redeem index funds');
  withJson(withChain(index.command('list').description('every index in a line'))).action(onChain(listCommand));
  withJson(withChain(index.command('show').description('what an index holds, aims at and wants to trade')))
    .argument('<index>', 'symbol or address')
    .action(onChain(showCommand));
  withSending(index.command('create').description('make an index with its first deposit'))
    .argument('<file>', 'what it is to be; - reads standard input')
    .option('--proposal <file>', 'assets and weights of `wicker weigh --propose`, in place of those of the file')
    .addHelpText('after', EXAMPLE)
    .action(onChain(createCommand));
  withSending(index.command('reweigh').description('give a managed index the weights of a proposal'))
    .argument('<index>', 'symbol or address')
    .requiredOption('--proposal <file>', 'what `wicker weigh --propose` wrote')
    .action(onChain(reweighCommand));
  withSending(
    index.command('mint').description('get shares for every asset of an index, for claims on them, or for USDC'),
  )
    .argument('<index>', 'symbol or address')
    .option('--shares <amount>', 'mint this many, fee included, for a part of every asset')
    .option('--from-claims', 'with --shares: pay with claims in the vault instead of tokens')
    .option('--pay <usdc>', 'mint what this much buys; assets come from listed pools')
    .option(
      '--slippage <percent>',
      `with --pay: how many fewer shares than expected will do (default ${DEFAULT_SLIPPAGE})`,
    )
    .action(onChain(mintCommand));
  withSending(
    index.command('redeem').description('give shares back for a part of every asset, for claims on them, or for USDC'),
  )
    .argument('<index>', 'symbol or address')
    .requiredOption('--shares <amount>', "how many, or 'all'")
    .option('--to-usdc', 'sell every asset on listed pools')
    .option('--to-claims', 'get claims in the vault, which mint another index or turn into their tokens later')
    .option('--slippage <percent>', `how much less than expected will do (default ${DEFAULT_SLIPPAGE})`)
    .action(onChain(redeemCommand));
  const claims = index
    .command('claims')
    .description('what the vault keeps for you: claims on tokens that were not paid out');
  withJson(
    withChain(claims.command('list', { isDefault: true }).description('every claim and whether it can be redeemed')),
  ).action(onChain(listClaims));
  withSending(claims.command('redeem').description('turn a claim into its tokens'))
    .argument('<asset>', "name or address, or 'all' that can be redeemed")
    .action(onChain(redeemClaims));
}
