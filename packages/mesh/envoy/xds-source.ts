/** The name of the control plane's cluster in every bootstrap. */
export const XDS_CLUSTER = 'xds';

/**
 * The ConfigSource of all resources that are not in the bootstrap: the one stream of ADS. `initial_fetch_timeout` is off, as in
 * Istio: a listener without its routes or certificate stays closed.
 * Source: envoyproxy.io, api-v3/config/core/v3/config_source.proto.
 */
export const XDS = { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' } as const;

/**
 * The stream: delta xDS over gRPC, as istiod speaks it. Envoy describes itself once a stream, 77 KB, not in every request.
 * It reconnects after 0.1 to 1 s; by default the pause grows to 30 s.
 */
export const ADS = {
  api_type: 'DELTA_GRPC',
  transport_api_version: 'V3',
  set_node_on_first_message_only: true,
  grpc_services: [
    {
      envoy_grpc: {
        cluster_name: XDS_CLUSTER,
        retry_policy: { retry_back_off: { base_interval: '0.1s', max_interval: '1s' } },
      },
    },
  ],
} as const;
