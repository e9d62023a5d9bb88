import type { Plane } from '@tuesday/mesh/control';
import { type Endpoint, type Endpoints, tlsModeOf } from '@tuesday/mesh/envoy';
import { containerPort, selects } from '@tuesday/mesh/model';
import { reachablePort } from '../network/endpoints.ts';
import type { Pod } from '../pods/pod.ts';
import { workloadOf } from './workload-of.ts';

/** Makes the lookup of the ready pods behind a Service's port, as they are at each call. */
export function meshEndpoints(plane: Pick<Plane, 'mesh'>, pods: () => readonly Pod[]): Endpoints {
  return (service, port) => {
    const target = service.ports.find((one) => one.port === port)?.targetPort ?? port;
    return pods()
      .filter((pod) => pod.ready && selects(service, pod))
      .flatMap((pod): Endpoint[] => {
        const inside = containerPort(pod.template, target);
        const outside = inside === undefined ? undefined : reachablePort(pod, inside);
        if (inside === undefined || outside === undefined) return [];
        const address = { host: '127.0.0.1', port: outside };
        // The pod decides whether there is a sidecar: its Deployment may have changed since, or be gone.
        const { inbound = [] } = workloadOf(plane.mesh(), pod.owner) ?? {};
        const tlsMode = tlsModeOf({ proxy: pod.proxy?.kind ?? 'none', inbound }, inside);
        return [{ address, labels: pod.labels, tlsMode }];
      });
  };
}
