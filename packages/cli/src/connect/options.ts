import type { Command } from 'commander';

/** Which chain and which platform on it, for every command that talks to one. */
export interface ChainOptions {
  readonly rpc?: string;
  readonly deployment?: string;
  /** A name of the deployment's accounts, or an address. */
  readonly as?: string;
}

/** Of commands that print one JSON document. */
export interface PrintOptions {
  readonly json?: boolean;
}

/** Of commands that send transactions. */
export interface SendOptions extends ChainOptions, PrintOptions {
  readonly yes?: boolean;
}

/** Adds the options of {@link ChainOptions}. */
export const withChain = (command: Command): Command =>
  command
    .option('--deployment <file>', 'addresses of the platform; without it those of the devnet that runs here')
    .option('--rpc <url>', "where the chain's JSON-RPC is served; without it as the deployment says")
    .option('--as <account>', 'who acts: a name of the deployment, or an address that the node signs for');

/** Adds `--json`. */
export const withJson = (command: Command): Command => command.option('--json', 'print one JSON document');

/** Adds the options of {@link SendOptions}. */
export const withSending = (command: Command): Command =>
  withJson(withChain(command)).option('--yes', 'send without asking');
