import { matches, type Pod } from '../../manifests/labels.ts';
import { MESH } from '../../manifests/hosts.ts';
import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import type { Mesh } from '../../model/mesh.ts';
import type { VirtualService } from '../../model/routing/virtual-services.ts';

/** A VirtualService as one namespace sees it. */
export interface Seen {
  namespace: string;
  virtualService: VirtualService;
}

/**
 * A VirtualService in each namespace whose proxies use it: sidecars that see it, and gateways of the Gateways that it names. In
 * its own namespace where no proxy uses it yet; not at all where nobody sees it.
 */
export function usersOf(resource: Resource, mesh: Mesh): Seen[] {
  const own = resource.metadata.namespace ?? '';
  const proxies = mesh.workloads.filter((workload) => workload.proxy !== 'none');
  const seen = [...new Set(proxies.map(({ namespace }) => namespace))].flatMap((namespace) => {
    const virtualService = mesh.seenFrom(namespace).virtualServices.find((one) => one.resource === resource);
    if (virtualService === undefined) return [];
    const uses = proxies.some((proxy) => {
      if (proxy.namespace !== namespace) return false;
      return proxy.proxy === 'gateway' ? isServed(virtualService, proxy, mesh) : virtualService.gateways.includes(MESH);
    });
    return uses ? [{ namespace, virtualService }] : [];
  });
  if (seen.length > 0) return seen;
  const virtualService = mesh.seenFrom(own).virtualServices.find((one) => one.resource === resource);
  return virtualService === undefined ? [] : [{ namespace: own, virtualService }];
}

function isServed({ gateways }: VirtualService, { labels }: Pod, { objects }: Mesh): boolean {
  return objects.of('Gateway').some((gateway) => {
    const { namespace, name } = gateway.metadata;
    return gateways.includes(`${namespace}/${name}`) && matches(labels, asKind(gateway, 'Gateway').spec.selector);
  });
}
