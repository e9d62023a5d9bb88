import type { Assignment } from '../../../envoy/endpoints.ts';
import type { XdsResource } from '../../../envoy/protobuf.ts';
import { XDS } from '../../../envoy/xds-source.ts';
import type { ProxyResources } from '../resources.ts';
import { TYPE_URLS } from '../resource-type.ts';

const HTTP_CONNECTION_MANAGER =
  'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** Small resources that are messages of Envoy's. */
export const envoyCluster = (name: string, timeout = '1s'): XdsResource => ({
  '@type': TYPE_URLS.clusters,
  name,
  type: 'EDS',
  eds_cluster_config: { eds_config: XDS, service_name: name },
  connect_timeout: timeout,
});

/** The endpoints of a cluster: one port of this machine. */
export const envoyEndpoints = (name: string, port = 80): Assignment => ({
  '@type': TYPE_URLS.endpoints,
  cluster_name: name,
  endpoints: [{ lb_endpoints: [{ endpoint: { address: address(port) } }] }],
});

/** A cluster with its endpoints, behind one route and one listener. */
export const envoyResources = (name: string): ProxyResources => ({
  clusters: [envoyCluster(name)],
  endpoints: [envoyEndpoints(name)],
  secrets: [],
  routes: [envoyRoutes('80', name)],
  listeners: [envoyListener('in', '80')],
});

/** Everything to this cluster. */
const envoyRoutes = (name: string, cluster: string): XdsResource => ({
  '@type': TYPE_URLS.routes,
  name,
  virtual_hosts: [{ name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster } }] }],
});

const envoyListener = (name: string, routes: string): XdsResource => {
  const rds = { config_source: XDS, route_config_name: routes };
  const manager = { '@type': HTTP_CONNECTION_MANAGER, stat_prefix: name, rds };
  return {
    '@type': TYPE_URLS.listeners,
    name,
    address: address(8080),
    filter_chains: [{ filters: [{ name: 'http', typed_config: manager }] }],
  };
};

const address = (port: number) => ({ socket_address: { address: '127.0.0.1', port_value: port } });
