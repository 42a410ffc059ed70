import type { Account, Address, Chain, Client, Transport } from 'viem';

/** Any viem client: every action takes one first and does no other input or output than through it. */
export type WickerClient = Client<Transport, Chain | undefined, Account | undefined>;

/** Who signs: an account that viem signs for, or the address of one that the node signs for. */
export type Sender = Account | Address;

/** The address of a sender. */
export const addressOf = (sender: Sender): Address => (typeof sender === 'string' ? sender : sender.address);
