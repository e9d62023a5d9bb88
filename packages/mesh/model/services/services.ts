import { asKind } from '../../manifests/kinds/typed.ts';
import { createdAt } from '../../manifests/creation-time.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because } from '../because.ts';
import { fqdnOf } from '../../manifests/hosts.ts';
import { compare } from '../../manifests/compare.ts';
import type { Inventory } from '../inventory.ts';
import { matches, type Pod } from '../../manifests/labels.ts';
import { protocolOf } from './protocol.ts';
import type { Service } from './service.ts';

type Candidate = Pod & { identity: string };

/** All Services, sorted by FQDN, with the identities of their workloads. */
export function readServices(all: Inventory, candidates: readonly Candidate[]): Service[] {
  return all
    .of('Service')
    .map((resource) => toService(resource, candidates))
    .sort((a, b) => compare(a.fqdn, b.fqdn));
}

function toService(resource: Resource, candidates: readonly Candidate[]): Service {
  const { name, namespace = '' } = resource.metadata;
  const { selector, ports } = asKind(resource, 'Service').spec;
  const selected = candidates.filter((one) => selects({ namespace, selector }, one));
  return {
    name,
    namespace,
    fqdn: fqdnOf(name, namespace),
    selector,
    ports: ports.map(({ port, name: portName = '', targetPort = port, appProtocol }) => ({
      port,
      name: portName,
      targetPort,
      protocol: protocolOf({ name: portName, appProtocol }),
    })),
    createdAt: createdAt(resource),
    identities: [...new Set(selected.map(({ identity }) => identity))].sort(compare),
    because: because(resource),
  };
}

/** True if a Service selects a pod. A Service without a selector selects none. */
export function selects({ namespace, selector }: Pick<Service, 'namespace' | 'selector'>, pod: Pod): boolean {
  return namespace === pod.namespace && Object.keys(selector).length > 0 && matches(pod.labels, selector);
}
