import { type BacktestSettings, DEFAULT_SETTINGS, type Members, parseMembersText } from '@wicker/backtest';
import { type Day, InputError } from '@wicker/core';
import { type DailyTable, readDailyTable } from '@wicker/data';
import type { Command } from 'commander';
import { inContext, nameOf, readText } from '../input.ts';

/** The options of every command that works on history. */
export type HistoryOptions = {
  readonly prices: string;
  readonly members?: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly capital: string;
  readonly bands?: boolean;
  readonly liquidity: string;
  readonly riskFree: string;
  readonly carryDays: string;
  readonly haircut: string;
};

/** What a command on history works with. */
export type History = {
  readonly table: DailyTable;
  readonly members: Members | undefined;
  readonly from: Day | undefined;
  readonly to: Day | undefined;
  readonly settings: Partial<BacktestSettings>;
};

const { capitalUsd, liquidityUsd, riskFreeRate, policy } = DEFAULT_SETTINGS;

/** Adds the options of history to a command. */
export function withHistory(command: Command): Command {
  return command
    .requiredOption(
      '--prices <file>',
      'daily prices: CSV (date,id,price_usd,market_cap_usd,...), also as .gz, or Parquet',
    )
    .option('--members <file>', 'who is considered from which month, such as data/universes/pdi-members.jsonc')
    .option('--from <day>', 'begin with the first rebalance on this day or later, YYYY-MM-DD (default: the first day)')
    .option('--to <day>', 'the last day (default: that of the prices)')
    .option('--capital <usd>', 'USD at the start: sizes of trades follow from it', String(capitalUsd))
    .option('--bands', 'trade also between the rebalances, when weights leave their bands')
    .option('--liquidity <usd>', 'USD of liquidity of an asset for which the prices have none', String(liquidityUsd))
    .option('--risk-free <rate>', 'risk-free rate a year, such as 0.03', String(riskFreeRate))
    .option('--carry-days <n>', 'days for which a missing price is the last one before', String(policy.maxCarryDays))
    .option('--haircut <share>', 'lost of the last price when prices have ended', String(policy.haircut));
}

/** Reads what the options name. @throws InputError, with the file or option that is wrong */
export async function readHistory(options: HistoryOptions): Promise<History> {
  const { prices, members, from, to, bands } = options;
  const settings = {
    capitalUsd: numberOf('--capital', options.capital),
    liquidityUsd: numberOf('--liquidity', options.liquidity),
    riskFreeRate: numberOf('--risk-free', options.riskFree),
    rebalancing: bands ? ('bands' as const) : ('calendar' as const),
    policy: {
      ...policy,
      maxCarryDays: numberOf('--carry-days', options.carryDays),
      haircut: numberOf('--haircut', options.haircut),
    },
  };
  const known = members === undefined ? undefined : readMembers(members);
  return { table: await readDailyTable(prices), members: known, from, to, settings };
}

function readMembers(path: string): Members {
  const text = readText(path);
  return inContext(nameOf(path), () => parseMembersText(text));
}

function numberOf(option: string, text: string): number {
  if (/^-?\d+(\.\d+)?(e\d+)?$/i.test(text)) return Number(text);
  throw new InputError('BAD_NUMBER', `${option} is '${text}'`, 'Give a number such as 1000000 or 0.03.');
}
