import { asKind } from '../kinds/typed.ts';
import type { Destination } from '../kinds/istio/shared.ts';
import { closestName } from '../closest-name.ts';
import { resolveHost } from '../hosts.ts';
import type { Resource } from '../resource.ts';
import { plainWarning, type Warning } from './warning.ts';
import type { MeshFinder } from './mesh-finder.ts';

/** A destination in a VirtualService. */
interface NamedDestination {
  to: Destination;
  path: (string | number)[];
  /** What happens to requests if the destination does not exist. */
  effect: string;
}

const REQUESTS_LOST = 'requests sent there get 503';
const COPIES_LOST = 'copies sent there are lost';

/** Warnings about destinations of a VirtualService whose host, port or subset does not exist. */
export function destinationReferences(resource: Resource, mesh: MeshFinder): Warning[] {
  const namespace = resource.metadata.namespace ?? '';
  return destinationsOf(resource).flatMap(({ to, path, effect }) => {
    const at = (field: string, what: string) => [plainWarning(resource, [...path, field], `${what}: ${effect}`)];
    const fqdn = resolveHost(to.host, namespace);
    const service = mesh.serviceAt(fqdn);
    if (service === undefined) return at('host', noService(to.host, fqdn, mesh));
    const ports = asKind(service, 'Service').spec.ports.map(({ port }) => port);
    const { port, subset } = to;
    if (port !== undefined && !ports.includes(port.number))
      return at('port', `Service ${service.metadata.name} has no port ${port.number} (it has ${ports.join(', ')})`);
    const what = subset === undefined ? undefined : noSubset(subset, to.host, mesh.rulesFor(fqdn, namespace));
    return what === undefined ? [] : at('subset', what);
  });
}

function destinationsOf(resource: Resource): NamedDestination[] {
  return asKind(resource, 'VirtualService').spec.http.flatMap(({ route, mirror, mirrors }, index) => {
    const named = (to: Destination, path: (string | number)[], effect: string) => {
      return { to, path: ['spec', 'http', index, ...path], effect };
    };
    return [
      ...route.map(({ destination }, at) => named(destination, ['route', at, 'destination'], REQUESTS_LOST)),
      ...(mirror === undefined ? [] : [named(mirror, ['mirror'], COPIES_LOST)]),
      ...mirrors.map(({ destination }, at) => named(destination, ['mirrors', at, 'destination'], COPIES_LOST)),
    ];
  });
}

/** In Istio a name with a dot is complete, so `recommendations.shop` is a common mistake: the message suggests the right name. */
function noService(host: string, fqdn: string, { hosts }: MeshFinder): string {
  const suffix = fqdn.slice(host.length);
  const inReach = hosts.filter((one) => one.endsWith(suffix)).map((one) => one.slice(0, one.length - suffix.length));
  const meant = closestName(host, inReach) ?? hosts.find((one) => one.startsWith(`${host}.`));
  return `there is no Service for host "${host}"${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`;
}

function noSubset(subset: string, host: string, rules: readonly Resource[]): string | undefined {
  const known = rules.flatMap((rule) => asKind(rule, 'DestinationRule').spec.subsets.map(({ name }) => name));
  if (known.includes(subset)) return undefined;
  const [rule] = rules;
  if (rule === undefined) return `no DestinationRule names subset "${subset}" of ${host}`;
  const has = known.length === 0 ? 'none' : known.join(', ');
  return `DestinationRule ${rule.metadata.name} has no subset "${subset}" (it has ${has})`;
}
