import { type Resource, podTemplateOf, readText } from '@tuesday/mesh/manifests';
import { createEvents } from '../pods/events.ts';
import type { Pod } from '../pods/pod.ts';

/** The first object of a YAML text. */
export function resource(text: string): Resource {
  return readText({ file: 'test.yaml', text, namespace: 'shop' })[0]!;
}

/** A pod without a process. */
export function fakePod(workload: Resource, facts: Partial<Pod> = {}): Pod {
  const template = podTemplateOf(workload)!;
  return {
    name: 'pod',
    namespace: 'shop',
    uid: 'uid',
    ip: '240.241.0.1',
    labels: template.metadata.labels,
    annotations: {},
    template,
    owner: '',
    hash: 'old',
    created: new Date(0),
    ports: new Map([[8080, 20_001]]),
    proxy: undefined,
    reason: 'Running',
    message: undefined,
    ready: true,
    appReady: true,
    sidecar: undefined,
    restarts: 0,
    failures: 0,
    last: undefined,
    events: createEvents(),
    startedAt: undefined,
    running: undefined,
    stop: async () => undefined,
    ...facts,
  };
}
