import { type Proposal, parseLocatedJson, parseProposal, requireDetermined } from '@wicker/core';
import { inContext, nameOf } from '../input.ts';
import { readFile } from './inputs.ts';

/** Reads a file that `wicker weigh --propose` wrote; `-` is standard input. @throws {InputError} */
export const readProposal = (path: string): Proposal =>
  readFile(path, (text) => {
    const { value, lineOf } = parseLocatedJson(text);
    return parseProposal(value, lineOf);
  });

/** The same of a file whose weights go on a chain with its hash: they have to follow from its inputs. @throws {InputError} */
export const readDeterminedProposal = (path: string): Proposal => {
  const proposal = readProposal(path);
  inContext(nameOf(path), () => requireDetermined(proposal));
  return proposal;
};
