/** The cluster of every bootstrap that leads to the control plane. */
export const XDS_CLUSTER = 'xds';

/**
 * Where Envoy asks for everything that it does not know by heart: REST long polling, JSON over one HTTP/2 connection.
 *
 * File-based discovery takes an inotify instance a subscription and aborts at an ordinary user's 128. `refresh_delay` only
 * delays an acknowledgement and the next change; below 1 ms Envoy 1.40 crashes. `request_timeout` must exceed the time for
 * which the server holds a poll. No `initial_fetch_timeout`: a listener that waits for its routes or certificate stays closed
 * rather than open without them (Istio does the same).
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
