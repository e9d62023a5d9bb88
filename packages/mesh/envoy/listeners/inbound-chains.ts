import type { InboundPort } from '../../model/workloads/workload.ts';
import { downstreamTls, MESH_PROTOCOLS } from '../tls.ts';
import type { Extension } from '../types.ts';

const TLS = 'tls';
const PLAIN = { transport_protocol: 'raw_buffer' };

/**
 * Which connections a port takes, by its mTLS mode; all that match no chain are closed.
 *
 * STRICT: mutual TLS. DISABLE: plaintext. PERMISSIVE: both, where only a sidecar's ALPN means mutual TLS; on a TCP port any
 * other TLS is the app's own and is passed on unopened.
 * Source: istio.io/istio pilot/pkg/networking/core/filterchain_options.go.
 */
export function inboundChains(port: InboundPort, filters: Extension[], trustDomain: string): object[] {
  const name = `0.0.0.0_${port.port}`;
  const transport_socket = downstreamTls(trustDomain);
  const plain = { filter_chain_match: PLAIN, filters, name };
  switch (port.mtls.mode) {
    case 'STRICT':
      return [{ filter_chain_match: { transport_protocol: TLS }, filters, transport_socket, name }];
    case 'DISABLE':
      return [plain];
    case 'PERMISSIVE': {
      const ofMesh = { transport_protocol: TLS, application_protocols: MESH_PROTOCOLS };
      const mesh = { filter_chain_match: ofMesh, filters, transport_socket, name };
      const unopened = { filter_chain_match: { transport_protocol: TLS }, filters, name };
      return port.protocol === 'tcp' ? [mesh, unopened, plain] : [mesh, plain];
    }
  }
}
