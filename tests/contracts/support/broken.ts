import { devTokenAbi } from '@wicker/devnet';
import { type Address, concatHex, encodeAbiParameters, type Hex, keccak256, numberToHex, size } from 'viem';
import { addressOf, type World } from './world.ts';

/** Code of tokens that misbehave. */
export const BROKEN = {
  /** PUSH0 PUSH0 REVERT */
  reverts: '0x5f5ffd',
  /** INVALID burns all gas that it got */
  burnsAllGas: '0xfe',
  /** stores and returns a word of 0 */
  answersFalse: '0x5f5f5260205ff3',
  /** returns one byte */
  answersOneByte: '0x60015ff3',
  isNoContract: '0x',
} as const satisfies Record<string, Hex>;

/** Answers 1 to everything and moves nothing. */
export const LIAR: Hex = '0x60015f5260205ff3';

/** Code that calls `target` with `data` whenever it is called, then answers true. */
export const callingBack = (target: Address, data: Hex): Hex => {
  const length = numberToHex(size(data), { size: 1 });
  const body = (offset: Hex): Hex =>
    concatHex([
      ...(['0x60', length, '0x60', offset, '0x5f39'] as const), // CODECOPY of the data to 0
      ...(['0x5f5f60', length, '0x5f5f73', target, '0x5af150'] as const), // CALL, POP
      '0x60015f5260205ff3', // RETURN 1
    ]);
  const offset = numberToHex(size(body('0x00')), { size: 1 });
  return concatHex([body(offset), data]);
};

/** Gives a token other code; returns what puts the old one back. Balances stay. */
export const breakToken = async (world: World, id: string, bytecode: Hex): Promise<() => Promise<void>> => {
  const address = addressOf(world, id);
  const code = await world.client.getCode({ address });
  if (code === undefined) throw new Error(`${id} is no contract`);
  await world.client.setCode({ address, bytecode });
  return () => world.client.setCode({ address, bytecode: code });
};

/** A clawback or rebase: the balance {tok} of an account changes without a transfer. */
export const setBalance = async (world: World, id: string, owner: Address, amount: bigint): Promise<void> => {
  const address = addressOf(world, id);
  // OpenZeppelin's ERC-20 keeps balances in a mapping at slot 0
  const index = keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [owner, 0n]));
  await world.client.setStorageAt({ address, index, value: numberToHex(amount, { size: 32 }) });
  const call = { address, abi: devTokenAbi, functionName: 'balanceOf', args: [owner] } as const;
  if ((await world.client.readContract(call)) !== amount) throw new Error(`${id} keeps balances elsewhere`);
};
