import { type Proposal, parseLocatedJson, parseProposal } from '@wicker/core';
import { readFile } from './inputs.ts';

/** Reads a file that `wicker weigh --propose` wrote; `-` is standard input. @throws {InputError} */
export const readProposal = (path: string): Proposal =>
  readFile(path, (text) => {
    const { value, lineOf } = parseLocatedJson(text);
    return parseProposal(value, lineOf);
  });
