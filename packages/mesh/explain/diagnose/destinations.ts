import { closestName } from '../../manifests/closest-name.ts';
import { resolveHost } from '../../manifests/hosts.ts';
import type { Destination } from '../../manifests/kinds/istio/shared.ts';
import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { plainWarning, type Warning } from '../../manifests/warnings/warning.ts';
import type { Path } from '../../manifests/yaml/places.ts';
import type { Mesh } from '../../model/mesh.ts';
import { usersOf } from './users.ts';

/** A destination in a VirtualService. */
interface NamedDestination {
  to: Destination;
  path: Path;
  /** What happens to requests if the destination does not exist. */
  effect: string;
}

const REQUESTS_LOST = 'requests sent there get 503';
const COPIES_LOST = 'copies sent there are lost';

/** Destinations of VirtualServices whose host, port or subset does not exist for the proxies that use them. */
export function missingDestinations(mesh: Mesh): Warning[] {
  return mesh.objects.of('VirtualService').flatMap((resource) => {
    const destinations = destinationsOf(resource);
    return usersOf(resource, mesh).flatMap((from) =>
      destinations.flatMap(({ to, path, effect }) => {
        const missing = missingPart(to, { mesh, from, own: resource.metadata.namespace ?? '' });
        if (missing === undefined) return [];
        return [plainWarning(resource, [...path, missing.field], `${missing.what}: ${effect}`)];
      }),
    );
  });
}

function destinationsOf(resource: Resource): NamedDestination[] {
  return asKind(resource, 'VirtualService').spec.http.flatMap(({ route, mirror, mirrors }, index) => {
    const named = (to: Destination, path: Path, effect: string) => {
      return { to, path: ['spec', 'http', index, ...path], effect };
    };
    return [
      ...route.map(({ destination }, at) => named(destination, ['route', at, 'destination'], REQUESTS_LOST)),
      ...(mirror === undefined ? [] : [named(mirror, ['mirror'], COPIES_LOST)]),
      ...mirrors.map(({ destination }, at) => named(destination, ['mirrors', at, 'destination'], COPIES_LOST)),
    ];
  });
}

interface Asked {
  mesh: Mesh;
  /** The namespace of the callers. */
  from: string;
  /** The namespace of the VirtualService. */
  own: string;
}

function missingPart(
  to: Destination,
  { mesh, from, own }: Asked,
): { field: keyof Destination; what: string } | undefined {
  const { services, rules } = mesh.seenFrom(from);
  const fqdn = resolveHost(to.host, own);
  const service = services.get(fqdn);
  if (service === undefined) {
    const isHidden = mesh.services.some((one) => one.fqdn === fqdn);
    const what = isHidden ? `Service ${fqdn} is not exported to namespace ${from}` : noService(to.host, fqdn, mesh);
    return { field: 'host', what };
  }
  const ports = service.ports.map(({ port }) => port);
  if (to.port !== undefined && !ports.includes(to.port.number))
    return {
      field: 'port',
      what: `Service ${service.name} has no port ${to.port.number} (it has ${ports.join(', ')})`,
    };
  if (to.subset === undefined) return undefined;
  const rule = rules(from, service);
  const names = rule?.subsets.map(({ name }) => name) ?? [];
  if (names.includes(to.subset)) return undefined;
  const what =
    rule === undefined
      ? `no DestinationRule names subset "${to.subset}" of ${to.host}`
      : `${rule.because.object} has no subset "${to.subset}" (it has ${names.join(', ') || 'none'})`;
  return { field: 'subset', what };
}

/** In Istio a name with a dot is complete, so `recommendations.shop` is a common mistake: the message suggests the right name. */
function noService(host: string, fqdn: string, { services }: Mesh): string {
  const suffix = fqdn.slice(host.length);
  const hosts = services.map((service) => service.fqdn);
  const inReach = hosts.filter((one) => one.endsWith(suffix)).map((one) => one.slice(0, one.length - suffix.length));
  const meant = closestName(host, inReach) ?? hosts.find((one) => one.startsWith(`${host}.`));
  return `there is no Service for host "${host}"${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`;
}
