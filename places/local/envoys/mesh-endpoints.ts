import type { Plane } from '../../../packages/mesh/control/plane.ts';
import type { Endpoint, Endpoints } from '../../../packages/mesh/envoy/endpoints.ts';
import { containerPort } from '../../../packages/mesh/model/workloads/inbound.ts';
import { selects } from '../../../packages/mesh/model/services/services.ts';
import { reachedAt } from '../network/endpoints.ts';
import type { Pod } from '../pods/pod.ts';
import { workloadOf } from './workload-of.ts';

/** Who is ready behind a Service's port whenever that is asked, and how their proxies are spoken to. */
export function meshEndpoints(plane: Pick<Plane, 'mesh'>, pods: () => readonly Pod[]): Endpoints {
  return (service, port) => {
    const target = service.ports.find((one) => one.port === port)?.targetPort ?? port;
    return pods()
      .filter((pod) => pod.ready && selects(service, pod))
      .flatMap((pod): Endpoint[] => {
        const inside = containerPort(pod.template, target);
        const outside = inside === undefined ? undefined : reachedAt(pod, inside);
        if (inside === undefined || outside === undefined) return [];
        const address = { host: '127.0.0.1', port: outside };
        return [{ address, labels: pod.labels, tlsMode: tlsMode(plane, pod, inside) }];
      });
  };
}

/** A gateway's listeners are for those without a certificate. */
function tlsMode({ mesh }: Pick<Plane, 'mesh'>, { owner, proxy }: Pod, port: number): Endpoint['tlsMode'] {
  if (proxy?.kind !== 'sidecar') return 'disabled';
  const inbound = workloadOf(mesh(), owner)?.inbound.find((one) => one.port === port);
  return inbound?.mtls.mode === 'DISABLE' ? 'disabled' : 'istio';
}
