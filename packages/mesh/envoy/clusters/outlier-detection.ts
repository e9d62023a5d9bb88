import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';
import { seconds } from '../seconds.ts';

/**
 * Who is left out for a while after failures. Istio asks for counts only, never for statistics among hosts, and lets the
 * last host be left out too: the panic threshold is `minHealthPercent`, 0 when unset. 0 of maxEjectionPercent is Envoy's own 10.
 * Source: istio.io/istio pilot/pkg/networking/core, applyOutlierDetection.
 */
export function outlierDetection({ outlierDetection: asked }: TrafficPolicy): object {
  if (asked === undefined) return { common_lb_config: { healthy_panic_threshold: {} } };
  const { consecutive5xxErrors, consecutiveGatewayErrors, intervalMs, baseEjectionTimeMs, maxEjectionPercent } = asked;
  const health = asked.minHealthPercent ?? 0;
  return {
    outlier_detection: {
      ...counted('consecutive_5xx', consecutive5xxErrors),
      ...(intervalMs !== undefined && { interval: seconds(intervalMs) }),
      ...(baseEjectionTimeMs !== undefined && { base_ejection_time: seconds(baseEjectionTimeMs) }),
      ...(maxEjectionPercent !== undefined && maxEjectionPercent > 0 && { max_ejection_percent: maxEjectionPercent }),
      enforcing_success_rate: 0,
      ...counted('consecutive_gateway_failure', consecutiveGatewayErrors),
    },
    common_lb_config: { healthy_panic_threshold: health === 0 ? {} : { value: health } },
  };
}

// 0 switches a count off.
function counted(name: string, count: number | undefined): object {
  return count === undefined ? {} : { [name]: count, [`enforcing_${name}`]: count === 0 ? 0 : 100 };
}
