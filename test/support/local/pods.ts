import type { PodState } from '../shop.ts';
import { ask } from '../socket.ts';

interface PodObject {
  metadata: { name: string; namespace: string; labels: Record<string, string> };
  /** `podPorts`: container port → the app's loopback port. */
  status: { containerStatuses: { ready: boolean; restartCount: number }[]; podPorts: Record<string, number> };
}

/** The pods of the shop's namespace, as the runner behind a socket tells them. */
export async function listPods(socket: string): Promise<PodState[]> {
  const pods = (await ask<PodObject[]>(socket, 'GET /resources?kind=Pod&namespace=shop')) ?? [];
  return pods.map(({ metadata, status }) => ({
    name: metadata.name,
    namespace: metadata.namespace,
    labels: metadata.labels,
    ready: status.containerStatuses.every((container) => container.ready),
    restarts: status.containerStatuses.reduce((sum, container) => sum + container.restartCount, 0),
  }));
}

/** PostgreSQL's own port, which no sidecar guards: tests ask as root of the machine, not as a pod of the mesh. */
export async function postgresPort(socket: string): Promise<number> {
  const [pod] = (await ask<PodObject[]>(socket, 'GET /resources?kind=Pod&namespace=shop&name=postgres-0')) ?? [];
  const port = pod?.status.podPorts['5432'];
  if (port === undefined) throw new Error('PostgreSQL is not running.');
  return port;
}
