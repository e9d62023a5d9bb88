/** The name of the control plane's cluster in every bootstrap. */
export const XDS_CLUSTER = 'xds';

/**
 * The ConfigSource of all resources that are not in the bootstrap: REST long polling, JSON over one HTTP/2 connection.
 *
 * Discovery by files needs one inotify instance for each subscription, and an ordinary user has 128. `refresh_delay` delays
 * only an acknowledgement and the next change; below 1 ms Envoy 1.40 crashes. `request_timeout` must be longer than the
 * server holds a request. `initial_fetch_timeout` is off, as in Istio: a listener without its routes or certificate stays
 * closed. Source: envoyproxy.io, api-v3/config/core/v3/config_source.proto; docs/decisions/0010.
 */
export const XDS = {
  api_config_source: {
    api_type: 'REST',
    transport_api_version: 'V3',
    cluster_names: [XDS_CLUSTER],
    refresh_delay: '0.020s',
    request_timeout: '600s',
  },
  initial_fetch_timeout: '0s',
  resource_api_version: 'V3',
} as const;
