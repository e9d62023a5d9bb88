import type { Extension } from '../types.ts';

const TYPE = 'type.googleapis.com/envoy.extensions.filters.listener';

/** Tells whether a connection begins with TLS, and what it offers in ALPN. */
export const tlsInspector: Extension = {
  name: 'envoy.filters.listener.tls_inspector',
  typed_config: { '@type': `${TYPE}.tls_inspector.v3.TlsInspector`, initial_read_buffer_size: 512 },
};

/** Tells whether a connection begins with HTTP. */
export const httpInspector: Extension = {
  name: 'envoy.filters.listener.http_inspector',
  typed_config: { '@type': `${TYPE}.http_inspector.v3.HttpInspector` },
};
