import type { Resource } from '../resource.ts';
import { policyAddresses, ruleAddresses } from './addresses.ts';
import { destinationReferences } from './destination.ts';
import { plainWarning, type Warning, type Workload } from './warning.ts';
import { gatewayPods } from './gateway.ts';
import { meshFinder, ofKind } from './mesh-finder.ts';
import { gatewayReferences, hostConflicts } from './virtual-service.ts';

/** Warnings about Istio's objects: references that do not exist, hosts that Istio ignores, and what works differently on one machine. */
export function meshReferences(resources: readonly Resource[], workloads: readonly Workload[]): Warning[] {
  const mesh = meshFinder(resources);
  const each = (kind: string, look: (resource: Resource) => Warning[]) => ofKind(resources, kind).flatMap(look);
  return [
    ...resources.flatMap((resource) =>
      resource.readAs === undefined ? [] : [plainWarning(resource, [], resource.readAs)],
    ),
    ...each('Gateway', (resource) => gatewayPods(resource, workloads)),
    ...each('VirtualService', (resource) => gatewayReferences(resource, resources)),
    ...each('VirtualService', (resource) => destinationReferences(resource, mesh)),
    ...hostConflicts(resources),
    ...each('DestinationRule', ruleAddresses),
    ...each('AuthorizationPolicy', policyAddresses),
  ];
}
