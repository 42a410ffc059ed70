import type { Command } from 'commander';
import { onChain } from '../connect/on-chain.ts';
import { withChain, withJson, withSending } from '../connect/options.ts';
import { planCommand, runCommand } from './rebalance/run.ts';

export function register(program: Command): void {
  const rebalance = program.command('rebalance').description('bring indices back to their targets, as anybody may');
  withJson(
    withChain(rebalance.command('plan').description('what could be opened and traded now, and why; sends nothing')),
  )
    .argument('[indices...]', 'symbols or addresses; all without any')
    .action(onChain(planCommand));
  withSending(rebalance.command('run').description('open what may open, and send one round for each open epoch'))
    .argument('[indices...]', 'symbols or addresses; all without any')
    .action(onChain(runCommand));
}
