import { routerFilter } from './filters/http-filters.ts';
import { listener } from './listeners/listener.ts';
import { oneEndpoint, type Address } from './placement.ts';
import type { XdsResource } from './protobuf.ts';

/** The name in Istio's bootstrap (istio.io/istio tools/packaging/common/envoy_bootstrap.json). */
const STATISTICS = 'prometheus_stats';

const GET = { name: ':method', string_match: { exact: 'GET' } };

/**
 * The one plaintext port of a proxy, in place of Istio's 15090 and 15021: Envoy's Prometheus statistics, read-only, and its
 * readiness (this listener exists once the proxy has its configuration). Every other path of the admin interface is 404.
 */
export function statisticsListener(address: Address): XdsResource {
  const route = { match: { path: '/stats/prometheus', headers: [GET] }, route: { cluster: STATISTICS } };
  const ready = { match: { path: '/healthz/ready' }, direct_response: { status: 200 } };
  const manager = {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      stat_prefix: 'stats;',
      route_config: { name: 'stats', virtual_hosts: [{ name: 'stats', domains: ['*'], routes: [route, ready] }] },
      http_filters: [routerFilter],
    },
  };
  return listener({ listenerClass: 'inbound', name: 'stats', address, filter_chains: [{ filters: [manager] }] });
}

/** The cluster behind it: Envoy's own admin interface, on its unix socket. */
export function statisticsCluster(adminSocket: string): XdsResource {
  return {
    '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
    name: STATISTICS,
    type: 'STATIC',
    connect_timeout: '1s',
    load_assignment: oneEndpoint(STATISTICS, { pipe: { path: adminSocket } }),
  };
}
