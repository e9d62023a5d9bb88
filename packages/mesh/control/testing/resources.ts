import type { Assignment } from '../../envoy/endpoints.ts';
import type { Named } from '../../envoy/protobuf.ts';
import type { Wanted } from '../wanted.ts';

/** Resources as small as can be; `note` makes two of a name differ. */
export const cluster = (name: string, note = ''): Named => ({ '@type': 'Cluster', name, type: 'EDS', note });
export const endpoints = (name: string, note = ''): Assignment => ({
  '@type': 'ClusterLoadAssignment',
  cluster_name: name,
  endpoints: [],
  note,
});
export const route = (name: string, note = ''): Named => ({ '@type': 'RouteConfiguration', name, note });
export const listener = (name: string, routes: string): Named => ({
  '@type': 'Listener',
  name,
  filter: { rds: { route_config_name: routes } },
});
export const secret = (name: string, note = ''): Named => ({ '@type': 'Secret', name, note });

/** One listener, whose routes lead to these clusters. */
export function wantedOf(clusters: readonly string[], note = ''): Wanted {
  return {
    clusters: clusters.map((name) => cluster(name)),
    endpoints: clusters.map((name) => endpoints(name)),
    routes: [route('80', `to ${clusters.join(' and ')}${note}`)],
    listeners: [listener('0.0.0.0_80', '80')],
    secrets: [],
  };
}
