import { bands } from './bands.ts';
import { direct } from './direct.ts';
import type { Topic } from './explanation.ts';
import { price } from './price.ts';
import { reserve } from './reserve.ts';
import { surface } from './surface.ts';
import { swap } from './swap.ts';
import { vote } from './vote.ts';
import { war } from './war.ts';

/** What `wicker explain` can work out, by name. */
export const TOPICS: Readonly<Record<string, Topic>> = {
  bands,
  direct,
  price,
  reserve,
  surface,
  swap,
  vote,
  war,
};
