import type { Extension } from '../protobuf.ts';
import { XDS } from '../xds-source.ts';

/** Istio's ListenerClass: the calls of a sidecar's app, the calls to it, or the calls to a gateway. */
export type ListenerClass = 'outbound' | 'inbound' | 'gateway';

export interface ConnectionManager {
  /** Decides which headers about the caller are trusted. */
  listenerClass: ListenerClass;
  /** The prefix of its statistics. */
  statPrefix: string;
  /** The name of a route configuration of the control plane (RDS), or the configuration itself. */
  routes: { name: string } | { inline: object };
  filters: Extension[];
  tracing: object | undefined;
  http2?: boolean;
}

// The header x-forwarded-client-cert names the callers of a request. An outbound listener removes it: the app may have made
// it up. An inbound listener appends the identity of its caller's certificate. A gateway replaces what comes from outside.
const CALLER_IDENTITY: Record<ListenerClass, object> = {
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

/** The network filter for HTTP. Source: istio.io/istio pilot/pkg/networking/core/listener_builder.go, buildHTTPConnectionManager. */
export function httpConnectionManager({ listenerClass, statPrefix, routes, ...options }: ConnectionManager): Extension {
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
      ...CALLER_IDENTITY[listenerClass],
      stream_idle_timeout: '0s',
      proxy_100_continue: true,
      upgrade_configs: [{ upgrade_type: 'websocket' }],
      normalize_path: true,
      path_with_escaped_slashes_action: 'KEEP_UNCHANGED',
      request_id_extension: { typed_config: REQUEST_IDS },
    },
  };
}
