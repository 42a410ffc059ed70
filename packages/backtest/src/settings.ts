import { InputError } from '@wicker/core';
import { DEFAULT_POLICY } from '@wicker/data';
import type { BacktestSettings } from './result.ts';

/**
 * A million USD, rebalanced by the calendar; an asset of unknown liquidity has the 5 000 000 USD that the published rules ask for at
 * least (docs/rules.md 4.1).
 */
export const DEFAULT_SETTINGS: BacktestSettings = {
  capitalUsd: 1_000_000,
  rebalancing: 'calendar',
  liquidityUsd: 5_000_000,
  riskFreeRate: 0,
  policy: DEFAULT_POLICY,
};

/**
 * Settings, checked; those not given are the default ones.
 *
 * @throws InputError BAD_SETTING
 */
export const settingsOf = (some: Partial<BacktestSettings> = {}): BacktestSettings => {
  const settings = { ...DEFAULT_SETTINGS, ...some };
  for (const name of ['capitalUsd', 'liquidityUsd'] as const) {
    if (Number.isFinite(settings[name]) && settings[name] > 0) continue;
    throw new InputError('BAD_SETTING', `${name} is ${settings[name]}`, `Give ${name} as USD above 0.`);
  }
  if (Number.isFinite(settings.riskFreeRate) && settings.riskFreeRate > -1) return settings;
  throw new InputError('BAD_SETTING', `riskFreeRate is ${settings.riskFreeRate}`, 'Give a rate a year, such as 0.03.');
};
