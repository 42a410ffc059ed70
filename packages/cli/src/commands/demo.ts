import { startChain } from '@wicker/devnet';
import type { Command } from 'commander';
import { printFund, printScenario, printScenarioJson } from '../demo/report.ts';
import { playScenario } from '../demo/scenario.ts';
import { stepsFor } from '../demo/steps.ts';
import { buildWorld } from '../demo/world.ts';

export function register(program: Command): void {
  program
    .command('demo')
    .description('play the life of an index fund on a chain of its own: weigh, mint, rebalance, redeem')
    .option('--json', 'print one JSON document; amounts are in smallest units')
    .action(demo);
}

async function demo({ json = false }: { json?: boolean }): Promise<void> {
  const steps = stepsFor(json);
  const chain = await steps.run('start a chain', () => startChain());
  try {
    const world = await buildWorld(steps, chain);
    if (!json) printFund(world.fund);
    const scenario = await playScenario(world, steps);
    if (json) printScenarioJson(world, scenario);
    else printScenario(world, scenario);
  } finally {
    await chain.stop();
  }
}
