// Installs the packages of package-lock.json when they are not there.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { withProgress } from './progress.mjs';

const problem = (message, hint) => Object.assign(new Error(message), { code: 'INSTALL_FAILED', hint });

const readPackages = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/**
 * Whether node_modules holds what the lock file wants. npm writes its own list there as the last step of an install, so
 * an interrupted one is seen. Packages for other platforms are not expected.
 *
 * @param {string} root the checkout
 */
export const isInstalled = (root) => {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined)
    throw problem('package-lock.json cannot be read', 'restore it with `git checkout package-lock.json`');
  if (present === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, link, optional }]) =>
      !path.includes('node_modules/') ||
      (link ? present[path]?.link === true : optional || present[path]?.version === version),
  );
};

/** Runs npm without anything on standard output; resolves with its exit code and all it said. */
const npm = (root, args) =>
  new Promise((resolve, reject) => {
    const { npm_execpath: script } = process.env;
    const command = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
    const guard = join(root, 'packages', 'devnet', 'src', 'guard.mjs');
    const child = spawn(process.execPath, [guard, ...command, ...args], { cwd: root, stdio: 'pipe', detached: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });

/** The first thing npm complains of. */
const complaint = (output) => {
  const lines = output.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  return lines.find((line) => line !== '' && !/^(code|errno|syscall|path|dest) /.test(line)) ?? 'it said nothing';
};

/**
 * Installs the packages unless they are there. One process installs at a time; others wait.
 *
 * @param {string} root the checkout
 */
export const install = async (root) => {
  if (isInstalled(root)) return;
  const cache = join(root, '.cache');
  await withLock(join(cache, 'install.lock'), 'installing packages', async () => {
    if (isInstalled(root)) return;
    const args = ['ci', '--include=dev', '--include=optional', '--loglevel=error', '--no-audit', '--no-fund'];
    const { code, output } = await withProgress('installing packages', () => npm(root, args));
    if (code === 0 && isInstalled(root)) return;
    mkdirSync(cache, { recursive: true });
    const log = join(cache, 'install.log');
    writeFileSync(log, output);
    if (code === 127) throw problem('npm was not found', 'install npm and try again');
    throw problem(`npm ci failed: ${complaint(output)}`, `see ${log}, and try again`);
  });
};
