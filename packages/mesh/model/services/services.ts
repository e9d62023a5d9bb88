import { asKind } from '../../manifests/kinds/typed.ts';
import { createdAt } from '../../manifests/creation-time.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because } from '../because.ts';
import { fqdnOf } from '../../manifests/hosts.ts';
import { compare } from '../../manifests/compare.ts';
import type { Inventory } from '../inventory.ts';
import { matches, selectsAll, type Pod } from '../../manifests/labels.ts';
import { perObject, perText } from '../per-object.ts';
import { selectorIndex, type Selector } from '../selector-index.ts';
import { protocolOf } from './protocol.ts';
import type { Service } from './service.ts';

type Candidate = Pod & { identity: string };

/** All Services, sorted by FQDN, with the identities of their workloads. */
export function readServices(all: Inventory, candidates: readonly Candidate[]): Service[] {
  const written = all.of('Service').map((resource) => {
    const { selector } = asKind(resource, 'Service').spec;
    return { resource, namespace: resource.metadata.namespace ?? '', selector };
  });
  return [...podsBehind(written, candidates)]
    .map(([{ resource }, selected]) => toService(resource, selected))
    .sort((a, b) => compare(a.fqdn, b.fqdn));
}

/** A Service is the same object as long as neither its resource nor the identities behind it change, also in another mesh. */
function toService(resource: Resource, selected: readonly Candidate[]): Service {
  return made(resource)([...new Set(selected.map(({ identity }) => identity))].sort(compare));
}

const made = perObject((resource: Resource) => perText((identities: string[]) => makeService(resource, identities)));

function makeService(resource: Resource, identities: string[]): Service {
  const { name, namespace = '', annotations } = resource.metadata;
  const { selector, ports } = asKind(resource, 'Service').spec;
  return {
    name,
    namespace,
    fqdn: fqdnOf(name, namespace),
    selector,
    ports: ports.map(({ port, name: portName = '', targetPort = port, appProtocol }) => ({
      port,
      name: portName,
      targetPort,
      protocol: protocolOf({ port, name: portName, appProtocol }),
    })),
    exportTo: listIn(annotations['networking.istio.io/exportTo'] ?? ''),
    createdAt: createdAt(resource),
    identities,
    because: because(resource),
  };
}

/** The entries of a text with commas; none in an empty one. */
function listIn(text: string): string[] {
  return text === '' ? [] : text.split(',').map((entry) => entry.trim());
}

/** True if a Service selects a pod. A Service without a selector selects none. */
export function selects({ namespace, selector }: Selector, pod: Pod): boolean {
  return namespace === pod.namespace && !selectsAll(selector) && matches(pod.labels, selector);
}

/** Finds the Services that select a pod, in their order. */
export function serviceIndex<S extends Selector>(services: readonly S[]): (pod: Pod) => S[] {
  return selectorIndex(
    services.filter(({ selector }) => !selectsAll(selector)),
    (service) => service,
  );
}

/** The pods that each Service selects, in their order. */
export function podsBehind<S extends Selector, P extends Pod>(
  services: readonly S[],
  pods: readonly P[],
): Map<S, readonly P[]> {
  const behind = new Map(services.map((service): [S, P[]] => [service, []]));
  const selecting = serviceIndex(services);
  for (const pod of pods) for (const service of selecting(pod)) behind.get(service)?.push(pod);
  return behind;
}
