import { statusOf } from './controller.ts';
import { appliedObject, endpointsObject, podObject } from './objects.ts';
import type { Runner } from './runner.ts';

/** Objects by kind, namespace (`*` for all) and name, live pods and endpoints among them, in Kubernetes' shapes. */
export function listObjects(
  runner: Runner,
  { kind, namespace, name }: { kind?: string; namespace?: string; name?: string },
): object[] {
  const wanted = (object: { kind: string; metadata: { name: string; namespace?: string } }) =>
    (!kind || object.kind === kind) &&
    (!namespace || namespace === '*' || !object.metadata.namespace || object.metadata.namespace === namespace) &&
    (!name || object.metadata.name === name);
  const applied = runner.store.list().map((resource) => {
    const isWorkload = resource.kind === 'Deployment' || resource.kind === 'StatefulSet';
    const status = isWorkload ? statusOf(resource, runner.pods.of(resource)) : undefined;
    return appliedObject(resource, { created: runner.startedAt, ...(status && { status }) });
  });
  const live = [...runner.pods.all().map(podObject), ...runner.endpoints().map(endpointsObject)];
  return ([...applied, ...live] as Parameters<typeof wanted>[0][]).filter(wanted);
}
