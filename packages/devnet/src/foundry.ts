import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DevnetError } from './errors.ts';

/**
 * The path of one of Foundry's programs, from the npm package for this platform: `@foundry-rs/anvil-linux-amd64` and the
 * like. The packages' own launchers cost a process more and may want to download.
 *
 * @throws {DevnetError} FOUNDRY_MISSING
 */
export const foundryPath = (tool: 'anvil' | 'forge'): string => {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const name = `@foundry-rs/${tool}-${platform}`;
  try {
    const { resolve } = createRequire(createRequire(import.meta.url).resolve(`@foundry-rs/${tool}/package.json`));
    return join(dirname(resolve(`${name}/package.json`)), 'bin', process.platform === 'win32' ? `${tool}.exe` : tool);
  } catch {
    throw new DevnetError(
      'FOUNDRY_MISSING',
      `${tool} for ${platform} is missing (npm package ${name})`,
      'run `npm ci --include=optional` in the checkout',
    );
  }
};
