import type { ResourceType } from './resource-type.ts';

/** The name of a resource that another resource needs. */
export interface Reference {
  type: ResourceType;
  name: string;
}

/**
 * The resources that a listener or cluster needs: a cluster's endpoints, a listener's routes, the secrets of both. Until
 * Envoy has them it keeps the resource "warming": received, but not in use.
 * Source: envoyproxy.io, xDS REST and gRPC protocol, "Resource warming".
 */
export function referencesOf(resource: object): Reference[] {
  const found = new Map<string, Reference>();
  const add = (type: ResourceType, name: unknown) => found.set(`${type} ${String(name)}`, { type, name: String(name) });
  function look(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    const { name, type, eds_cluster_config: eds, sds_config: sds, route_config_name: route } = value as Fields;
    if (type === 'EDS') add('endpoints', eds?.service_name ?? name);
    if (sds !== undefined) add('secrets', name);
    if (route !== undefined) add('routes', route);
    for (const inner of Object.values(value)) look(inner);
  }
  look(resource);
  return [...found.values()];
}

interface Fields {
  name?: unknown;
  type?: unknown;
  eds_cluster_config?: { service_name?: string };
  sds_config?: unknown;
  route_config_name?: unknown;
}
