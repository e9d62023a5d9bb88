import type { Service } from '../../model/services/service.ts';
import type { Cluster } from '../../model/policy/traffic-policy.ts';
import { outboundName, outboundSni } from '../names.ts';
import type { XdsResource } from '../protobuf.ts';
import { simpleTls, upstreamTls } from '../tls.ts';
import { XDS } from '../xds-source.ts';
import { type Call, alpnOf, outboundProtocol } from './protocol.ts';
import { circuitBreakers, connectTimeout, httpOptions, loadBalancing, outlierDetection } from './traffic-policy.ts';

/** The two ends of a cluster. */
interface Ends {
  /** The Service that is called; undefined if it does not exist. */
  service: Service | undefined;
  /** The proxy that calls. */
  caller: Call['caller'];
}

/**
 * The cluster by which callers reach one port of a Service, or one subset of it. Its endpoints come from EDS.
 * Source: istio.io/istio pilot/pkg/networking/core, buildOutboundClusters (cluster.go) and applyDestinationRule
 * (cluster_builder.go).
 */
export function outboundCluster(cluster: Cluster, { service, caller }: Ends): XdsResource {
  const name = outboundName(cluster);
  const call = { port: service?.ports.find((one) => one.port === cluster.port)?.protocol, caller };
  const protocol = outboundProtocol(call, cluster.policy);
  return {
    '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
    name,
    alt_stat_name: `${name};`,
    type: 'EDS',
    eds_cluster_config: { eds_config: XDS, service_name: name },
    ...connectTimeout(cluster.policy),
    ...loadBalancing(cluster.policy),
    ...circuitBreakers(cluster.policy),
    ...httpOptions(cluster.policy, { protocol, hostAsSni: cluster.policy.tls === 'SIMPLE' }),
    ...outlierDetection(cluster.policy),
    ...transport(cluster, service, alpnOf(call, protocol)),
    ...ruleMetadata(cluster),
  };
}

// Istio adds the name of the DestinationRule to a cluster. Source: pilot/pkg/networking/util/util.go there, AddConfigInfoMetadata.
function ruleMetadata({ config, subset, policy }: Cluster): object {
  if (config === undefined) return {};
  const override = policy.tls === 'SIMPLE' && { alpn_override: 'false' };
  const istio = { ...override, config, ...(subset !== '' && { subset }) };
  return { metadata: { filter_metadata: { istio } } };
}

const PLAIN = {
  name: 'envoy.transport_sockets.raw_buffer',
  typed_config: { '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer' },
};

/**
 * Mutual TLS, TLS or plaintext to a cluster. A `tls.mode` of the DestinationRule applies to all endpoints. Without one each
 * endpoint decides ("auto mTLS"): its `tlsMode` says whether it takes mutual TLS, see endpoints.ts.
 * Source: istio.io/istio pilot/pkg/networking/core/cluster_tls.go, applyUpstreamTLSSettings.
 */
function transport(cluster: Cluster, service: Service | undefined, alpn: string[]): object {
  const { tls } = cluster.policy;
  if (tls === 'DISABLE') return {};
  if (tls === 'SIMPLE') return { transport_socket: simpleTls(alpn.includes('h2')) };
  const mutual = { transport_socket: upstreamTls(service?.identities ?? [], outboundSni(cluster), alpn) };
  if (tls === 'ISTIO_MUTUAL') return mutual;
  return {
    transport_socket_matches: [
      { name: 'tlsMode-istio', match: { tlsMode: 'istio' }, ...mutual },
      { name: 'tlsMode-disabled', match: {}, transport_socket: PLAIN },
    ],
  };
}
