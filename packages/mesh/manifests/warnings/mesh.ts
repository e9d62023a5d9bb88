import type { Resource } from '../resource.ts';
import { policyAddresses, ruleAddresses } from './addresses.ts';
import { destinationReferences } from './destination.ts';
import { plainWarning, selectsNoPods, type Warning, type Workload } from './warning.ts';
import { asKind } from '../kinds/typed.ts';
import { matches } from '../labels.ts';
import { meshFinder, ofKind } from './mesh-finder.ts';
import { gatewayReferences, hostConflicts } from './virtual-service.ts';

/** Warnings about Istio's objects: references that do not exist, hosts that Istio ignores, and what works differently on one machine. */
export function meshReferences(resources: readonly Resource[], workloads: readonly Workload[]): Warning[] {
  const mesh = meshFinder(resources);
  const each = (kind: string, look: (resource: Resource) => Warning[]) => ofKind(resources, kind).flatMap(look);
  return [
    ...resources.flatMap((one) => (one.readAs === undefined ? [] : [plainWarning(one, [], one.readAs)])),
    ...each('Gateway', (resource) => gatewayPods(resource, workloads)),
    ...each('VirtualService', (resource) => gatewayReferences(resource, resources)),
    ...each('VirtualService', (resource) => destinationReferences(resource, mesh)),
    ...hostConflicts(resources),
    ...each('DestinationRule', ruleAddresses),
    ...each('AuthorizationPolicy', policyAddresses),
  ];
}

/** A Gateway selects pods of every namespace (istio.io, Gateway). */
function gatewayPods(resource: Resource, workloads: readonly Workload[]): Warning[] {
  const { selector } = asKind(resource, 'Gateway').spec;
  const selected = workloads.some(({ template }) => matches(template.metadata.labels, selector));
  return selected ? [] : [selectsNoPods(resource, selector)];
}
