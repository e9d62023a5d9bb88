import { defaultRoute } from './default-route.ts';
import { destinationsFor } from './destinations.ts';
import type { Surroundings } from './destinations.ts';
import { domainsOf, isWildcard, isWithin, mostSpecific } from '../services/hosts.ts';
import { compare } from '../../manifests/compare.ts';
import type { Asker } from './matches.ts';
import { isHttp } from '../services/protocol.ts';
import type { Route, VirtualHost } from './route.ts';
import { routesIn } from './routes.ts';
import type { Service } from '../services/service.ts';
import { MESH } from './virtual-services.ts';
import type { VirtualService } from './virtual-services.ts';

/** What a sidecar looks for routes in: the VirtualServices that its namespace sees, in Istio's order. */
export interface MeshSurroundings extends Surroundings {
  virtualServices: readonly VirtualService[];
}

/** What a sidecar's app finds on each HTTP port of any Service, by port. */
export function meshRoutes(
  caller: Pick<Asker, 'namespace' | 'labels'>,
  around: MeshSurroundings,
): Map<number, VirtualHost[]> {
  const ports = [...around.services.values()].flatMap(({ ports: all }) =>
    all.filter(({ protocol }) => isHttp(protocol)).map(({ port }) => port),
  );
  const sorted = [...new Set(ports)].sort((a, b) => a - b);
  return new Map(
    sorted.map((port) => {
      const { namespace, labels } = caller;
      return [port, virtualHosts({ namespace, labels, gateway: MESH, port }, around)];
    }),
  );
}

/** Several hosts that share routes. */
interface Wrapper {
  /** Written in the VirtualService, and no Service has them at this port. */
  strangers: string[];
  services: Service[];
  routes: Route[];
}

/** Source: istio/istio, route.go BuildSidecarVirtualHostWrapper and httproute.go BuildSidecarOutboundVirtualHosts. */
function virtualHosts(asker: Asker, around: MeshSurroundings): VirtualHost[] {
  const services = [...around.services.values()].filter((one) => one.ports.some(({ port }) => port === asker.port));
  const covered = coverage(services);
  const resolve = destinationsFor(around, asker);
  const written = forMesh(around.virtualServices, covered, asker.port).flatMap((virtualService) => {
    const routes = routesIn(virtualService, { asker, resolve });
    const hosts = splitHosts(virtualService, covered, around);
    const speaking = hosts.services.filter((service) => speaksHttp(service, asker.port));
    // Istio keeps hosts without a Service at port 80 whatever else the VirtualService names, elsewhere beside one.
    if (routes.length === 0 || (speaking.length === 0 && asker.port !== 80)) return [];
    return [{ strangers: hosts.strangers, services: speaking, routes }];
  });
  const spokenOf = new Set(written.flatMap((wrapper) => wrapper.services));
  const others = services
    .filter((service) => speaksHttp(service, asker.port) && !spokenOf.has(service))
    .map((service) => ({ strangers: [], services: [service], routes: [defaultRoute(service, asker, around.rules)] }));
  return withoutTwins([...written, ...others], asker);
}

type Coverage = (host: string) => readonly Service[];

/** The Services that a host stands for: only a wildcard has to be held against each of them. */
function coverage(services: readonly Service[]): Coverage {
  const named = Map.groupBy(services, ({ fqdn }) => fqdn);
  return (host) => (isWildcard(host) ? services.filter(({ fqdn }) => isWithin(fqdn, host)) : (named.get(host) ?? []));
}

function forMesh(all: readonly VirtualService[], covered: Coverage, port: number): VirtualService[] {
  const named = ({ hosts }: VirtualService) => port === 80 || hosts.some((host) => covered(host).length > 0);
  return all.filter((one) => one.gateways.includes(MESH) && named(one));
}

/** A wildcard takes the Services that no other VirtualService names more narrowly. */
function splitHosts(
  virtualService: VirtualService,
  covered: Coverage,
  around: MeshSurroundings,
): Pick<Wrapper, 'strangers' | 'services'> {
  const found: Service[] = [];
  const strangers: string[] = [];
  for (const host of virtualService.hosts) {
    const meant = covered(host);
    if (meant.length === 0) strangers.push(host);
    const own = (service: Service) => !isWildcard(host) || ownerOf(service, around) === virtualService;
    found.push(...meant.filter(own));
  }
  return { strangers, services: found };
}

function ownerOf({ fqdn }: Service, { virtualServices }: MeshSurroundings): VirtualService | undefined {
  const mesh = virtualServices.filter(({ gateways }) => gateways.includes(MESH));
  const host = mostSpecific(fqdn, new Set(mesh.flatMap(({ hosts }) => hosts)));
  return mesh.find(({ hosts }) => host !== undefined && hosts.includes(host));
}

/** The first that names a host or a domain has it. */
function withoutTwins(wrappers: readonly Wrapper[], { namespace, port }: Asker): VirtualHost[] {
  const taken = new Set<string>();
  const all = wrappers.flatMap(({ strangers, services, routes }) => [
    ...strangers.map((fqdn) => ({ fqdn, domains: [fqdn], routes })),
    ...services.map((service) => ({ fqdn: service.fqdn, domains: domainsOf(service, namespace), routes })),
  ]);
  const names = new Set<string>();
  const hosts = all.flatMap(({ fqdn, domains, routes }) => {
    if (names.has(fqdn)) return [];
    names.add(fqdn);
    const free = domains.filter((domain) => !taken.has(domain));
    for (const domain of free) taken.add(domain);
    return free.length === 0 ? [] : [{ fqdn, port, domains: free, routes }];
  });
  return hosts.sort((a, b) => compare(a.fqdn, b.fqdn));
}

function speaksHttp({ ports }: Service, number: number): boolean {
  return ports.some(({ port, protocol }) => port === number && isHttp(protocol));
}
