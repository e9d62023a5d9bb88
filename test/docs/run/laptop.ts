import { dirname, delimiter, join } from 'node:path';
import type { LocalPlace } from '../../../places/local/place/connect.ts';
import { ask } from '../../../places/local/place/socket.ts';
import { trackChanges } from '../../../places/local/place/track-changes.ts';
import { ROOT } from '../../../places/repository.ts';
import { type Ground, withoutSecrets } from './ground.ts';
import { type KubeObject, lookAtShop, lookAtTree } from './look.ts';

/** npx reads the settings of the registry, which takes a second. The functions of bash come first, and every other program is npx's own. */
const NPX = `npx() { if [ "$1" = tuesday ]; then shift; node '${join(ROOT, 'cli/tuesday.mjs')}' "$@"; else command npx "$@"; fi; }`;

/** The root of the clone, with the running shop. */
export async function laptop(shop: LocalPlace, env: NodeJS.ProcessEnv): Promise<Ground> {
  const changes = trackChanges(shop.state);
  await shop.reset();
  // The commands of documents do not pass through the place, which counts changes.
  const mayHaveChanged = () => changes.record(['document']);
  mayHaveChanged();
  return {
    cwd: ROOT,
    env: {
      ...withoutSecrets(env),
      PATH: [dirname(process.execPath), env['PATH']].join(delimiter),
      TUESDAY_STATE: shop.state,
    },
    before: NPX,
    url: shop.url,
    isShared: true,
    async look() {
      const objects = (await ask<KubeObject[]>(join(shop.state, 'tuesday.sock'), 'GET /resources?namespace=*')) ?? [];
      return new Map([...lookAtShop(objects, await shop.pods()), ...lookAtTree(ROOT)]);
    },
    reset: () => {
      mayHaveChanged();
      return shop.reset();
    },
    isAtBase: () => changes.clear(),
    [Symbol.asyncDispose]: async () => undefined,
  };
}
