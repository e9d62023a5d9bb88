import type { InboundPort } from '../../model/workloads/workload.ts';
import type { Extension } from '../protobuf.ts';
import { MESH_PROTOCOLS, downstreamTls } from '../tls.ts';

const TLS = 'tls';
const PLAIN = { transport_protocol: 'raw_buffer' };

/**
 * The filter chains of an inbound port, by its PeerAuthentication mode. Envoy closes a connection that matches no chain.
 *
 * STRICT: mutual TLS only. DISABLE: plaintext only. PERMISSIVE: both; mutual TLS is recognised by the ALPN of a sidecar,
 * and on a TCP port any other TLS goes to the app as it is.
 * Source: istio.io/istio pilot/pkg/networking/core/filterchain_options.go, getFilterChainMatchOptions.
 */
export function filterChainsByMtlsMode(port: InboundPort, filters: Extension[], trustDomain: string): object[] {
  const name = `0.0.0.0_${port.port}`;
  const transport_socket = downstreamTls(trustDomain);
  const plain = { filter_chain_match: PLAIN, filters, name };
  switch (port.mtls.mode) {
    case 'STRICT':
      return [{ filter_chain_match: { transport_protocol: TLS }, filters, transport_socket, name }];
    case 'DISABLE':
      return [plain];
    case 'PERMISSIVE': {
      const fromSidecar = { transport_protocol: TLS, application_protocols: MESH_PROTOCOLS };
      const mutual = { filter_chain_match: fromSidecar, filters, transport_socket, name };
      const passedOn = { filter_chain_match: { transport_protocol: TLS }, filters, name };
      return port.protocol === 'tcp' ? [mutual, passedOn, plain] : [mutual, plain];
    }
  }
}
