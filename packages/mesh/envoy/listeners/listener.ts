import { type Address, socketAddress } from '../placement.ts';
import type { ListenerClass } from '../filters/http-connection-manager.ts';
import type { Extension, XdsResource } from '../protobuf.ts';

interface Listener {
  listenerClass: ListenerClass;
  name: string;
  address: Address;
  filter_chains: object[];
  /** For connections that match none of them. */
  default_filter_chain?: object;
  listener_filters?: object[];
}

// A caller that sends nothing is not cut off: in some protocols the callee speaks first.
const NO_TIMEOUT = { listener_filters_timeout: '0s', continue_on_listener_filters_timeout: true };

// Many callers may connect at once. One connection for each turn of the event loop, so that requests under way go on.
const ONE_BY_ONE = { max_connections_to_accept_per_socket_event: 1 };

const BY_CLASS: Record<ListenerClass, object> = {
  outbound: { ...NO_TIMEOUT, traffic_direction: 'OUTBOUND' },
  inbound: { ...NO_TIMEOUT, traffic_direction: 'INBOUND', ...ONE_BY_ONE },
  gateway: { traffic_direction: 'OUTBOUND', ...ONE_BY_ONE },
};

/**
 * The fields that all listeners have. With `enable_reuse_port` a second Envoy on the same port would silently get half of
 * the connections, so it is off. Source: istio.io/istio pilot/pkg/networking/core, listener_builder.go and listener.go.
 */
export function listener(options: Listener): XdsResource {
  const { listenerClass, name, address, filter_chains, default_filter_chain, listener_filters = [] } = options;
  return {
    '@type': 'type.googleapis.com/envoy.config.listener.v3.Listener',
    name,
    address: socketAddress(address),
    filter_chains,
    ...(default_filter_chain && { default_filter_chain }),
    ...(listener_filters.length > 0 && { listener_filters }),
    ...BY_CLASS[listenerClass],
    enable_reuse_port: false,
  };
}

const TYPE = 'type.googleapis.com/envoy.extensions.filters.listener';

/** Recognises a connection that begins with TLS, with the names that it offers in ALPN. */
export const tlsInspector: Extension = {
  name: 'envoy.filters.listener.tls_inspector',
  typed_config: { '@type': `${TYPE}.tls_inspector.v3.TlsInspector`, initial_read_buffer_size: 512 },
};

/** Recognises a connection that begins with HTTP. */
export const httpInspector: Extension = {
  name: 'envoy.filters.listener.http_inspector',
  typed_config: { '@type': `${TYPE}.http_inspector.v3.HttpInspector` },
};
