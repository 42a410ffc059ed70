#!/usr/bin/env node
// The command runs its TypeScript sources as they are, by tsx: nothing has to be built first.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

// A reader that has seen enough (`wicker weigh ... | head`) closes the pipe: that is no failure.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

// where it is called from must not change how its sources are read
register({ tsconfig: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)) });
const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv.slice(2));
