import { compare } from '../manifests/compare.ts';
import { findService, type Mesh } from '../model/mesh.ts';
import { perObject } from '../model/per-object.ts';
import type { Cluster, TrafficPolicy } from '../model/policy/traffic-policy.ts';
import type { VirtualHost } from '../model/routing/route.ts';
import type { Workload } from '../model/workloads/workload.ts';
import { inboundCluster } from './clusters/inbound.ts';
import { outboundCluster } from './clusters/outbound.ts';
import { gatewayListener } from './listeners/gateway.ts';
import { inboundListener } from './listeners/inbound.ts';
import { outboundHttpListener, outboundTcpListener } from './listeners/outbound.ts';
import type { Placement } from './placement.ts';
import type { XdsResource } from './protobuf.ts';
import { gatewayRoutes, outboundRoutes } from './routes/configuration.ts';
import { statisticsCluster, statisticsListener } from './statistics.ts';

/** Everything that one proxy gets from discovery, except its endpoints and secrets. */
export interface Configuration {
  listeners: XdsResource[];
  clusters: XdsResource[];
  routes: XdsResource[];
}

/** The input of the translation for one proxy. */
interface Proxied {
  mesh: Mesh;
  workload: Workload;
  placement: Placement;
  reachable: Reachable;
}

/** The clusters that a proxy can call. */
interface Reachable {
  all: readonly Cluster[];
  /** Those of TCP ports, without subsets. */
  tcp: Cluster[];
  /** All of them as Envoy's, sorted by name. */
  translated: XdsResource[];
}

/**
 * The configuration of a workload's proxy: empty for a workload without one. Pure, and sorted by name: the same mesh and
 * placement give the same text. Proxies with the same clusters or routes share these as objects: each is made, and encoded,
 * once. Source: istio.io/istio pilot/pkg/networking/core, compared with its output in test/conformance.
 */
export function translate(mesh: Mesh, workload: Workload, placement: Placement): Configuration {
  if (workload.proxy === 'none') return { listeners: [], clusters: [], routes: [] };
  const reachable = reachableIn(mesh)(mesh.clustersOf(workload));
  const own = workload.proxy === 'gateway' ? gatewayConfiguration : sidecarConfiguration;
  const { listeners, clusters, routes } = own({ mesh, workload, placement, reachable });
  return {
    listeners: byName([...listeners, statisticsListener(placement.stats)]),
    clusters: byName([...clusters, ...reachable.translated, statisticsCluster(placement.adminSocket)]),
    routes: byName(routes),
  };
}

const reachableIn = perObject((mesh: Mesh) =>
  perObject((all: readonly Cluster[]): Reachable => {
    const translated = all.map((cluster) => outboundCluster(cluster, findService(mesh, cluster.fqdn)));
    return { all, tcp: all.filter((cluster) => isTcp(mesh, cluster)), translated: byName(translated) };
  }),
);

const routesByPort = perObject((addressOf: Placement['serviceAddress']) =>
  perObject((hosts: ReadonlyMap<number, VirtualHost[]>) =>
    [...hosts].map(([port, own]) => outboundRoutes(port, own, addressOf)),
  ),
);

function byName(all: XdsResource[]): XdsResource[] {
  return all.toSorted((a, b) => compare(a.name, b.name));
}

/** A sidecar has outbound listeners for the calls of its app, and inbound ones for the calls to its app. */
function sidecarConfiguration(proxied: Proxied): Configuration {
  const { mesh, workload, placement } = proxied;
  const { trustDomain } = mesh.config;
  const http = mesh.routesOf(workload);
  return {
    listeners: [
      ...[...http.keys()].map((port) =>
        outboundHttpListener(port, placement.outboundHttp(port), { workload, trustDomain }),
      ),
      ...proxied.reachable.tcp.map((one) => outboundTcpListener(one, placement.outboundTcp(one.fqdn, one.port))),
      ...workload.inbound.map((port) => inboundListener(port, { workload, placement, trustDomain })),
    ],
    clusters: workload.inbound.map((one) =>
      inboundCluster(one, placement.app(one.port), policyOf(proxied, one.service)),
    ),
    routes: routesByPort(placement.serviceAddress)(http),
  };
}

function isTcp(mesh: Mesh, { fqdn, port, subset }: Cluster): boolean {
  const service = subset === '' ? findService(mesh, fqdn) : undefined;
  return service?.ports.some((one) => one.port === port && one.protocol === 'tcp') ?? false;
}

// The trafficPolicy of a Service also applies between the Service's sidecars and their apps, as in Istio.
function policyOf({ reachable }: Proxied, service: { fqdn: string; port: number } | undefined): TrafficPolicy {
  const isWhole = ({ fqdn, port, subset }: Cluster) => fqdn === service?.fqdn && port === service.port && subset === '';
  return reachable.all.find(isWhole)?.policy ?? {};
}

/** A gateway has no app: it listens on the ports of its Gateways, with the routes of their VirtualServices. */
function gatewayConfiguration({ mesh, workload, placement }: Proxied): Configuration {
  const { trustDomain } = mesh.config;
  const servers = mesh.serversOf(workload);
  const ports = new Set(servers.map(({ targetPort }) => targetPort));
  return {
    listeners: [...ports].map((port) => gatewayListener(port, { workload, placement, trustDomain, ports })),
    clusters: [],
    routes: servers.map(gatewayRoutes),
  };
}
