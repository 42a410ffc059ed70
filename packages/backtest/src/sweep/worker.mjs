// A thread of a sweep. Threads do not inherit what makes TypeScript run, so this one asks for it first.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
