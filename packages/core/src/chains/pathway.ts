import type { Branded } from '../brand.ts';
import type { ChainId } from './chain-id.ts';
import { ChainsError } from './errors.ts';

/** How one chain hears another: everything that the protocol below could otherwise change. */
export interface PathwayTerms {
  /** The chain at the other end. */
  readonly chain: ChainId;
  /** The only contract there whose messages are heard: an address. */
  readonly peer: string;
  /** Pinned, so that a new default of the protocol changes nothing: addresses. */
  readonly sendLibrary: string;
  readonly receiveLibrary: string;
  /** All of them have to confirm a message: addresses, at least 2. */
  readonly verifiers: readonly string[];
  /** {gas} that a message has at least when it is applied. Nobody who sends one chooses it. */
  readonly minGas: bigint;
  /** {base} what the bridge carries only multiples of: 1 for a bridge without a coarser unit. */
  readonly bridgeUnit: bigint;
  /** {base} the least that is worth a transfer. */
  readonly bridgeMinimum: bigint;
}

/** Terms that `pathway` has checked; addresses in lower case, verifiers ascending. */
export type Pathway = Branded<PathwayTerms, 'Pathway'>;

/** The fewest verifiers of a pathway: one alone could make messages up. */
export const MIN_VERIFIERS = 2;

const ADDRESS = /^0x[0-9a-f]{40}$/;
const NOBODY = `0x${'0'.repeat(40)}`;

const refuse = (code: string, message: string, hint: string): never => {
  throw new ChainsError(code, message, hint);
};

/** An address in lower case. @throws {ChainsError} INVALID_ADDRESS also for that of nobody */
export const addressOf = (of: string, text: string): string => {
  const address = text.toLowerCase();
  if (ADDRESS.test(address) && address !== NOBODY) return address;
  return refuse(
    'INVALID_ADDRESS',
    `the ${of} '${text}' is not an address`,
    'give 0x and 40 hexadecimal digits, not all 0',
  );
};

/**
 * Checks how a chain is heard (docs/rules.md 11).
 *
 * @throws {ChainsError} INVALID_ADDRESS, TOO_FEW_VERIFIERS, NO_MINIMUM_GAS, NO_BRIDGE_UNIT, NO_BRIDGE_MINIMUM
 */
export const pathway = (terms: PathwayTerms): Pathway => {
  const verifiers = [...new Set(terms.verifiers.map((one) => addressOf('verifier', one)))].sort();
  if (verifiers.length < MIN_VERIFIERS) {
    refuse(
      'TOO_FEW_VERIFIERS',
      `the pathway to chain ${terms.chain} has ${verifiers.length} different verifiers`,
      `name at least ${MIN_VERIFIERS}, run by different people`,
    );
  }
  if (terms.minGas <= 0n) {
    refuse(
      'NO_MINIMUM_GAS',
      `the least gas of a message is ${terms.minGas}`,
      'give what applying a message costs at most',
    );
  }
  if (terms.bridgeUnit <= 0n) {
    refuse(
      'NO_BRIDGE_UNIT',
      `the unit of the bridge is ${terms.bridgeUnit}`,
      'give 1 for a bridge without a coarser unit',
    );
  }
  if (terms.bridgeMinimum <= 0n) {
    refuse(
      'NO_BRIDGE_MINIMUM',
      `the bridge's minimum is ${terms.bridgeMinimum}`,
      'give the least that is worth a transfer',
    );
  }
  return {
    ...terms,
    peer: addressOf('peer', terms.peer),
    sendLibrary: addressOf('send library', terms.sendLibrary),
    receiveLibrary: addressOf('receive library', terms.receiveLibrary),
    verifiers,
  } as PathwayTerms as Pathway;
};

/** An amount as a bridge takes it {base}. */
export interface Bridged {
  /** A multiple of the bridge's unit; 0 when that is below its minimum. */
  readonly sent: bigint;
  /** Stays where it is, at once: it never waits for a bridge. */
  readonly kept: bigint;
}

/** What of an amount the bridge of a pathway carries, floored to its unit (docs/rules.md 11). @param amount {base} >= 0 */
export const bridged = ({ bridgeUnit, bridgeMinimum }: Pathway, amount: bigint): Bridged => {
  const whole = amount - (amount % bridgeUnit);
  const sent = whole < bridgeMinimum ? 0n : whole;
  return { sent, kept: amount - sent };
};
