// Runs a command and ends it, with its children, when this process' standard input closes. A parent that dies, even by
// kill -9, closes the pipe, so nothing it started outlives it. Plain JavaScript: it starts in 40 ms and needs no loader.
import { spawn } from 'node:child_process';

const GRACE_MS = 1_000; // between asking a child to end and killing it

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });

const signal = (name) => {
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

let ending = false;
const end = () => {
  if (ending) return;
  ending = true;
  signal('SIGTERM');
  setTimeout(() => signal('SIGKILL'), GRACE_MS);
};

child.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code) => {
  signal('SIGKILL'); // whatever the command left in its group
  process.exit(code ?? 1);
});
process.stdin.on('end', end).on('close', end).on('error', end).resume();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, end);
