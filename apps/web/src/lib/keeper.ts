// What a keeper tells. No keeper is a state, not an error: funds live without one.
import { useQuery } from '@tanstack/react-query';
import {
  historySchema,
  type KeeperReport,
  keeperSchema,
  type OpeningRecord,
  openingsSchema,
  type RoundRecord,
  roundsSchema,
} from '@wicker/keeper/api';
import type { Address } from 'viem';
import type { z } from 'zod';
import { type ChartPoint, toPoint } from '../chart/points.ts';

/** {ms} */
const POLLING = 3_000;
/** {records} */
const LIMIT = 40;

/** What the keeper answers; null when there is none, or it says something else than agreed. */
const ask = async <T>(path: string, schema: z.ZodType<T>): Promise<T | null> => {
  try {
    const response = await fetch(path, { headers: { accept: 'application/json' } });
    if (!response.ok || response.status === 204) return null;
    const parsed = schema.safeParse(await response.json());
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

const polled = { retry: false, refetchInterval: POLLING } as const;

/** What the keeper does; null without one, undefined before the first answer. */
export const useKeeper = (): KeeperReport | null | undefined =>
  useQuery({ queryKey: ['keeper'], queryFn: () => ask('/api/keeper', keeperSchema), ...polled }).data;

/** The same for records: a keeper that went away takes none of them along. @throws {NoKeeperError} which keeps the last answer */
const askOrKeep = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
  const answer = await ask(path, schema);
  if (answer === null) throw new NoKeeperError();
  return answer;
};

class NoKeeperError extends Error {}

/** The recorded points of a fund, oldest first; undefined when no keeper told any yet. */
export const useHistory = (index: Address): readonly ChartPoint[] | undefined =>
  useQuery({
    queryKey: ['history', index],
    queryFn: async () => (await askOrKeep(`/api/history?index=${index}`, historySchema)).points.map(toPoint),
    ...polled,
  }).data;

/** The rounds that touched a fund, newest first. */
export const useRounds = (index: Address): readonly RoundRecord[] | undefined =>
  useQuery({
    queryKey: ['rounds', index],
    queryFn: async () => (await askOrKeep(`/api/rounds?index=${index}&limit=${LIMIT}`, roundsSchema)).rounds,
    ...polled,
  }).data;

/** The openings of a fund, newest first. */
export const useOpenings = (index: Address): readonly OpeningRecord[] | undefined =>
  useQuery({
    queryKey: ['openings', index],
    queryFn: async () => (await askOrKeep(`/api/openings?index=${index}&limit=${LIMIT}`, openingsSchema)).openings,
    ...polled,
  }).data;
