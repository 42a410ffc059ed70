#!/usr/bin/env node
// The command runs its TypeScript sources as they are, by tsx: nothing has to be built first.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/main.ts');
await main(process.argv.slice(2));
