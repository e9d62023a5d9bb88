import type { KubeObject, WorkloadObject } from '../../shop/objects.ts';
import { column, type Columns, NONE } from './columns.ts';

const count = (object: KubeObject, field: 'readyReplicas' | 'updatedReplicas' | 'availableReplicas') =>
  `${(object as WorkloadObject).status?.[field] ?? 0}`;

function ofContainers(object: KubeObject, field: 'name' | 'image'): string {
  const containers = (object as WorkloadObject).spec.template?.spec?.containers ?? [];
  return containers.map((container) => container[field]).join(',') || NONE;
}

/** `1/1`: ready replicas, and those that the manifest asks for. */
export function readyOf(object: KubeObject): string {
  return `${count(object, 'readyReplicas')}/${(object as WorkloadObject).spec.replicas ?? 1}`;
}

/** `app=billing,version=v1`. */
export function printLabels(labels: Record<string, string> = {}): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? NONE : pairs.join(',');
}

export const DEPLOYMENT: Columns = [
  column('READY', readyOf),
  column('UP-TO-DATE', (object) => count(object, 'updatedReplicas')),
  column('AVAILABLE', (object) => count(object, 'availableReplicas')),
];

export const STATEFUL_SET: Columns = [column('READY', readyOf)];

export const STATEFUL_SET_WIDE: Columns = [
  column('CONTAINERS', (object) => ofContainers(object, 'name'), true),
  column('IMAGES', (object) => ofContainers(object, 'image'), true),
];

export const DEPLOYMENT_WIDE: Columns = [
  ...STATEFUL_SET_WIDE,
  column('SELECTOR', (object) => printLabels((object as WorkloadObject).spec.selector?.matchLabels), true),
];
