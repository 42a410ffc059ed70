import { type Abi, type Address, type Hex, toFunctionSelector } from 'viem';
import { artifact } from '../../packages/devnet/src/artifacts.ts';
import { type Chain, startChain } from '../../packages/devnet/src/chain.ts';
import { sendAll } from '../../packages/devnet/src/send.ts';

/** Cases of one eth_call: far below the gas limit of a transaction. */
const CASES_PER_CALL = 400;

/** What a rule answers: its words, or undefined where it refuses. */
export type Answer = readonly bigint[] | undefined;

/** The rules as they run on chain. */
export interface Harness {
  /** Calls the rule of this name once per case; every case has the same number of words, every answer one or two. */
  readonly run: (name: string, cases: readonly (readonly bigint[])[]) => Promise<Answer[]>;
  readonly stop: () => Promise<void>;
}

const hexWord = (value: bigint): string => value.toString(16).padStart(64, '0');

const wordsOf = (data: Hex): bigint[] =>
  Array.from({ length: (data.length - 2) / 64 }, (_, i) => BigInt(`0x${data.slice(2 + 64 * i, 66 + 64 * i)}`));

const selectorOf = (abi: Abi, name: string): Hex => {
  const item = abi.find((entry) => entry.type === 'function' && entry.name === name);
  if (item?.type !== 'function') throw new Error(`the harness has no rule ${name}`);
  return toFunctionSelector(item);
};

const RUN = toFunctionSelector('run(bytes4,uint256,uint256[])');

const runOnce = async (
  chain: Chain,
  address: Address,
  selector: Hex,
  cases: readonly (readonly bigint[])[],
): Promise<Answer[]> => {
  const arity = cases[0]?.length ?? 0;
  const args = cases.flat();
  const head = [BigInt(arity), 96n, BigInt(args.length), ...args].map(hexWord).join('');
  const { data = '0x' } = await chain.client.call({
    to: address,
    data: `${RUN}${selector.slice(2).padEnd(64, '0')}${head}`,
  });
  // Three arrays of one length n after three offsets: each its length, then its words.
  const words = wordsOf(data);
  const n = cases.length;
  const column = (index: number): bigint[] => words.slice(3 + index * (n + 1) + 1, 3 + (index + 1) * (n + 1));
  const [ok, first, second] = [column(0), column(1), column(2)];
  return cases.map((_, i) => (ok[i] === 1n ? [first[i] ?? 0n, second[i] ?? 0n] : undefined));
};

/** Starts a chain with the contract that holds all rules. */
export const startHarness = async (): Promise<Harness> => {
  const chain = await startChain();
  try {
    const { abi, bytecode } = artifact('RulesHarness');
    const [from] = await chain.client.getAddresses();
    if (from === undefined) throw new Error('the chain has no unlocked account');
    const [receipt] = await sendAll(chain.client, from, [{ data: bytecode }]);
    const address = receipt?.contractAddress;
    if (address === null || address === undefined) throw new Error('the harness was not deployed');
    return {
      stop: chain.stop,
      run: async (name, cases) => {
        const selector = selectorOf(abi, name);
        const answers: Answer[] = [];
        for (let i = 0; i < cases.length; i += CASES_PER_CALL) {
          const part = cases.slice(i, i + CASES_PER_CALL);
          answers.push(...(await runOnce(chain, address, selector, part)));
        }
        return answers;
      },
    };
  } catch (error) {
    await chain.stop();
    throw error;
  }
};
