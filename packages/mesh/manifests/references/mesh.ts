import type { Resource } from '../resource.ts';
import { policyAddresses, ruleAddresses } from './addresses.ts';
import { destinationReferences } from './destination.ts';
import { sentence } from './find.ts';
import type { Unresolved, Workload } from './find.ts';
import { gatewayPods } from './gateway.ts';
import { meshFinder, ofKind } from './mesh-finder.ts';
import { gatewayReferences, lostHosts } from './virtual-service.ts';

/** What Istio's objects name that does not exist, what Istio leaves out, and what works differently on one machine. */
export function meshReferences(resources: readonly Resource[], workloads: readonly Workload[]): Unresolved[] {
  const mesh = meshFinder(resources);
  const each = (kind: string, look: (resource: Resource) => Unresolved[]) => ofKind(resources, kind).flatMap(look);
  return [
    ...resources.flatMap((resource) =>
      resource.readAs === undefined ? [] : [sentence(resource, [], resource.readAs)],
    ),
    ...each('Gateway', (resource) => gatewayPods(resource, workloads)),
    ...each('VirtualService', (resource) => gatewayReferences(resource, resources)),
    ...each('VirtualService', (resource) => destinationReferences(resource, mesh)),
    ...lostHosts(resources),
    ...each('DestinationRule', ruleAddresses),
    ...each('AuthorizationPolicy', policyAddresses),
  ];
}
