import { compare } from '../manifests/compare.ts';
import { findService, type Mesh } from '../model/mesh.ts';
import { perObject, perPair } from '../model/per-object.ts';
import type { Cluster, TrafficPolicy } from '../model/policy/traffic-policy.ts';
import type { VirtualHost } from '../model/routing/route.ts';
import { isHttp } from '../model/services/protocol.ts';
import type { Protocol, Service } from '../model/services/service.ts';
import type { Workload } from '../model/workloads/workload.ts';
import { inboundCluster } from './clusters/inbound.ts';
import { outboundCluster } from './clusters/outbound.ts';
import { gatewayListener } from './listeners/gateway.ts';
import { inboundListener } from './listeners/inbound.ts';
import { outboundDetectedListener, outboundHttpListener, outboundTcpListener } from './listeners/outbound.ts';
import type { Placement } from './placement.ts';
import type { XdsResource } from './protobuf.ts';
import { detectedRoutes, gatewayRoutes, outboundRoutes } from './routes/configuration.ts';
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
  /** The HTTP ports: sidecars have one listener for each. */
  http: ReadonlySet<number>;
  /** The other ports, each of one Service: sidecars have a listener for each. Without subsets. */
  own: Record<'tcp' | 'detected', Cluster[]>;
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
    clusters: byName([
      ...clusters,
      ...translated[workload.proxy](mesh, mesh.clustersOf(workload)),
      statisticsCluster(placement.adminSocket),
    ]),
    routes: byName(routes),
  };
}

const reachableIn = perObject((mesh: Mesh) =>
  perObject((all: readonly Cluster[]): Reachable => {
    const whole = all.filter(({ subset }) => subset === '');
    const by = Map.groupBy(whole, (cluster) => {
      const protocol = protocolOf(mesh, cluster);
      return isHttp(protocol) ? 'http' : protocol;
    });
    const http = new Set(by.get('http')?.map(({ port }) => port));
    return { all, http, own: { tcp: by.get('tcp') ?? [], detected: by.get('detected') ?? [] } };
  }),
);

/** The clusters of a caller as Envoy's, sorted by name. Each is the same object as long as the model's cluster is. */
const translated = { sidecar: translateFor('sidecar'), gateway: translateFor('gateway') };

function translateFor(caller: 'sidecar' | 'gateway') {
  const clusterTo = perPair((cluster: Cluster, service: Service | undefined) =>
    outboundCluster(cluster, { service, caller }),
  );
  return perPair((mesh: Mesh, all: readonly Cluster[]) =>
    byName(all.map((one) => clusterTo(one, findService(mesh, one.fqdn)))),
  );
}

const routesTo = perObject((addressOf: Placement['serviceAddress']) =>
  perObject((hosts: ReadonlyMap<number, VirtualHost[]>) =>
    perObject(({ http, own }: Reachable) => [
      ...[...hosts].filter(([port]) => http.has(port)).map(([port, all]) => outboundRoutes(port, all, addressOf)),
      ...own.detected.map((one) => detectedRoutes(one, hosts.get(one.port) ?? [])),
    ]),
  ),
);

function byName(all: XdsResource[]): XdsResource[] {
  return all.toSorted((a, b) => compare(a.name, b.name));
}

/** A sidecar has outbound listeners for the calls of its app, and inbound ones for the calls to its app. */
function sidecarConfiguration(proxied: Proxied): Configuration {
  const { mesh, workload, placement } = proxied;
  const { http, own } = proxied.reachable;
  const caller = { workload, trustDomain: mesh.config.trustDomain };
  return {
    listeners: [
      ...[...http].map((port) => outboundHttpListener(port, placement.outboundHttp(port), caller)),
      ...own.tcp.map((one) => tcpListener(placement, one)),
      ...own.detected.map((one) => outboundDetectedListener(one, placement.outboundOwn(one.fqdn, one.port), caller)),
      ...workload.inbound.map((port) => inboundListener(port, { ...caller, placement })),
    ],
    clusters: workload.inbound.map((one) =>
      inboundCluster(one, placement.app(one.port), policyOf(proxied, one.service)),
    ),
    routes: routesTo(placement.serviceAddress)(mesh.routesOf(workload))(proxied.reachable),
  };
}

const tcpListener = perPair((placement: Placement, cluster: Cluster) =>
  outboundTcpListener(cluster, placement.outboundOwn(cluster.fqdn, cluster.port)),
);

function protocolOf(mesh: Mesh, { fqdn, port }: Cluster): Protocol {
  return findService(mesh, fqdn)?.ports.find((one) => one.port === port)?.protocol ?? 'tcp';
}

/** Of a port that no Service has. Source: cluster_builder.go there, buildInboundPassthroughCluster. */
const UNSERVED: TrafficPolicy = { connectionPool: { http: { idleTimeout: 300_000 } } };

// The trafficPolicy of a Service also applies between the Service's sidecars and their apps, as in Istio.
function policyOf({ reachable }: Proxied, service: { fqdn: string; port: number } | undefined): TrafficPolicy {
  if (service === undefined) return UNSERVED;
  const isWhole = ({ fqdn, port, subset }: Cluster) => fqdn === service.fqdn && port === service.port && subset === '';
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
