import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeeper, keeperApi } from '@wicker/keeper';
import type { Hono } from 'hono';
import type { World } from '../../../packages/cli/src/demo/world.ts';

/** {ms} how long a look waits for its transaction, which the chain mines at once */
const INTERVAL = 2_000;

/** The keeper of a scene: it looks at the chain when the test says so. */
export interface SceneKeeper {
  readonly api: Hono;
  /** Lets it do all that there is to do now. @throws when it has trouble */
  readonly tick: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const openKeeper = ({ client, platform, accounts }: World): SceneKeeper => {
  const dir = mkdtempSync(join(tmpdir(), 'wicker-browser-'));
  const keeper = createKeeper({ client, platform, account: accounts.keeper, fromBlock: 0n, dir, interval: INTERVAL });
  return {
    api: keeperApi(keeper),
    tick: async () => {
      for (;;) {
        const { action, trouble } = await keeper.tick();
        if (trouble !== undefined) throw trouble;
        if (action !== 'open' && action !== 'trade') return;
      }
    },
    close: async () => {
      await keeper.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
