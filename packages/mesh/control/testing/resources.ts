import type { Assignment } from '../../envoy/endpoints.ts';
import type { XdsResource } from '../../envoy/protobuf.ts';
import type { ProxyResources } from '../xds/resources.ts';

/** Minimal resources. A different `note` makes two resources of one name differ. */
export const cluster = (name: string, note = ''): XdsResource => ({ '@type': 'Cluster', name, type: 'EDS', note });
export const endpoints = (name: string, note = ''): Assignment => ({
  '@type': 'ClusterLoadAssignment',
  cluster_name: name,
  endpoints: [],
  note,
});
export const route = (name: string, note = ''): XdsResource => ({ '@type': 'RouteConfiguration', name, note });
export const listener = (name: string, routes: string): XdsResource => ({
  '@type': 'Listener',
  name,
  filter: { rds: { route_config_name: routes } },
});
export const secret = (name: string, note = ''): XdsResource => ({ '@type': 'Secret', name, note });

/** One listener, whose routes lead to these clusters. */
export function resourcesFor(clusters: readonly string[], note = ''): ProxyResources {
  return {
    clusters: clusters.map((name) => cluster(name)),
    endpoints: clusters.map((name) => endpoints(name)),
    routes: [route('80', `to ${clusters.join(' and ')}${note}`)],
    listeners: [listener('0.0.0.0_80', '80')],
    secrets: [],
  };
}
