import { join } from 'node:path';
import { InputError } from '@wicker/core';
import { DiskCache, JsonSource, type Progress } from '@wicker/data/collect';
import type { Command } from 'commander';

/** The options of every command that asks services. */
export type ServiceOptions = {
  readonly coingecko: string;
  readonly keyHeader: string;
  readonly perMinute: string;
  readonly cache: string;
};

/** The environment variable with the key of CoinGecko's API: on a command line other users of the machine would see it. */
const KEY_VARIABLE = 'COINGECKO_API_KEY';
/** {bytes} Some thousand charts of ten years. */
const CACHE_BYTES = 512 * 2 ** 20;
/** {ms} */
const TIMEOUT = 30_000;
const RETRIES = 5;

/** Adds the options of services to a command. */
export const withServices = (command: Command): Command =>
  command
    .option('--coingecko <url>', 'where the API of CoinGecko is', 'https://api.coingecko.com/api/v3')
    .option('--key-header <name>', `header for the key in ${KEY_VARIABLE}`, 'x-cg-demo-api-key')
    .option('--per-minute <n>', 'questions a minute, as the plan allows', '25')
    .option('--cache <folder>', 'where the answers of a day are kept', join('.cache', 'data'));

/** @throws InputError BAD_NUMBER, BAD_URL */
export const openCoinGecko = (options: ServiceOptions): JsonSource => {
  const key = process.env[KEY_VARIABLE];
  return openService('CoinGecko', options.coingecko, options, key ? { [options.keyHeader]: key } : {});
};

/** @throws InputError BAD_NUMBER, BAD_URL */
export const openService = (
  name: string,
  baseUrl: string,
  { perMinute, cache }: Pick<ServiceOptions, 'perMinute' | 'cache'>,
  headers: Readonly<Record<string, string>> = {},
): JsonSource => {
  if (!/^https?:/.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new InputError('BAD_URL', `'${baseUrl}' is no address of ${name}`, 'Give one such as https://api.llama.fi.');
  }
  return new JsonSource({
    ...{ name, baseUrl, headers, timeoutMs: TIMEOUT, retries: RETRIES },
    perMinute: wholeNumber('--per-minute', perMinute),
    cache: new DiskCache(cache, CACHE_BYTES),
  });
};

/** An option's number, 1 or more. @throws InputError BAD_NUMBER */
export const wholeNumber = (option: string, text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InputError('BAD_NUMBER', `${option} is '${text}'`, 'Give a whole number from 1 on.');
};

/** Says how far a collection is: on a terminal in one line that changes, elsewhere a line for each chart. */
export const tellProgress = ({ done, total, id }: Progress): void => {
  const { stderr } = process;
  const words = `${done} of ${total} charts: ${id}`;
  stderr.write(stderr.isTTY ? `\r\u001b[K${words}${done === total ? '\n' : ''}` : `${words}\n`);
};
