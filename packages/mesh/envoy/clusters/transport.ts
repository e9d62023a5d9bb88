import type { Service } from '../../model/services/service.ts';
import type { Cluster } from '../../model/policy/traffic-policy.ts';
import { outboundSni } from '../names.ts';
import { simpleTls, upstreamTls } from '../tls.ts';

const PLAIN = {
  name: 'envoy.transport_sockets.raw_buffer',
  typed_config: { '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer' },
};

/**
 * How connections to a cluster are made. Unless a DestinationRule says otherwise each endpoint decides ("auto mTLS"): a
 * pod whose proxy takes mutual TLS is marked so, see endpoints.ts. A mode that is set holds for all of them.
 */
export function transport(cluster: Cluster, service: Service | undefined, http2: boolean): object {
  const mutual = () => upstreamTls({ identities: service?.identities ?? [], sni: outboundSni(cluster), http2 });
  switch (cluster.policy.tls) {
    case 'DISABLE':
      return {};
    case 'SIMPLE':
      return { transport_socket: simpleTls(http2) };
    case 'ISTIO_MUTUAL':
      return { transport_socket: mutual() };
    default:
      return {
        transport_socket_matches: [
          { name: 'tlsMode-istio', match: { tlsMode: 'istio' }, transport_socket: mutual() },
          { name: 'tlsMode-disabled', match: {}, transport_socket: PLAIN },
        ],
      };
  }
}
