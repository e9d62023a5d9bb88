import type { TrafficPolicy as Written } from '../../manifests/kinds/istio/traffic-policy.ts';
import { defined } from '../defined.ts';
import type { Rule, Rules, Subset } from './destination-rules.ts';
import { compare } from '../../manifests/compare.ts';
import { loadBalancerOf } from './load-balancing.ts';
import { perPair } from '../per-object.ts';
import type { Service } from '../services/service.ts';
import type { Cluster, TrafficPolicy } from './traffic-policy.ts';

type Settings = Omit<Written, 'portLevelSettings'>;

interface ClusterContext {
  services: readonly Service[];
  rules: Rules;
  /** True for a namespace whose mTLS mode, its own or the mesh's, is DISABLE: callers use mutual TLS only if a DestinationRule sets it. */
  plaintext: (namespace: string) => boolean;
}

/** The clusters for callers in a namespace: for each port of each Service one, and one for each subset, sorted. */
export function clustersFrom(namespace: string, { services, rules, plaintext }: ClusterContext): Cluster[] {
  return services.flatMap((service) => {
    const clustersOf = plaintext(service.namespace) ? plainClusters : mutualClusters;
    return clustersOf(service, rules(namespace, service));
  });
}

const plainClusters = clustersOfService({ plain: true });
const mutualClusters = clustersOfService({ plain: false });

/** A cluster is the same object as long as its Service and its rule are, also in another mesh. */
function clustersOfService({ plain }: Pick<Target, 'plain'>) {
  return perPair((service: Service, rule: Rule | undefined): Cluster[] => {
    const subsets = (rule?.subsets ?? []).toSorted((a, b) => compare(a.name, b.name));
    return service.ports
      .map(({ port }) => port)
      .sort((a, b) => a - b)
      .flatMap((port) => [undefined, ...subsets].map((subset) => toCluster({ service, port, rule, subset, plain })));
  });
}

interface Target {
  service: Service;
  port: number;
  rule: Rule | undefined;
  subset: Subset | undefined;
  plain: boolean;
}

function toCluster({ service, port, rule, subset, plain }: Target): Cluster {
  const written = mergePolicy(mergePolicy({}, rule?.policy, port), subset?.policy, port);
  return {
    fqdn: service.fqdn,
    port,
    subset: subset?.name ?? '',
    labels: subset?.labels ?? {},
    policy: toTrafficPolicy({ ...(plain && { tls: { mode: 'DISABLE' } }), ...written }),
    ...defined({ endpointTls: tlsOf(subset?.policy, port) ?? tlsOf(rule?.policy, port) }),
    config: (subset ?? rule)?.config,
    because: (subset ?? rule ?? service).because,
  };
}

/** A subset's fields override the rule's; settings for the port override all others. Source: istio.io, Destination Rule, portLevelSettings. */
function mergePolicy(wider: Settings, policy: Written | undefined, port: number): Settings {
  if (policy === undefined) return wider;
  const { portLevelSettings, ...settings } = policy;
  const ofPort = portLevelSettings.find((one) => one.port.number === port);
  return ofPort ?? { ...wider, ...defined(settings) };
}

/** Source: istio.io/istio pilot/pkg/xds/endpoints/mtls_checker.go, trafficPolicyTLSModeForPort. */
function tlsOf(policy: Written | undefined, port: number): Cluster['endpointTls'] {
  const ofPort = policy?.portLevelSettings.find((one) => one.port.number === port && one.tls !== undefined);
  return (ofPort ?? policy)?.tls?.mode;
}

function toTrafficPolicy({ tls, connectionPool, outlierDetection, loadBalancer }: Settings): TrafficPolicy {
  const policy = { tls: tls?.mode, connectionPool, outlierDetection, loadBalancer: loadBalancerOf(loadBalancer) };
  return defined(policy) ?? {};
}
