import { defaultRoute } from './default-route.ts';
import { destinationsFor, type DestinationContext } from './destinations.ts';
import { MESH, domainsOf, isWildcard, isWithin, mostSpecific } from '../../manifests/hosts.ts';
import { compare } from '../../manifests/compare.ts';
import type { Pod } from '../../manifests/labels.ts';
import type { ProxyPort } from './matches.ts';
import { canBeHttp } from '../services/protocol.ts';
import type { Route, VirtualHost } from './route.ts';
import { routesIn } from './routes.ts';
import type { Service } from '../services/service.ts';
import type { VirtualService } from './virtual-services.ts';

/** The input for a proxy's routes, with the VirtualServices that its namespace sees, in Istio's order of precedence. */
export interface RoutingContext extends DestinationContext {
  virtualServices: readonly VirtualService[];
}

/** The virtual hosts that a sidecar's app can call, by port: of all ports that can be HTTP. */
export function meshRoutes(caller: Pod, context: RoutingContext): Map<number, VirtualHost[]> {
  const ports = [...context.services.values()].flatMap(({ ports: all }) =>
    all.filter(({ protocol }) => canBeHttp(protocol)).map(({ port }) => port),
  );
  const sorted = [...new Set(ports)].sort((a, b) => a - b);
  return new Map(sorted.map((port) => [port, virtualHosts({ ...caller, gateway: MESH, port }, context)]));
}

/** Hosts with the same routes. */
interface HostGroup {
  /** Hosts of the VirtualService without a Service at this port. */
  hostsWithoutService: string[];
  services: Service[];
  routes: Route[];
}

/** Source: istio/istio, route.go BuildSidecarVirtualHostWrapper and httproute.go BuildSidecarOutboundVirtualHosts. */
function virtualHosts(proxy: ProxyPort, context: RoutingContext): VirtualHost[] {
  const services = [...context.services.values()].filter((one) => one.ports.some(({ port }) => port === proxy.port));
  const find = serviceLookup(services);
  const resolve = destinationsFor(context, proxy);
  const ownerOf = owners(context.virtualServices);
  const written = forMesh(context.virtualServices, find, proxy.port).flatMap((virtualService) => {
    const routes = routesIn(virtualService, { proxy, resolve });
    const hosts = splitHosts(virtualService, find, ownerOf);
    const http = hosts.services.filter((service) => takesHttp(service, proxy.port));
    // Istio keeps hosts without a Service on port 80; on other ports only if another host of the VirtualService has one.
    if (routes.length === 0 || (http.length === 0 && proxy.port !== 80)) return [];
    return [{ ...hosts, services: http, routes }];
  });
  const routed = new Set(written.flatMap((group) => group.services));
  const others = services.filter((service) => takesHttp(service, proxy.port) && !routed.has(service));
  const unwritten = others.map((service) => {
    return { hostsWithoutService: [], services: [service], routes: [defaultRoute(service, proxy, context.rules)] };
  });
  return withoutDuplicates([...written, ...unwritten], proxy);
}

type ServiceLookup = (host: string) => readonly Service[];

/** Finds the Services that a host matches. Only a wildcard has to be compared with every Service. */
function serviceLookup(services: readonly Service[]): ServiceLookup {
  const named = Map.groupBy(services, ({ fqdn }) => fqdn);
  return (host) => (isWildcard(host) ? services.filter(({ fqdn }) => isWithin(fqdn, host)) : (named.get(host) ?? []));
}

function forMesh(all: readonly VirtualService[], find: ServiceLookup, port: number): VirtualService[] {
  const named = ({ hosts }: VirtualService) => port === 80 || hosts.some((host) => find(host).length > 0);
  return all.filter((one) => one.gateways.includes(MESH) && named(one));
}

/** A wildcard host applies to the Services for which no other VirtualService has a more specific host. */
function splitHosts(
  virtualService: VirtualService,
  find: ServiceLookup,
  ownerOf: (service: Service) => VirtualService | undefined,
): Pick<HostGroup, 'hostsWithoutService' | 'services'> {
  const services: Service[] = [];
  const hostsWithoutService: string[] = [];
  for (const host of virtualService.hosts) {
    const matching = find(host);
    if (matching.length === 0) hostsWithoutService.push(host);
    const own = (service: Service) => !isWildcard(host) || ownerOf(service) === virtualService;
    services.push(...matching.filter(own));
  }
  return { hostsWithoutService, services };
}

/** Finds the first VirtualService with the most specific of the hosts that match a Service. */
function owners(virtualServices: readonly VirtualService[]): (service: Service) => VirtualService | undefined {
  const byHost = new Map<string, VirtualService>();
  for (const one of virtualServices.toReversed()) {
    if (one.gateways.includes(MESH)) for (const host of one.hosts) byHost.set(host, one);
  }
  return ({ fqdn }) => byHost.get(mostSpecific(fqdn, byHost) ?? '');
}

/** Keeps only the first of equal hosts and of equal domains. */
function withoutDuplicates(groups: readonly HostGroup[], { namespace, port }: ProxyPort): VirtualHost[] {
  const taken = new Set<string>();
  const all = groups.flatMap(({ hostsWithoutService, services, routes }) => [
    ...hostsWithoutService.map((fqdn) => ({ fqdn, domains: [fqdn], isService: false, routes })),
    ...services.map((service) => ({
      fqdn: service.fqdn,
      domains: domainsOf(service, namespace),
      isService: true,
      routes,
    })),
  ]);
  const names = new Set<string>();
  const hosts = all.flatMap(({ fqdn, domains, isService, routes }) => {
    if (names.has(fqdn)) return [];
    names.add(fqdn);
    const free = domains.filter((domain) => !taken.has(domain));
    for (const domain of free) taken.add(domain);
    return free.length === 0 ? [] : [{ fqdn, port, domains: free, isService, routes }];
  });
  return hosts.sort((a, b) => compare(a.fqdn, b.fqdn));
}

function takesHttp({ ports }: Service, number: number): boolean {
  return ports.some(({ port, protocol }) => port === number && canBeHttp(protocol));
}
