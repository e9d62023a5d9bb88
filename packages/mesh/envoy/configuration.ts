import { compare } from '../manifests/compare.ts';
import type { Mesh } from '../model/mesh.ts';
import type { Service } from '../model/services/service.ts';
import type { Cluster, TrafficPolicy } from '../model/policy/traffic-policy.ts';
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
  /** Every cluster that it can call, each with its Service; undefined for a Service that does not exist. */
  reachable: { cluster: Cluster; service: Service | undefined }[];
}

/**
 * The configuration of a workload's proxy: empty for a workload without one. Pure, and sorted by name: the same mesh and
 * placement give the same text. Source: istio.io/istio pilot/pkg/networking/core, compared with its output in test/conformance.
 */
export function translate(mesh: Mesh, workload: Workload, placement: Placement): Configuration {
  if (workload.proxy === 'none') return { listeners: [], clusters: [], routes: [] };
  const services = new Map(mesh.services.map((service) => [service.fqdn, service]));
  const reachable = mesh.clustersOf(workload).map((cluster) => ({ cluster, service: services.get(cluster.fqdn) }));
  const own = workload.proxy === 'gateway' ? gatewayConfiguration : sidecarConfiguration;
  const { listeners, clusters, routes } = own({ mesh, workload, placement, reachable });
  const outbound = reachable.map(({ cluster, service }) => outboundCluster(cluster, service));
  return {
    listeners: byName([...listeners, statisticsListener(placement.stats)]),
    clusters: byName([...clusters, ...outbound, statisticsCluster(placement.adminSocket)]),
    routes: byName(routes),
  };
}

function byName(all: XdsResource[]): XdsResource[] {
  return all.toSorted((a, b) => compare(a.name, b.name));
}

/** A sidecar has outbound listeners for the calls of its app, and inbound ones for the calls to its app. */
function sidecarConfiguration(proxied: Proxied): Configuration {
  const { mesh, workload, placement } = proxied;
  const { trustDomain } = mesh.config;
  const http = [...mesh.routesOf(workload)];
  return {
    listeners: [
      ...http.map(([port]) => outboundHttpListener(port, placement.outboundHttp(port), { workload, trustDomain })),
      ...tcpClusters(proxied).map((one) => outboundTcpListener(one, placement.outboundTcp(one.fqdn, one.port))),
      ...workload.inbound.map((port) => inboundListener(port, { workload, placement, trustDomain })),
    ],
    clusters: workload.inbound.map((one) =>
      inboundCluster(one, placement.app(one.port), policyOf(proxied, one.service)),
    ),
    routes: http.map(([port, hosts]) => outboundRoutes(port, hosts)),
  };
}

function tcpClusters({ reachable }: Proxied): Cluster[] {
  return reachable
    .filter(({ cluster }) => cluster.subset === '')
    .filter(({ cluster, service }) => service?.ports.some((one) => one.port === cluster.port && one.protocol === 'tcp'))
    .map(({ cluster }) => cluster);
}

// The trafficPolicy of a Service also applies between the Service's sidecars and their apps, as in Istio.
function policyOf({ reachable }: Proxied, service: { fqdn: string; port: number } | undefined): TrafficPolicy {
  const isWhole = ({ fqdn, port, subset }: Cluster) => fqdn === service?.fqdn && port === service.port && subset === '';
  return reachable.find(({ cluster }) => isWhole(cluster))?.cluster.policy ?? {};
}

/** A gateway has no app: it listens on the ports of its Gateways, with the routes of their VirtualServices. */
function gatewayConfiguration({ mesh, workload, placement }: Proxied): Configuration {
  const { trustDomain } = mesh.config;
  const servers = Map.groupBy(mesh.serversOf(workload), ({ targetPort }) => targetPort);
  const ports = new Set(servers.keys());
  return {
    listeners: [...ports].map((port) => gatewayListener(port, { workload, placement, trustDomain, ports })),
    clusters: [],
    routes: [...servers].map(([port, served]) => gatewayRoutes(port, served)),
  };
}
