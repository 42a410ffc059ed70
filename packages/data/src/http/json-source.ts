import { faultsOf } from '@wicker/core';
import type { z } from 'zod';
import { dayOf } from '../daily-table.ts';
import { DataError } from '../errors.ts';
import type { DiskCache } from './disk-cache.ts';
import { isTooLong, restOf, waitAfter } from './retry.ts';
import { type Clock, SYSTEM_CLOCK, TokenBucket } from './token-bucket.ts';

/** Where a service is, and how it wants to be asked. */
export interface JsonSourceOptions {
  /** How messages call it, such as `CoinGecko`. */
  readonly name: string;
  /** Such as `https://api.coingecko.com/api/v3`; paths are put behind it. */
  readonly baseUrl: string;
  /** Sent along, such as an API key. They are neither in messages nor in the cache. */
  readonly headers: Readonly<Record<string, string>>;
  /** Questions a minute. */
  readonly perMinute: number;
  /** {ms} for one answer, from the question to its last byte. */
  readonly timeoutMs: number;
  /** How often a question is asked again after the first time. */
  readonly retries: number;
  readonly cache: DiskCache;
  readonly clock?: Clock;
}

type Query = Readonly<Record<string, string | number>>;

/** What went wrong with one attempt. */
interface Failure {
  readonly error: DataError;
  /** {s} that the server wants to rest; undefined when asking again would not help. */
  readonly rest?: number;
}

/** Questions that may be asked at once after a rest. */
const BURST = 5;
const MS_A_DAY = 86_400_000;
const TOO_MANY = 429;
const TIMED_OUT = 408;
const NOT_FOUND = 404;
const MOST_FAULTS = 5;

/**
 * A service that answers questions with JSON. The answer of a day is kept on disk once it has the documented shape: what was interrupted
 * goes on where it was.
 */
export class JsonSource {
  readonly #options: JsonSourceOptions;
  readonly #clock: Clock;
  readonly #bucket: TokenBucket;

  constructor(options: JsonSourceOptions) {
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#bucket = new TokenBucket(options.perMinute, BURST, this.#clock);
  }

  /** The UTC day on which it is asked. */
  today(): string {
    return dayOf(Math.floor(this.#clock.now() / MS_A_DAY));
  }

  /**
   * Asks for a path and checks the answer.
   *
   * @throws DataError BAD_REQUEST, HTTP_NOT_FOUND and HTTP_REFUSED at once; HTTP_BUSY, NO_ANSWER and BAD_ANSWER after the retries (BAD_ANSWER at once
   * when it is whole JSON of another shape)
   */
  async json<Shape extends z.ZodType>(path: string, query: Query, shape: Shape): Promise<z.output<Shape>> {
    const url = new URL(`${this.#options.baseUrl.replace(/\/+$/, '')}${path}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
    const key = `${this.today()} ${url}`;
    const kept = await this.#options.cache.get(key);
    const known = kept === undefined ? undefined : parse(kept, shape);
    if (known !== undefined && 'data' in known) return known.data;

    for (let failures = 1; ; failures += 1) {
      await this.#bucket.take();
      const answer = await this.#ask(url, path);
      const read = typeof answer === 'string' ? this.#read(answer, path, shape) : answer;
      if ('data' in read) {
        if (typeof answer === 'string') await this.#options.cache.put(key, answer);
        return read.data;
      }
      const { error, rest } = read;
      if (rest === undefined || isTooLong(rest) || failures > this.#options.retries) throw error;
      await this.#clock.sleep(waitAfter(failures, rest, Math.random()));
    }
  }

  /** One attempt: the text of the answer, or why there is none. */
  async #ask(url: URL, path: string): Promise<string | Failure> {
    const { timeoutMs } = this.#options;
    const request = this.#request(url);
    try {
      const response = await fetch(request, { signal: AbortSignal.timeout(timeoutMs) });
      if (response.ok) return await response.text();
      await response.body?.cancel();
      return this.#refusal(response, path);
    } catch (error) {
      const slow = error instanceof Error && error.name === 'TimeoutError';
      const reason = slow ? `no whole answer within ${timeoutMs / 1000} s` : causeOf(error);
      const message = `${this.#options.name} does not answer to ${path}: ${reason}`;
      return {
        error: new DataError('NO_ANSWER', message, 'Check the network and the base URL; run it again to go on.'),
        rest: 0,
      };
    }
  }

  /** @throws DataError BAD_REQUEST, which does not say why: the reason would quote the key, or the password of the address. */
  #request(url: URL): Request {
    const { name, headers } = this.#options;
    try {
      // A redirect is not followed: it would carry the key elsewhere.
      return new Request(url, { headers: { accept: 'application/json', ...headers }, redirect: 'manual' });
    } catch {
      throw new DataError(
        'BAD_REQUEST',
        `${name} cannot be asked: its address or a header is none`,
        'Give the key in one line of plain characters, a header name without spaces, and an address without user and password.',
      );
    }
  }

  #refusal({ status, headers }: Response, path: string): Failure {
    const { name } = this.#options;
    const says = `${name} answers ${status} to ${path}`;
    if (status === TOO_MANY || status === TIMED_OUT || status >= 500) {
      const rest = restOf(headers.get('retry-after'), this.#clock.now());
      const wants = rest > 0 ? `, and wants to be asked again in ${Math.ceil(rest)} s` : '';
      return {
        error: new DataError('HTTP_BUSY', `${says}${wants}`, 'Run it again later: what was got is kept.'),
        rest,
      };
    }
    if (status === NOT_FOUND) {
      return {
        error: new DataError('HTTP_NOT_FOUND', `${says}: it has no such thing`, 'Check the ids and the base URL.'),
      };
    }
    return { error: new DataError('HTTP_REFUSED', says, 'Check the API key, what its plan allows, and the base URL.') };
  }

  #read<Shape extends z.ZodType>(text: string, path: string, shape: Shape): { data: z.output<Shape> } | Failure {
    const parsed = parse(text, shape);
    if ('data' in parsed) return parsed;
    const { faults, isJson } = parsed;
    const message = `${this.#options.name} answers ${path} with something else than documented: ${faults}`;
    const error = new DataError('BAD_ANSWER', message, 'If it stays so, the service has changed: please report it.');
    return isJson ? { error } : { error, rest: 0 };
  }
}

type Parsed<T> = { readonly data: T } | { readonly faults: string; readonly isJson: boolean };

const parse = <Shape extends z.ZodType>(text: string, shape: Shape): Parsed<z.output<Shape>> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { faults: `${Buffer.byteLength(text)} bytes that are no whole JSON`, isJson: false };
  }
  const { data, error } = shape.safeParse(json);
  if (error === undefined) return { data };
  return { faults: faultsOf(error, json).slice(0, MOST_FAULTS).join('; '), isJson: true };
};

const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};
