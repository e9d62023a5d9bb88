import type { Type } from './wanted.ts';

/** What a proxy will ask for by name once it has a resource. */
export interface Reference {
  type: Type;
  name: string;
}

/**
 * The names that a listener or cluster makes Envoy ask for: a cluster's endpoints, a listener's routes, the secrets of
 * both. Until they have arrived, Envoy keeps the resource in waiting ("warming"): acknowledged, but not in use.
 */
export function referencesOf(text: string): Reference[] {
  const found = new Map<string, Reference>();
  const add = (type: Type, name: unknown) => found.set(`${type} ${String(name)}`, { type, name: String(name) });
  JSON.parse(text, function look(_key, value: unknown) {
    if (typeof value !== 'object' || value === null) return value;
    const { name, type, eds_cluster_config: eds, sds_config: sds, route_config_name: route } = value as Fields;
    if (type === 'EDS') add('endpoints', eds?.service_name ?? name);
    if (sds !== undefined) add('secrets', name);
    if (route !== undefined) add('routes', route);
    return value;
  });
  return [...found.values()];
}

interface Fields {
  name?: unknown;
  type?: unknown;
  eds_cluster_config?: { service_name?: string };
  sds_config?: unknown;
  route_config_name?: unknown;
}
