import { isDeepStrictEqual } from 'node:util';
import type { Plane } from '@tuesday/mesh/control';
import { type Endpoint, type Endpoints, tlsModeOf } from '@tuesday/mesh/envoy';
import { type Mesh, type Service, containerPort, podsBehind } from '@tuesday/mesh/model';
import { reachablePort } from '../network/endpoints.ts';
import type { Pod } from '../pods/pod.ts';
import { workloadOf } from './workload-of.ts';

type ByPort = ReadonlyMap<string, readonly Endpoint[]>;

/**
 * Makes the lookup of the ready pods behind a Service's port: for each mesh, the pods as they are at its first call. A list that
 * did not change since the lookup before is the same list.
 */
export function createMeshEndpoints(plane: Pick<Plane, 'mesh'>, pods: () => readonly Pod[]): () => Endpoints {
  let last: ByPort = new Map();
  return () => {
    let known: Mesh | undefined;
    return (service, port) => {
      const mesh = plane.mesh();
      if (known !== mesh) [known, last] = [mesh, endpointsByPort({ mesh, pods: pods(), last })];
      return last.get(portKey(service, port)) ?? NONE;
    };
  };
}

const NONE: readonly Endpoint[] = [];

function endpointsByPort({ mesh, pods, last }: { mesh: Mesh; pods: readonly Pod[]; last: ByPort }): ByPort {
  const ready = pods.filter((pod) => pod.ready);
  return new Map(
    [...podsBehind(mesh.services, ready)].flatMap(([service, own]) =>
      service.ports.map(({ port, targetPort }) => {
        const key = portKey(service, port);
        const now = own.flatMap((pod) => endpointAt(pod, targetPort, mesh));
        const before = last.get(key);
        return [key, before !== undefined && isDeepStrictEqual(before, now) ? before : now] as const;
      }),
    ),
  );
}

function portKey({ fqdn }: Service, port: number): string {
  return `${fqdn}:${port}`;
}

function endpointAt(pod: Pod, target: number | string, mesh: Mesh): Endpoint[] {
  const inside = containerPort(pod.template, target);
  const outside = inside === undefined ? undefined : reachablePort(pod, inside);
  if (inside === undefined || outside === undefined) return [];
  const address = { host: '127.0.0.1', port: outside };
  // The pod decides whether there is a sidecar: its Deployment may have changed since, or be gone.
  const workload = workloadOf(mesh, pod.owner);
  const proxy = pod.proxy?.kind ?? 'none';
  const { inbound } = workload ? mesh.withProxy(workload, proxy) : { inbound: [] };
  const tlsMode = tlsModeOf({ proxy, inbound }, inside);
  return [{ address, labels: pod.labels, tlsMode }];
}
