import type { PodState } from '../../place.ts';
import { NAMESPACE } from '../../repository.ts';
import { ask } from './socket.ts';

interface PodObject {
  metadata: { name: string; namespace: string; labels: Record<string, string> };
  /** `podPorts`: container port → the app's loopback port. */
  status: { containerStatuses: { ready: boolean; restartCount: number }[]; podPorts: Record<string, number> };
}

const PODS = `GET /resources?kind=Pod&namespace=${NAMESPACE}`;

/** The pods of the shop's namespace, from the runner behind a socket. */
export async function listPods(socket: string): Promise<PodState[]> {
  const pods = (await ask<PodObject[]>(socket, PODS)) ?? [];
  return pods.map(({ metadata, status }) => ({
    name: metadata.name,
    namespace: metadata.namespace,
    labels: metadata.labels,
    ready: status.containerStatuses.every((container) => container.ready),
    restarts: status.containerStatuses.reduce((sum, container) => sum + container.restartCount, 0),
  }));
}

/** The port of 127.0.0.1 where a pod's application itself listens, without its sidecar. Throws for a pod or port that does not exist. */
export async function appPort(socket: string, name: string, port: number): Promise<number> {
  const [pod] = (await ask<PodObject[]>(socket, `${PODS}&name=${name}`)) ?? [];
  const found = pod?.status.podPorts[`${port}`];
  if (found === undefined) throw new Error(`Pod ${name} has no port ${port}, or is not running.`);
  return found;
}
