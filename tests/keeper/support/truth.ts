import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rebalancerAbi } from '@wicker/sdk';
import { getAbiItem } from 'viem';
import { expect } from 'vitest';
import * as z from 'zod';
import { openingSchema, roundSchema } from '../../../packages/keeper/src/api.ts';
import type { World } from '../../contracts/support/world.ts';

/** What the chain says that happened, without what it costs or means. */
export const chainSays = async ({ client, platform }: World) => {
  const logs = await client.getLogs({
    ...{ address: platform.rebalancer, strict: true, fromBlock: 0n, toBlock: 'latest' },
    events: [
      getAbiItem({ abi: rebalancerAbi, name: 'Opened' }),
      getAbiItem({ abi: rebalancerAbi, name: 'Crossed' }),
      getAbiItem({ abi: rebalancerAbi, name: 'Traded' }),
    ] as const,
  });
  const openings: string[] = [];
  const fills: string[] = [];
  for (const { eventName, args, transactionHash, blockHash, blockNumber } of logs) {
    const where = `${blockNumber} ${blockHash} ${transactionHash}`;
    if (eventName === 'Opened') openings.push(`${where} ${args.opening} ${args.indices.join(' ')}`);
    if (eventName === 'Crossed') fills.push(`${where} cross ${args.o} ${args.u} ${args.amountO} ${args.amountU}`);
    if (eventName === 'Traded') fills.push(`${where} pool ${args.o} ${args.u} ${args.given} ${args.received}`);
  }
  return { openings, fills };
};

const lineSchema = z.looseObject({ kind: z.string() });

/** What the records say, by a reader of its own: lines in their order; a `reorg` line voids what stands above of later blocks. */
export const recordsSay = (dir: string) => {
  let openings: z.infer<typeof openingSchema>[] = [];
  let rounds: z.infer<typeof roundSchema>[] = [];
  for (const text of readFileSync(join(dir, 'records.jsonl'), 'utf8').split('\n').slice(0, -1)) {
    const line = lineSchema.parse(JSON.parse(text));
    if (line.kind === 'opening') openings.push(openingSchema.parse(line));
    if (line.kind === 'round') rounds.push(roundSchema.parse(line));
    if (line.kind !== 'reorg') continue;
    const { block } = z.object({ block: z.int() }).parse(line);
    openings = openings.filter((one) => one.block <= block);
    rounds = rounds.filter((one) => one.block <= block);
  }
  const ids = rounds.flatMap(({ fills }) => fills.map(({ id }) => id));
  expect(new Set(ids).size, 'a fill is recorded twice').toBe(ids.length);
  return {
    openings: openings.map(
      ({ block, blockHash, tx, id, indices }) =>
        `${block} ${blockHash} ${tx} ${id} ${indices.map(({ index }) => index).join(' ')}`,
    ),
    fills: rounds.flatMap(({ block, blockHash, tx, fills }) =>
      fills.map(
        ({ kind, o, u, given, received }) => `${block} ${blockHash} ${tx} ${kind} ${o} ${u} ${given} ${received}`,
      ),
    ),
    rounds,
  };
};

/** Expects the records to be what happened: all of it, nothing else, nothing twice. Returns how much that was. */
export const expectTruth = async (world: World, dir: string): Promise<{ openings: number; fills: number }> => {
  const [truth, { openings, fills }] = [await chainSays(world), recordsSay(dir)];
  expect(openings).toEqual(truth.openings);
  expect(fills).toEqual(truth.fills);
  return { openings: openings.length, fills: fills.length };
};
