import type { Service } from '../../model/services/service.ts';
import type { Cluster } from '../../model/policy/traffic-policy.ts';
import { outboundName } from '../names.ts';
import type { Named } from '../types.ts';
import { XDS } from '../xds-source.ts';
import { circuitBreakers } from './breakers.ts';
import { connectTimeout } from './connect-timeout.ts';
import { httpOptions } from './http-options.ts';
import { loadBalancing } from './load-balancing.ts';
import { outlierDetection } from './outlier-detection.ts';
import { transport } from './transport.ts';

/**
 * A Service's port, or one subset of it, as its callers reach it.
 * Source: istio.io/istio pilot/pkg/networking/core, buildOutboundClusters and applyTrafficPolicy.
 */
export function outboundCluster(cluster: Cluster, service: Service | undefined): Named {
  const name = outboundName(cluster);
  const http2 = speaksHttp2(cluster, service);
  return {
    '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
    name,
    alt_stat_name: `${name};`,
    type: 'EDS',
    eds_cluster_config: { eds_config: XDS, service_name: name },
    ...connectTimeout(cluster.policy),
    ...loadBalancing(cluster.policy),
    ...circuitBreakers(cluster.policy),
    ...httpOptions(cluster.policy, { http2, names: cluster.policy.tls === 'SIMPLE' }),
    ...outlierDetection(cluster.policy),
    ...transport(cluster, service, http2),
    ...decidedBy(cluster),
  };
}

function speaksHttp2({ port, policy }: Cluster, service: Service | undefined): boolean {
  const protocol = service?.ports.find((one) => one.port === port)?.protocol;
  return protocol === 'http2' || protocol === 'grpc' || policy.connectionPool?.http?.h2UpgradePolicy === 'UPGRADE';
}

// Which DestinationRule it was, as Istio notes it on the cluster.
function decidedBy({ because, subset, policy }: Cluster): object {
  const [, namespace, name] = /^DestinationRule (.+)\/(.+)$/.exec(because.object) ?? [];
  if (namespace === undefined) return {};
  const istio = {
    ...(policy.tls === 'SIMPLE' && { alpn_override: 'false' }),
    config: `/apis/networking.istio.io/v1/namespaces/${namespace}/destination-rule/${name}`,
    ...(subset !== '' && { subset }),
  };
  return { metadata: { filter_metadata: { istio } } };
}
