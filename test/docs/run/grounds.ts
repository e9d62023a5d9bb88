import type { LocalPlace } from '../../../places/local/place/connect.ts';
import type { Place } from '../../../places/place.ts';
import type { BlockPlace } from '../read/where.ts';
import { cluster } from './cluster.ts';
import { fresh } from './fresh.ts';
import type { Ground } from './ground.ts';
import { laptop } from './laptop.ts';

/** The places of blocks that a run can have, by the name of the place where its shop runs (PLACE). */
export const PLACES_OF: Record<string, BlockPlace[]> = { local: ['laptop', 'fresh'], kubernetes: ['cluster'] };

/** Opens the ground of each place of blocks; `shop` gives the running shop, which a fresh clone does not need. */
export function groundsOf(
  shop: () => Promise<LocalPlace | Place>,
  env: NodeJS.ProcessEnv,
): Record<BlockPlace, () => Promise<Ground>> {
  return {
    laptop: async () => {
      const place = await shop();
      if (!('state' in place)) throw new Error('A block of a laptop needs a shop that this machine runs: PLACE=local.');
      return laptop(place, env);
    },
    cluster: async () => cluster(await shop(), env),
    fresh: () => fresh(env),
  };
}
