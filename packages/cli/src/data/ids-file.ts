import { InputError, idField } from '@wicker/core';
import { inContext, nameOf, readText } from '../input.ts';

/** The ids of a file: one a line; empty lines and what follows # do not count. @throws InputError BAD_IDS with the line */
export const readIds = (path: string): string[] => {
  const text = readText(path);
  return inContext(nameOf(path), () => parseIds(text));
};

const parseIds = (text: string): string[] => {
  const ids: string[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const id = line.replace(/#.*/, '').trim();
    if (id === '') continue;
    const fault = ids.includes(id) ? 'occurs twice' : idField.safeParse(id).success ? undefined : 'is no CoinGecko id';
    if (fault !== undefined)
      throw new InputError('BAD_IDS', `line ${i + 1}: '${id}' ${fault}`, 'Write one CoinGecko id a line.');
    ids.push(id);
  }
  if (ids.length === 0) throw new InputError('BAD_IDS', 'there are no ids', 'Write one CoinGecko id a line.');
  return ids;
};
