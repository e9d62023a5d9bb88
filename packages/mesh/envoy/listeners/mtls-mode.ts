import type { MtlsMode } from '../../model/security/peer-authentication.ts';
import type { InboundPort } from '../../model/workloads/workload.ts';
import type { Extension } from '../protobuf.ts';
import { HTTP_IN_MESH, TCP_IN_MESH, downstreamTls } from '../tls.ts';

/** Makes the network filters of a connection, as HTTP or as TCP. */
export type FiltersByProtocol = Record<'http' | 'tcp', () => Extension[]>;

/** Which connections a filter chain takes, and what it does with them. */
interface Chain {
  match: { transport_protocol: 'tls' | 'raw_buffer'; application_protocols?: string[] };
  as: keyof FiltersByProtocol;
  /** Mutual TLS ends here; else TLS that comes is passed on. */
  mutual?: true;
}

const PLAIN_HTTP = ['http/1.1', 'h2c'];
// Source: listener.go there, allIstioMtlsALPNs.
const IN_MESH = ['istio', 'istio-peer-exchange', ...HTTP_IN_MESH];

/** The filter chains of a port by its mode: of one whose protocol is known, and of one where it is detected. */
const CHAINS: Record<MtlsMode, Record<'http' | 'tcp' | 'detected', Chain[]>> = {
  STRICT: {
    http: [mutual('http')],
    tcp: [mutual('tcp')],
    detected: [mutual('http', HTTP_IN_MESH), mutual('tcp')],
  },
  DISABLE: {
    http: [plain('http')],
    tcp: [plain('tcp')],
    detected: [plain('http', PLAIN_HTTP), plain('tcp')],
  },
  PERMISSIVE: {
    http: [mutual('http', IN_MESH), plain('http')],
    tcp: [mutual('tcp', IN_MESH), chain('tls', 'tcp'), plain('tcp')],
    detected: [
      mutual('http', HTTP_IN_MESH),
      plain('http', PLAIN_HTTP),
      mutual('tcp', TCP_IN_MESH),
      plain('tcp'),
      chain('tls', 'tcp'),
    ],
  },
};

/**
 * The filter chains of an inbound port, by its PeerAuthentication mode. Envoy closes a connection that matches no chain.
 *
 * STRICT: mutual TLS only. DISABLE: plaintext only. PERMISSIVE: both; mutual TLS is recognised by the ALPN of a sidecar,
 * and on a TCP port any other TLS goes to the app as it is. Where the protocol is detected, HTTP and TCP have chains of their own.
 * Source: istio.io/istio pilot/pkg/networking/core/filterchain_options.go, getFilterChainMatchOptions.
 */
export function filterChainsByMtlsMode(port: InboundPort, filters: FiltersByProtocol, trustDomain: string): object[] {
  const known = port.protocol === 'tcp' || port.protocol === 'detected' ? port.protocol : 'http';
  return CHAINS[port.mtls.mode][known].map(({ match, as, mutual }) => ({
    filter_chain_match: match,
    filters: filters[as](),
    ...(mutual && { transport_socket: downstreamTls(trustDomain) }),
    name: `0.0.0.0_${port.port}`,
  }));
}

function mutual(as: Chain['as'], alpn?: string[]): Chain {
  return { ...chain('tls', as, alpn), mutual: true };
}

function plain(as: Chain['as'], alpn?: string[]): Chain {
  return chain('raw_buffer', as, alpn);
}

function chain(transport_protocol: 'tls' | 'raw_buffer', as: Chain['as'], application_protocols?: string[]): Chain {
  return { match: { transport_protocol, ...(application_protocols && { application_protocols }) }, as };
}
