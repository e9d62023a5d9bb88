import { at } from '../shop/objects.ts';
import { byKeys, list, type EnvoyObject, text } from './dump.ts';

/** istioctl's flags for endpoints. */
export interface EndpointFilter {
  port?: number;
  address?: string;
  cluster?: string;
  status?: string;
}

/** One host of one cluster, from Envoy's `/clusters`. */
export interface Host {
  address: string;
  port: number;
  status: string;
  outlier: 'OK' | 'FAILED';
  cluster: string;
}

/** The hosts that match a filter, in istioctl's order. */
export function filterHosts(clusters: unknown, { port, address, cluster, status }: EndpointFilter): Host[] {
  const all = list(clusters, 'cluster_statuses').flatMap((one) =>
    list(one, 'host_statuses').map((host) => hostOf(host, text(one, 'name'))),
  );
  return all
    .filter(
      (host) =>
        (port === undefined || host.port === port) &&
        (address === undefined || host.address === address) &&
        (cluster === undefined || host.cluster === cluster) &&
        (status === undefined || host.status.toLowerCase() === status.toLowerCase()),
    )
    .sort(
      byKeys(
        ({ address: one }) => one,
        ({ port: one }) => one,
        ({ cluster: one }) => one,
      ),
    );
}

function hostOf(host: EnvoyObject, cluster: string): Host {
  const failed = at(host, 'health_status', 'failed_outlier_check') === true;
  const pipe = text(host, 'address', 'pipe', 'path');
  return {
    address: pipe === '' ? text(host, 'address', 'socket_address', 'address') : `unix://${pipe}`,
    port: Number(text(host, 'address', 'socket_address', 'port_value')),
    status: text(host, 'health_status', 'eds_health_status') || 'UNKNOWN',
    outlier: failed ? 'FAILED' : 'OK',
    cluster,
  };
}

/** istioctl's table of endpoints. Source: istio/istio, istioctl/pkg/writer/envoy/clusters/clusters.go. */
export function endpointRows(hosts: readonly Host[]): string[][] {
  const rows = hosts.map(({ address, port, status, outlier, cluster }) => [
    port === 0 ? address : `${address}:${port}`,
    status,
    outlier,
    cluster,
  ]);
  return [['ENDPOINT', 'STATUS', 'OUTLIER CHECK', 'CLUSTER'], ...rows];
}
