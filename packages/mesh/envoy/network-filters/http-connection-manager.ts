import type { Extension, Place } from '../types.ts';
import { XDS } from '../xds-source.ts';

export interface ConnectionManager {
  /** Decides whom it believes about the caller. */
  place: Place;
  /** Under which its statistics are found. */
  statPrefix: string;
  /** By name from the control plane, or inline. */
  routes: { name: string } | { inline: object };
  filters: Extension[];
  tracing: object | undefined;
  http2?: boolean;
}

// The app's own sidecar is believed about nothing; a sidecar passes on who its caller's certificate says it is; a gateway
// meets strangers, so it drops what they say about themselves.
const TRUST: Record<Place, object> = {
  outbound: { use_remote_address: false },
  inbound: {
    server_name: 'istio-envoy',
    use_remote_address: false,
    forward_client_cert_details: 'APPEND_FORWARD',
    set_current_client_cert_details: { subject: true, dns: true, uri: true },
  },
  gateway: {
    http_protocol_options: {},
    server_name: 'istio-envoy',
    use_remote_address: true,
    forward_client_cert_details: 'SANITIZE_SET',
    set_current_client_cert_details: { subject: true, cert: true, dns: true, uri: true },
  },
};

const REQUEST_IDS = {
  '@type': 'type.googleapis.com/envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig',
  use_request_id_for_trace_sampling: true,
};

/** Speaks HTTP. Source of its settings: istio.io/istio pilot/pkg/networking/core, buildHTTPConnectionManager. */
export function httpConnectionManager({ place, statPrefix, routes, ...options }: ConnectionManager): Extension {
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      stat_prefix: `${statPrefix};`,
      ...('name' in routes
        ? { rds: { config_source: XDS, route_config_name: routes.name } }
        : { route_config: routes.inline }),
      http_filters: options.filters,
      ...(options.tracing && { tracing: options.tracing }),
      ...(options.http2 && { http2_protocol_options: {} }),
      ...TRUST[place],
      stream_idle_timeout: '0s',
      proxy_100_continue: true,
      upgrade_configs: [{ upgrade_type: 'websocket' }],
      normalize_path: true,
      path_with_escaped_slashes_action: 'KEEP_UNCHANGED',
      request_id_extension: { typed_config: REQUEST_IDS },
    },
  };
}
