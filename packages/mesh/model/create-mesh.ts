import type { Resource } from '../manifests/resource.ts';
import { clustersFrom } from './policy/clusters.ts';
import { destinationRules } from './policy/destination-rules.ts';
import { gatewayServers } from './routing/gateways.ts';
import { inventory } from './inventory.ts';
import { perObject, perText } from './per-object.ts';
import { visibilityOf } from './visibility.ts';
import type { Pod } from '../manifests/labels.ts';
import type { MeshConfig } from '../manifests/mesh-config.ts';
import type { Mesh } from './mesh.ts';
import { meshRoutes } from './routing/mesh-routes.ts';
import { namespaceMode } from './security/peer-authentication.ts';
import { readServices, serviceIndex } from './services/services.ts';
import { sourceLabelsOf, virtualServicesFor } from './routing/virtual-services.ts';
import type { Workload } from './workloads/workload.ts';
import { readPods, toWorkload } from './workloads/workloads.ts';

/**
 * The mesh that Istio 1.31 would make of these objects. Pass all applied objects, not those of one file. The routes and
 * clusters of a caller are computed at the first call and then cached.
 */
export function createMesh(resources: readonly Resource[], config: MeshConfig): Mesh {
  const all = inventory(resources);
  const pods = readPods(all, config.trustDomain);
  const services = readServices(all, pods);
  const rules = destinationRules(all, config.rootNamespace);
  const plaintext = perText((namespace: string) => namespaceMode(namespace, all, config.rootNamespace) === 'DISABLE');
  const byFqdn = new Map(services.map((service) => [service.fqdn, service]));
  const seenBy = perText((namespace: string) =>
    services.filter((service) => visibilityOf(service, namespace) !== 'none'),
  );
  const context = perText((namespace: string) => {
    const virtualServices = virtualServicesFor(namespace, all);
    return {
      services: new Map(seenBy(namespace).map((one) => [one.fqdn, one])),
      rules,
      virtualServices,
      sourceLabels: sourceLabelsOf(virtualServices),
    };
  });
  const podsKey = ({ namespace, labels }: Pod) => JSON.stringify([namespace, labels]);
  const routes = perText((caller: Pod) => meshRoutes(caller, context(caller.namespace)), podsKey);
  // Callers that differ only in labels by which no VirtualService chooses share their routes.
  function routesFrom({ namespace, labels }: Pod) {
    const { sourceLabels } = context(namespace);
    const chosen = Object.entries(labels).filter(([key]) => sourceLabels.has(key));
    return routes({ namespace, labels: Object.fromEntries(chosen) });
  }
  const servers = perObject((gateway: Workload) => gatewayServers(gateway, all, context(gateway.namespace)));
  const clusters = perText((namespace: string) =>
    clustersFrom(namespace, { services: seenBy(namespace), rules, plaintext }),
  );
  const selecting = serviceIndex(services);
  const exists = (fqdn: string) => byFqdn.has(fqdn);
  const workloads = pods.map((one) => toWorkload(one, all, { config, selecting, exists }));
  const created = perObject((workload: Workload) =>
    perText((proxy: Workload['proxy']) => {
      const own = pods[workloads.indexOf(workload)];
      return own === undefined ? workload : toWorkload(own, all, { config, selecting, exists, created: proxy });
    }),
  );
  return {
    config,
    objects: all,
    services,
    workloads,
    workload(name, namespace) {
      const found = workloads.find((one) => one.name === name && one.namespace === namespace);
      if (found === undefined) throw new Error(`There is no workload ${name} in namespace ${namespace}.`);
      return found;
    },
    withProxy: (workload, proxy) => (workload.proxy === proxy ? workload : created(workload)(proxy)),
    seenFrom: context,
    routesFrom,
    routesOf: (caller) => (caller.proxy === 'sidecar' ? routesFrom(caller) : new Map()),
    serversOf: (gateway) => (gateway.proxy === 'gateway' ? servers(gateway) : []),
    clustersOf: (caller) => (caller.proxy === 'none' ? [] : clusters(caller.namespace)),
  };
}
