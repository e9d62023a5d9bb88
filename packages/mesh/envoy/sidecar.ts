import type { Cluster, TrafficPolicy } from '../model/policy/traffic-policy.ts';
import { inboundCluster } from './clusters/inbound.ts';
import { inboundListener } from './listeners/inbound.ts';
import { outboundHttpListener } from './listeners/outbound-http.ts';
import { outboundTcpListener } from './listeners/outbound-tcp.ts';
import type { Proxied } from './proxied.ts';
import { outboundRoutes } from './route/configuration.ts';
import type { Configuration } from './types.ts';

/** A sidecar meets its app on one side and the app's callers on the other. */
export function sidecarConfiguration(proxied: Proxied): Configuration {
  const { mesh, workload, placement } = proxied;
  const { trustDomain } = mesh.config;
  const http = [...mesh.routesOf(workload)];
  return {
    listeners: [
      ...http.map(([port]) => outboundHttpListener(port, placement.outboundHttp(port), { workload, trustDomain })),
      ...tcpClusters(proxied).map((one) => outboundTcpListener(one, placement.outboundTcp(one.fqdn, one.port))),
      ...workload.inbound.map((port) => inboundListener(port, { workload, placement, trustDomain })),
    ],
    clusters: workload.inbound.map((port) =>
      inboundCluster(port, placement.app(port.port), policyOf(proxied, port.service)),
    ),
    routes: http.map(([port, hosts]) => outboundRoutes(port, hosts)),
  };
}

function tcpClusters({ reach }: Proxied): Cluster[] {
  return reach
    .filter(({ cluster }) => cluster.subset === '')
    .filter(({ cluster, service }) => service?.ports.some((one) => one.port === cluster.port && one.protocol === 'tcp'))
    .map(({ cluster }) => cluster);
}

// What a DestinationRule asks of a Service's callers holds between its sidecar and its app as well.
function policyOf({ reach }: Proxied, service: { fqdn: string; port: number } | undefined): TrafficPolicy {
  const isWhole = ({ fqdn, port, subset }: Cluster) => fqdn === service?.fqdn && port === service.port && subset === '';
  return reach.find(({ cluster }) => isWhole(cluster))?.cluster.policy ?? {};
}
