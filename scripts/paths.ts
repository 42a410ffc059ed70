import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** What may be deleted at any time: stamps and caches. */
export const CACHE = join(ROOT, '.cache');
/** Where the compiler writes; the variable is the compiler's own. */
export const OUT = process.env.FOUNDRY_OUT ?? join(ROOT, 'artifacts');
