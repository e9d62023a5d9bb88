import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because } from '../because.ts';
import type { Because } from '../because.ts';
import { destinationsFor } from './destinations.ts';
import { compare } from '../../manifests/compare.ts';
import type { Inventory } from '../inventory.ts';
import { isWildcard, sharedHosts } from '../services/hosts.ts';
import { matches } from '../../manifests/labels.ts';
import { isCatchAll } from './matches.ts';
import type { RoutingContext } from './mesh-routes.ts';
import type { Route, VirtualHost } from './route.ts';
import { routesIn } from './routes.ts';
import { selects } from '../services/services.ts';
import type { Service } from '../services/service.ts';
import type { Workload } from '../workloads/workload.ts';

/** One server of the Gateways that select a gateway's pods. */
export interface GatewayServer {
  /** The Gateway's own number (80). */
  port: number;
  /** The pod's port that its Service leads it to (8080), else the same. */
  targetPort: number;
  /** From the VirtualServices that name the Gateway, and from no other. */
  hosts: VirtualHost[];
  /** The first Gateway's server of this port. */
  because: Because;
}

/** One entry of a Gateway's `servers`. */
interface Server {
  gateway: Resource;
  port: number;
  hosts: string[];
  because: Because;
}

/** What a gateway's pods serve, by port: the servers of all Gateways, of any namespace, that select them. */
export function gatewayServers(workload: Workload, all: Inventory, context: RoutingContext): GatewayServer[] {
  const servers = all
    .of('Gateway')
    .filter((gateway) => matches(workload.labels, asKind(gateway, 'Gateway').spec.selector))
    .flatMap(serversOf);
  const ports = Map.groupBy(servers, ({ port }) => port);
  return [...ports]
    .sort(([a], [b]) => a - b)
    .flatMap(([port, [first, ...rest]]) => {
      if (first === undefined) return [];
      const hosts = virtualHosts([first, ...rest], workload, context);
      const services = [...context.services.values()];
      return [{ port, targetPort: targetPort(port, workload, services), hosts, because: first.because }];
    });
}

function serversOf(gateway: Resource): Server[] {
  return asKind(gateway, 'Gateway').spec.servers.map(({ port, hosts }, index) => ({
    gateway,
    port: port.number,
    hosts,
    because: because(gateway, ['spec', 'servers', index]),
  }));
}

/** The pod's port behind a Gateway's port: the target of the first Service that selects the pods. The port itself without such a Service, or where the target is a name. */
function targetPort(port: number, workload: Workload, services: readonly Service[]): number {
  const targets = services
    .filter((service) => selects(service, workload))
    .flatMap(({ ports }) => ports.filter((one) => one.port === port).map((one) => one.targetPort));
  return targets.find((target) => typeof target === 'number') ?? port;
}

/** Source: istio/istio, gateway.go buildGatewayHTTPRouteConfig. */
function virtualHosts(servers: readonly Server[], workload: Workload, context: RoutingContext): VirtualHost[] {
  const found = new Map<string, Route[]>();
  const read = new Map<string, Route[]>();
  for (const { gateway, port, hosts } of servers) {
    const { name, namespace = '' } = gateway.metadata;
    const proxy = { namespace: workload.namespace, labels: workload.labels, gateway: `${namespace}/${name}`, port };
    const resolve = destinationsFor(context, proxy);
    for (const virtualService of context.virtualServices) {
      if (!virtualService.gateways.includes(proxy.gateway)) continue;
      const shared = sharedHosts(hostsFor(hosts, virtualService.namespace, namespace), virtualService.hosts);
      const key = `${proxy.gateway} ${virtualService.namespace}/${virtualService.name}`;
      const routes = shared.length === 0 ? [] : (read.get(key) ?? routesIn(virtualService, { proxy, resolve }));
      if (routes.length === 0) continue;
      read.set(key, routes);
      for (const host of shared) found.set(host, [...(found.get(host) ?? []), ...routes]);
    }
  }
  const port = servers[0]?.port ?? 0;
  const hosts = [...found]
    .map(([fqdn, routes]) => ({ fqdn, port, domains: [fqdn], routes: catchAllLast(routes) }))
    .sort((a, b) => mostSpecificFirst(a.fqdn, b.fqdn));
  return mergeEqualHosts(hosts);
}

/** Hosts with the same routes become one, under the name of the first. */
function mergeEqualHosts(hosts: readonly VirtualHost[]): VirtualHost[] {
  const kept: VirtualHost[] = [];
  for (const host of hosts) {
    const equal = kept.find(({ routes }) => areSame(routes, host.routes));
    if (equal === undefined) kept.push(host);
    else equal.domains.push(...host.domains);
  }
  return kept;
}

function areSame(some: readonly Route[], others: readonly Route[]): boolean {
  return some.length === others.length && some.every((route, index) => route === others[index]);
}

/** `shop/example.org` is for VirtualServices of shop only; `./` is the Gateway's own namespace. */
function hostsFor(hosts: readonly string[], namespace: string, own: string): string[] {
  return hosts.flatMap((written) => {
    const [place, host] = written.includes('/') ? written.split('/') : ['*', written];
    const meant = place === '.' ? own : place;
    return host !== undefined && (meant === '*' || meant === namespace) ? [host.toLowerCase()] : [];
  });
}

function catchAllLast(routes: readonly Route[]): Route[] {
  const [all = [], narrow = []] = [true, false].map((catchAll) =>
    routes.filter(({ match }) => isCatchAll(match) === catchAll),
  );
  return [...narrow, ...all];
}

function mostSpecificFirst(a: string, b: string): number {
  return Number(isWildcard(a)) - Number(isWildcard(b)) || b.length - a.length || compare(a, b);
}
