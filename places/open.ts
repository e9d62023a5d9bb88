import { startClusterPlace } from './cluster/place/start.ts';
import { startComposePlace } from './compose/start.ts';
import { startLocalPlace } from './local/place/start.ts';
import type { Place, PlaceOptions } from './place.ts';

/** Where the shop can run, by the names that users type. */
const PLACES: Record<string, (options: PlaceOptions) => Promise<Place>> = {
  local: startLocalPlace,
  kubernetes: startClusterPlace,
  compose: startComposePlace,
};

/** Starts the shop in a place, and returns when it serves. Throws for a name that is no place, and when the shop does not start. */
export async function openPlace(name: string, options: PlaceOptions): Promise<Place> {
  const start = PLACES[name];
  if (!start) throw new Error(`There is no place "${name}"; there are ${Object.keys(PLACES).join(', ')}.`);
  return start(options);
}
