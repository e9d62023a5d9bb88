import { appliedObject, endpointsObject, eventObjects, podObject } from './objects.ts';
import type { ApiShop } from './request.ts';

/** Objects of a kind, namespace (`*` for all) and name, in Kubernetes' shapes: the applied ones, and pods and endpoints as they are now. */
export function listObjects(
  { store, pods, endpoints, facts }: Pick<ApiShop, 'store' | 'pods' | 'endpoints' | 'facts'>,
  { kind, namespace, name }: { kind?: string; namespace?: string; name?: string },
): object[] {
  const wanted = (object: { kind: string; metadata: { name: string; namespace?: string } }) =>
    (!kind || object.kind === kind) &&
    (!namespace || namespace === '*' || !object.metadata.namespace || object.metadata.namespace === namespace) &&
    (!name || object.metadata.name === name);
  const applied = store.list().map((resource) => {
    const isWorkload = resource.kind === 'Deployment' || resource.kind === 'StatefulSet';
    const status = isWorkload ? pods.status(resource) : undefined;
    const created = resource.appliedAt === undefined ? facts.startedAt : new Date(resource.appliedAt);
    return appliedObject(resource, { created, ...(status && { status }) });
  });
  // Events are given only where they are asked for: they are no objects of the shop.
  const events = kind === 'Event' ? pods.all().flatMap(eventObjects) : [];
  const live = [...pods.all().map(podObject), ...endpoints().map(endpointsObject), ...events];
  return ([...applied, ...live] as Parameters<typeof wanted>[0][]).filter(wanted);
}
