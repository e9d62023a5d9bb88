import { bootstrap } from '../bootstrap.ts';
import type { Configuration, Named } from '../types.ts';

/**
 * A configuration as one file that `envoy --mode validate -c` reads: what the control plane would send stands in it, route
 * configurations included. Endpoints and secrets stay with the control plane; validation does not ask for them.
 */
export function asStatic(
  { listeners, clusters, routes }: Configuration,
  sockets: { admin: string; xds: string },
): object {
  const made = bootstrap({
    id: 'sidecar~127.0.0.1~pod.shop~shop.svc.cluster.local',
    cluster: 'app.shop',
    adminSocket: sockets.admin,
    xdsSocket: sockets.xds,
  }) as { dynamic_resources?: object; static_resources: { clusters: object[] } };
  const { dynamic_resources: _, static_resources: known, ...rest } = made;
  const inline = (listener: Named) => replaceRoutes(untyped(listener), routes);
  return {
    ...rest,
    static_resources: {
      listeners: listeners.map(inline),
      clusters: [...known.clusters, ...clusters.map(untyped)],
    },
  };
}

function untyped(resource: Named): object {
  const { '@type': _, ...fields } = resource;
  return fields;
}

function replaceRoutes(value: unknown, routes: Named[]): unknown {
  if (Array.isArray(value)) return value.map((entry) => replaceRoutes(entry, routes));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      if (key !== 'rds') return [key, replaceRoutes(entry, routes)];
      const found = routes.find(({ name }) => name === entry.route_config_name);
      if (found === undefined) throw new Error(`no routes ${entry.route_config_name}`);
      return ['route_config', untyped(found)];
    }),
  );
}
