import type { TrafficPolicy as Written } from '../../manifests/kinds/istio/traffic-policy.ts';
import type { Rule, Subset } from './destination-rules.ts';
import type { HashSource, TrafficPolicy } from './traffic-policy.ts';

type LoadBalancer = NonNullable<Written['loadBalancer']>;
type ConsistentHash = NonNullable<LoadBalancer['consistentHash']>;

/** The load balancer of a policy; undefined for Istio's default. */
export function loadBalancerOf(written: Written['loadBalancer']): TrafficPolicy['loadBalancer'] {
  if (written?.simple !== undefined) return { simple: written.simple };
  if (written?.consistentHash === undefined) return undefined;
  const { minimumRingSize, ringHash } = written.consistentHash;
  const size = minimumRingSize ?? ringHash?.minimumRingSize;
  return { hash: hashSource(written.consistentHash), ...(size !== undefined && { minimumRingSize: size }) };
}

/**
 * The hash source of a route: the first one that is set for the subset's port, the subset, the rule's port or the rule.
 * Settings for a port apply only if the destination names the port.
 * Source: istio/istio, route.go HashForHTTPDestination.
 */
export function hashOf(rule: Rule, subset: Subset | undefined, port: number | undefined): HashSource | undefined {
  const found = [subset?.policy, rule.policy].flatMap((policy) => [
    policy?.portLevelSettings.find((one) => one.port.number === port)?.loadBalancer?.consistentHash,
    policy?.loadBalancer?.consistentHash,
  ]);
  const first = found.find((hash) => hash !== undefined);
  return first && hashSource(first);
}

function hashSource({ httpHeaderName, httpCookie, httpQueryParameterName }: ConsistentHash): HashSource {
  if (httpHeaderName !== undefined) return { kind: 'header', name: httpHeaderName };
  if (httpQueryParameterName !== undefined) return { kind: 'query', name: httpQueryParameterName };
  if (httpCookie === undefined) return { kind: 'sourceIp' };
  const { name, path, ttl } = httpCookie;
  return {
    kind: 'cookie',
    name,
    ...(path !== undefined && { path }),
    ...(ttl !== undefined && { ttlMs: ttl }),
  };
}
