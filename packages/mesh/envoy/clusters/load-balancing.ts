import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';

/**
 * Who of many gets the next request. ROUND_ROBIN is Envoy's default and not written. PASSTHROUGH is left to kube-proxy in
 * a cluster, which picks at random; here there is no kube-proxy, so Envoy does.
 */
export function loadBalancing({ loadBalancer }: TrafficPolicy): object {
  if (loadBalancer === undefined) return { lb_policy: 'LEAST_REQUEST' };
  if ('hash' in loadBalancer) {
    const minimum_ring_size = String(loadBalancer.minimumRingSize ?? 1024);
    return { lb_policy: 'RING_HASH', ring_hash_lb_config: { minimum_ring_size } };
  }
  if (loadBalancer.simple === 'ROUND_ROBIN') return {};
  return { lb_policy: loadBalancer.simple === 'PASSTHROUGH' ? 'RANDOM' : loadBalancer.simple };
}
