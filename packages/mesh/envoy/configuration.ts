import type { Mesh } from '../model/mesh.ts';
import type { Workload } from '../model/workloads/workload.ts';
import { outboundCluster } from './clusters/outbound.ts';
import { statisticsCluster } from './clusters/statistics.ts';
import { gatewayConfiguration } from './gateway.ts';
import { statisticsListener } from './listeners/statistics.ts';
import { compare } from '../manifests/compare.ts';
import type { Placement } from './placement.ts';
import { sidecarConfiguration } from './sidecar.ts';
import type { Configuration, Named } from './types.ts';

export type { Configuration } from './types.ts';

/** What a workload's proxy is told. Pure, and in the order of names: the same mesh and placement give the same text. */
export function translate(mesh: Mesh, workload: Workload, placement: Placement): Configuration {
  if (workload.proxy === 'none') return { listeners: [], clusters: [], routes: [] };
  const services = new Map(mesh.services.map((service) => [service.fqdn, service]));
  const reach = mesh.clustersOf(workload).map((cluster) => ({ cluster, service: services.get(cluster.fqdn) }));
  const own = workload.proxy === 'gateway' ? gatewayConfiguration : sidecarConfiguration;
  const { listeners, clusters, routes } = own({ mesh, workload, placement, reach });
  const outbound = reach.map(({ cluster, service }) => outboundCluster(cluster, service));
  return {
    listeners: byName([...listeners, statisticsListener(placement.stats)]),
    clusters: byName([...clusters, ...outbound, statisticsCluster(placement.adminSocket)]),
    routes: byName(routes),
  };
}

function byName(all: Named[]): Named[] {
  return all.toSorted((a, b) => compare(a.name, b.name));
}
