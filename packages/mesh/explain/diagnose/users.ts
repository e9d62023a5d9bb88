import { matches, type Pod } from '../../manifests/labels.ts';
import { MESH } from '../../manifests/hosts.ts';
import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import type { Mesh } from '../../model/mesh.ts';
import type { VirtualService } from '../../model/routing/virtual-services.ts';

/**
 * The namespaces whose proxies use a VirtualService: sidecars that see it, and gateways of the Gateways that it names. Its own
 * where no proxy uses it yet; none where it is not seen there either.
 */
export function usersOf(resource: Resource, mesh: Mesh): string[] {
  const own = resource.metadata.namespace ?? '';
  const seenIn = (namespace: string) =>
    mesh.seenFrom(namespace).virtualServices.find((one) => one.resource === resource);
  const using = mesh.workloads.filter((workload) => {
    const seen = workload.proxy === 'none' ? undefined : seenIn(workload.namespace);
    if (seen === undefined) return false;
    return workload.proxy === 'gateway' ? isServed(seen, workload, mesh) : seen.gateways.includes(MESH);
  });
  if (using.length > 0) return [...new Set(using.map(({ namespace }) => namespace))];
  return seenIn(own) === undefined ? [] : [own];
}

function isServed({ gateways }: VirtualService, { labels }: Pod, { objects }: Mesh): boolean {
  return objects.of('Gateway').some((gateway) => {
    const { namespace, name } = gateway.metadata;
    return gateways.includes(`${namespace}/${name}`) && matches(labels, asKind(gateway, 'Gateway').spec.selector);
  });
}
