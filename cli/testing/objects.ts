import type { KubeObject, PodObject, WorkloadObject } from '../shop/objects.ts';

/** The moment at which the tests look: every object is five minutes old. */
export const NOW = Date.parse('2026-11-24T10:05:00Z');
const creationTimestamp = '2026-11-24T10:00:00Z';

/** A pod that is ready and was never restarted. */
export function pod(
  app: string,
  version: string,
  change: Partial<{ ready: boolean; restarts: number; suffix: string }> = {},
): PodObject {
  const { ready = true, restarts = 0, suffix = 'x2x9k' } = change;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${app}-${version}-7d9c4b8f6-${suffix}`,
      namespace: 'shop',
      labels: { app, version },
      creationTimestamp,
    },
    spec: {
      nodeName: 'local',
      containers: [{ name: app, image: `tuesday.local/${app}:dev`, ports: [{ containerPort: 8080 }] }],
    },
    status: {
      phase: 'Running',
      podIP: '127.0.0.1',
      startTime: creationTimestamp,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [
        {
          name: app,
          ready,
          restartCount: restarts,
          image: `tuesday.local/${app}:dev`,
          state: { running: { startedAt: creationTimestamp } },
        },
      ],
    },
  };
}

/** A Deployment of one pod. */
export function deployment(app: string, version: string): WorkloadObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${app}-${version}`, namespace: 'shop', labels: { app, version }, creationTimestamp },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app, version } },
      template: { spec: { containers: [{ name: app, image: `tuesday.local/${app}:dev` }] } },
    },
    status: { replicas: 1, readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1 },
    source: { file: `k8s/base/${app}/${version}.yaml`, line: 1 },
  };
}

/** A VirtualService that splits a service between v1 and v2. */
export function split(service: string, v1: number, v2: number): KubeObject {
  const route = (subset: string, weight: number) => ({ destination: { host: service, subset }, weight });
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: service, namespace: 'shop', creationTimestamp },
    spec: { hosts: [service], http: [{ route: [route('v1', v1), route('v2', v2)] }] },
    source: { file: `istio/base/${service}.yaml`, line: 2 },
  };
}
