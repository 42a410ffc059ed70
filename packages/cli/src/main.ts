import { InputError } from '@wicker/core';
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { asWickerError, printError } from './output.ts';
import { ToldError } from './told.ts';

type CommandModule = { register(program: Command): void };

/** Each command in its own module, loaded only when it is asked for: `weigh` does not wait for the parts that start chains. */
const COMMANDS: Readonly<Record<string, () => Promise<CommandModule>>> = {
  backtest: () => import('./commands/backtest.ts'),
  data: () => import('./commands/data.ts'),
  demo: () => import('./commands/demo.ts'),
  explain: () => import('./commands/explain.ts'),
  index: () => import('./commands/index-funds.ts'),
  keeper: () => import('./commands/keeper.ts'),
  rebalance: () => import('./commands/rebalance.ts'),
  report: () => import('./commands/report.ts'),
  screen: () => import('./commands/screen.ts'),
  simulate: () => import('./commands/simulate.ts'),
  sweep: () => import('./commands/sweep.ts'),
  up: () => import('./commands/up.ts'),
  verify: () => import('./commands/verify.ts'),
  weigh: () => import('./commands/weigh.ts'),
};

/** Exit codes: 0 done, 1 failed, 2 bad input (files, options, commands). */
const DONE = 0;
const FAILED = 1;
const BAD_INPUT = 2;

/** Runs the `wicker` command with the arguments after its name; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command('wicker');
  try {
    await run(program, args);
    return DONE;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return DONE;
    if (error instanceof ToldError) return FAILED;
    const wickerError = error instanceof CommanderError ? usageError(error, program, args) : asWickerError(error);
    printError(wickerError, args.includes('--json'));
    return wickerError instanceof InputError ? BAD_INPUT : FAILED;
  }
}

async function run(program: Command, args: readonly string[]): Promise<void> {
  program
    .description('Index funds on chain: choose and weigh the assets, run the fund.')
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 bad input. Errors go to standard error, with --json as one object.\n',
    );
  const asked = args.find((arg) => !arg.startsWith('-'));
  const load = asked === undefined || !Object.hasOwn(COMMANDS, asked) ? undefined : COMMANDS[asked];
  const modules = await Promise.all((load ? [load] : Object.values(COMMANDS)).map((one) => one()));
  for (const { register } of modules) register(program);
  await program.parseAsync([...args], { from: 'user' });
}

/** The parser's complaint about the command line as an error of bad input. */
function usageError({ code, message }: CommanderError, program: Command, args: readonly string[]): InputError {
  const text =
    code === 'commander.help' ? 'no command given' : message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return new InputError('USAGE', text, `See '${pathOf(program, args)} --help'.`);
}

/** The command that the arguments ask for, as far as it exists: `wicker index mint`. */
function pathOf(program: Command, args: readonly string[]): string {
  const [name, ...others] = args.filter((arg) => !arg.startsWith('-'));
  const found = program.commands.find((command) => command.name() === name);
  return found === undefined ? program.name() : `${program.name()} ${pathOf(found, others)}`;
}
