import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because, type Because } from '../because.ts';
import { destinationsFor } from './destinations.ts';
import { compare } from '../../manifests/compare.ts';
import type { Inventory } from '../inventory.ts';
import { isWildcard, sharedHosts } from '../../manifests/hosts.ts';
import { matches } from '../../manifests/labels.ts';
import { isCatchAll } from './matches.ts';
import type { RoutingContext } from './mesh-routes.ts';
import type { Route, VirtualHost } from './route.ts';
import { routesIn } from './routes.ts';
import type { Workload } from '../workloads/workload.ts';

/** One port on which a gateway listens, with all servers that Gateways define for it. */
export interface GatewayServer {
  /** The port in the first of the Gateways (80). */
  port: number;
  /** The container port (8080): the targetPort of its Service, or the same port. */
  targetPort: number;
  /** Only from VirtualServices that name the Gateway. */
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

/**
 * The servers of a gateway's pods, from the Gateways of all namespaces that select them. Ports with the same container port
 * are one server. Source: istio/istio, pilot/pkg/model/gateway.go mergeGateways.
 */
export function gatewayServers(workload: Workload, all: Inventory, context: RoutingContext): GatewayServer[] {
  const servers = all
    .of('Gateway')
    .filter((gateway) => matches(workload.labels, asKind(gateway, 'Gateway').spec.selector))
    .flatMap(serversOf);
  const targets = Map.groupBy(servers, ({ port }) => workload.targetPorts.get(port) ?? port);
  return [...targets]
    .sort(([a], [b]) => a - b)
    .flatMap(([targetPort, [first, ...rest]]) => {
      if (first === undefined) return [];
      const hosts = virtualHosts([first, ...rest], workload, context);
      return [{ port: first.port, targetPort, hosts, because: first.because }];
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

/** Source: istio/istio, gateway.go buildGatewayHTTPRouteConfig. */
function virtualHosts(servers: readonly Server[], workload: Workload, context: RoutingContext): VirtualHost[] {
  const found = new Map<string, Pick<VirtualHost, 'port' | 'routes'>>();
  const read = new Map<string, Route[]>();
  for (const { gateway, port, hosts } of servers) {
    const { name, namespace = '' } = gateway.metadata;
    const proxy = { namespace: workload.namespace, labels: workload.labels, gateway: `${namespace}/${name}`, port };
    const resolve = destinationsFor(context, proxy);
    for (const virtualService of context.virtualServices) {
      if (!virtualService.gateways.includes(proxy.gateway)) continue;
      const shared = sharedHosts(hostsFor(hosts, virtualService.namespace, namespace), virtualService.writtenHosts);
      const key = `${proxy.gateway} ${virtualService.namespace}/${virtualService.name}`;
      const routes = shared.length === 0 ? [] : (read.get(key) ?? routesIn(virtualService, { proxy, resolve }));
      if (routes.length === 0) continue;
      read.set(key, routes);
      for (const host of shared.map((one) => one.toLowerCase())) {
        const known = found.get(host) ?? { port, routes: [] };
        found.set(host, { ...known, routes: [...known.routes, ...routes] });
      }
    }
  }
  const hosts = [...found]
    .map(([fqdn, { port, routes }]) => ({
      fqdn,
      port,
      domains: [fqdn],
      isService: false,
      routes: catchAllLast(routes),
    }))
    .sort((a, b) => mostSpecificFirst(a.fqdn, b.fqdn));
  return mergeEqualHosts(hosts);
}

/** Joins hosts that have the same routes, under the name of the first. */
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

/** The hosts for VirtualServices of a namespace: `shop/example.org` is only for namespace shop, `./example.org` for the Gateway's own. */
function hostsFor(hosts: readonly string[], namespace: string, own: string): string[] {
  return hosts.flatMap((written) => {
    const [prefix, host] = written.includes('/') ? written.split('/') : ['*', written];
    const scope = prefix === '.' ? own : prefix;
    return host !== undefined && (scope === '*' || scope === namespace) ? [host] : [];
  });
}

function catchAllLast(routes: readonly Route[]): Route[] {
  return routes.toSorted((a, b) => Number(isCatchAll(a.match)) - Number(isCatchAll(b.match)));
}

function mostSpecificFirst(a: string, b: string): number {
  return Number(isWildcard(a)) - Number(isWildcard(b)) || b.length - a.length || compare(a, b);
}
