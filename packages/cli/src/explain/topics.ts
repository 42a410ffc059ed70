import type { Topic } from './explanation.ts';

/** What `wicker explain` can work out, by name. */
export const TOPICS: Readonly<Record<string, Topic>> = {};
