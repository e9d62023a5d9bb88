import type { Extension } from '../protobuf.ts';

/**
 * The network filter by which mutual TLS to a cluster offers this name by ALPN, whatever the cluster itself offers: a cluster of a
 * port whose protocol is detected offers HTTP. Source: envoyproxy.io, well-known filter state objects, envoy.network.application_protocols.
 */
export function offer(protocol: string): Extension {
  return {
    name: 'envoy.filters.network.set_filter_state',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.set_filter_state.v3.Config',
      on_new_connection: [
        {
          object_key: 'envoy.network.application_protocols',
          format_string: { text_format_source: { inline_string: protocol } },
        },
      ],
    },
  };
}
