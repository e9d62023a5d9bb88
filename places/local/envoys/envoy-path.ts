import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Path of the Envoy to run: ENVOY_PATH, which the set-up step sets, or else the Envoy that the set-up step has downloaded
 * into the cache (setup/envoy.mjs). Undefined where there is none. Does not check that it starts.
 */
export function envoyPath(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { ENVOY_PATH: named, XDG_CACHE_HOME, HOME } = env as Partial<Record<string, string>>;
  const cache = XDG_CACHE_HOME || join(HOME || homedir(), '.cache');
  const cached = join(cache, 'tuesday/envoy-1.40.0/envoy');
  return named || (existsSync(cached) ? cached : undefined);
}
