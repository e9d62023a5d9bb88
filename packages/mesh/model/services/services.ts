import { asKind } from '../../manifests/kinds/typed.ts';
import { since } from '../../manifests/age.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because } from '../because.ts';
import { fqdnOf } from './hosts.ts';
import { compare } from '../../manifests/compare.ts';
import type { Inventory } from '../inventory.ts';
import { matches } from '../../manifests/labels.ts';
import { protocolOf } from './protocol.ts';
import type { Service } from './service.ts';

/** A workload that a Service may select, before anything is decided about it. */
interface Candidate {
  namespace: string;
  labels: Record<string, string>;
  identity: string;
}

/** Every Service, by FQDN in order, with the identities of the workloads behind it. */
export function readServices(all: Inventory, candidates: readonly Candidate[]): Service[] {
  return all
    .of('Service')
    .map((resource) => toService(resource, candidates))
    .sort((a, b) => compare(a.fqdn, b.fqdn));
}

function toService(resource: Resource, candidates: readonly Candidate[]): Service {
  const { name, namespace = '' } = resource.metadata;
  const { selector, ports } = asKind(resource, 'Service').spec;
  const behind = candidates.filter((one) => selects({ namespace, selector }, one));
  return {
    name,
    namespace,
    fqdn: fqdnOf(name, namespace),
    selector,
    ports: ports.map(({ port, name: called = '', targetPort = port, appProtocol }) => ({
      port,
      name: called,
      targetPort,
      protocol: protocolOf({ name: called, appProtocol }),
    })),
    since: since(resource),
    identities: [...new Set(behind.map(({ identity }) => identity))].sort(compare),
    because: because(resource),
  };
}

/** True if a Service leads to pods with these labels; one without a selector leads to none. */
export function selects(
  { namespace, selector }: Pick<Service, 'namespace' | 'selector'>,
  pod: { namespace: string; labels: Record<string, string> },
): boolean {
  return namespace === pod.namespace && Object.keys(selector).length > 0 && matches(pod.labels, selector);
}
