import { type Assignment, type TypedConfig, type XdsResource, XDS } from '@tuesday/mesh/envoy';

const TYPE = 'type.googleapis.com/envoy';

/** What a real Envoy takes: as little as a call over mutual TLS needs. */
export function realCluster(name: string, identity: string, connectTimeout = '1s'): XdsResource {
  const certificate = { name: 'default', sds_config: XDS };
  const san = [{ san_type: 'URI', matcher: { exact: identity } }];
  return {
    '@type': `${TYPE}.config.cluster.v3.Cluster`,
    name,
    type: 'EDS',
    eds_cluster_config: { eds_config: XDS, service_name: name },
    connect_timeout: connectTimeout,
    transport_socket: {
      name: 'envoy.transport_sockets.tls',
      typed_config: {
        '@type': `${TYPE}.extensions.transport_sockets.tls.v3.UpstreamTlsContext`,
        common_tls_context: {
          tls_certificate_sds_secret_configs: [certificate],
          combined_validation_context: {
            default_validation_context: { match_typed_subject_alt_names: san },
            validation_context_sds_secret_config: { name: 'ROOTCA', sds_config: XDS },
          },
        },
      },
    },
  };
}

export function realEndpoints(name: string, ports: readonly number[]): Assignment {
  const lbEndpoints = ports.map((port) => ({ endpoint: { address: socketAddress(port) } }));
  return {
    '@type': `${TYPE}.config.endpoint.v3.ClusterLoadAssignment`,
    cluster_name: name,
    endpoints: lbEndpoints.length === 0 ? [] : [{ lb_endpoints: lbEndpoints }],
  };
}

/** Everything to these clusters, by weight, with Istio's default retries. */
export function realRoutes(name: string, weights: Readonly<Record<string, number>>): XdsResource {
  const clusters = Object.entries(weights).map(([cluster, weight]) => ({ name: cluster, weight }));
  const retries = { retry_on: 'connect-failure,refused-stream,unavailable,cancelled', num_retries: 2 };
  const action = { weighted_clusters: { clusters }, timeout: '0s', retry_policy: retries };
  return {
    '@type': `${TYPE}.config.route.v3.RouteConfiguration`,
    name,
    validate_clusters: false,
    virtual_hosts: [{ name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, route: action }] }],
  };
}

export function realListener(name: string, port: number, more: object = {}): XdsResource {
  const router = { name: 'envoy.filters.http.router', typed_config: typed('extensions.filters.http.router.v3.Router') };
  const manager = {
    ...typed('extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'),
    stat_prefix: name,
    rds: { config_source: XDS, route_config_name: '80' },
    http_filters: [...faults, router],
    ...more,
  };
  return {
    '@type': `${TYPE}.config.listener.v3.Listener`,
    name,
    address: socketAddress(port),
    enable_reuse_port: false,
    filter_chains: [{ filters: [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }] }],
  };
}

/** A request may ask to be delayed, by a header. */
const faults = [
  {
    name: 'envoy.filters.http.fault',
    typed_config: {
      ...typed('extensions.filters.http.fault.v3.HTTPFault'),
      delay: { header_delay: {}, percentage: { numerator: 100 } },
    },
  },
];

function typed(name: string): TypedConfig {
  return { '@type': `${TYPE}.${name}` };
}

function socketAddress(port: number) {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}
