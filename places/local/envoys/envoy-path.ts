import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The Envoy to run: what ENVOY_PATH names, which is what the set-up step says, or the one that it has put into the cache
 * (setup/envoy.mjs). Undefined where there is none; whether it starts is not tried.
 */
export function envoyPath(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { ENVOY_PATH: named, XDG_CACHE_HOME, HOME } = env as Partial<Record<string, string>>;
  const cache = XDG_CACHE_HOME || join(HOME || homedir(), '.cache');
  const cached = join(cache, 'tuesday/envoy-1.40.0/envoy');
  return named || (existsSync(cached) ? cached : undefined);
}
