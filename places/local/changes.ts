import { readKustomization, readText } from '../../packages/mesh/manifests/read.ts';
import { ManifestError, type Resource } from '../../packages/mesh/manifests/resource.ts';
import { printedName } from '../../packages/mesh/explain/names.ts';
import { type Change, type Ref, refOf } from '../../packages/mesh/control/store.ts';
import { statusOf } from './controller.ts';
import { refuseNamesakes } from './namesakes.ts';
import { refuseUnplayable } from './playable.ts';
import { replicasOf } from './readiness.ts';
import type { Runner } from './runner.ts';
import { warned } from './warned.ts';
import { appliedFiles } from './watched/files.ts';

interface Files {
  /** `path` is the real one, where there is one. */
  files?: { name: string; path?: string; text: string }[];
  kustomization?: string;
  namespace?: string;
}

/** What a change did. */
export interface Changed {
  changes: { ref: Ref; printed: string; change: Change['change'] }[];
  warnings: string[];
  /** How many Envoys use the change, after how many ms, and who refused it or had not answered; left out without a mesh, and where nothing changed. */
  mesh?: { sidecars: number; ms: number; rejected: { pod: string; reason: string }[]; late: string[] };
}

/** Waits until every Envoy uses what was changed. */
export async function settled({ plane, pods }: Runner, changed: Changed): Promise<Changed> {
  if (!plane || changed.changes.every(({ change }) => change === 'unchanged')) return changed;
  const { sidecars, ms, rejected, late } = await plane.settled();
  const podOf = (node: string) => pods.all().find(({ proxy }) => proxy?.node === node)?.name ?? node;
  const refused = rejected.map(({ node, reason }) => ({ pod: podOf(node), reason }));
  return { ...changed, mesh: { sidecars, ms: Math.ceil(ms), rejected: refused, late: late.map(podOf) } };
}

/** kubectl apply: everything is read and checked before anything is changed; from then on saving these files applies what changed in them. Throws ManifestError. */
export function applyFiles(runner: Runner, asked: Files): Changed {
  const resources = readAll(asked);
  const changed = applyResources(runner, resources);
  const { namespace = 'shop' } = asked;
  runner.watched?.follow(appliedFiles(asked, { namespace, resources }));
  return changed;
}

/** Applies objects, all or none. Throws ManifestError. */
export function applyResources(runner: Runner, resources: readonly Resource[]): Changed {
  refuseUnplayable(resources, runner.images);
  refuseNamesakes(resources, runner.store.list({ kind: 'StatefulSet' }));
  const applied = new Set(resources.map((resource) => resource.source.file));
  const { changes, warnings } = warned(runner.store, applied, () => runner.store.apply(resources));
  return { changes: changes.map(told), warnings };
}

/** kubectl delete, of what files name or of refs. A pod is stopped gracefully and replaced; a namespace takes all in it along. */
export function deleteObjects({ store, pods }: Runner, asked: Files & { refs?: Ref[] }): Changed {
  const named = asked.refs ?? readAll(asked).map(refOf);
  const refs = named.flatMap((ref) =>
    ref.kind === 'Namespace' ? [...store.list({ namespace: ref.name }).map(refOf), ref] : [ref],
  );
  const gone: Changed['changes'] = [];
  for (const ref of refs.filter(({ kind }) => kind === 'Pod')) {
    const pod = pods.find(ref.namespace ?? '', ref.name);
    if (!pod) continue;
    pods.remove(pod);
    gone.push({ ref, printed: printedName(ref), change: 'deleted' });
  }
  const { changes, warnings } = warned(store, new Set(), () => store.delete(refs.filter(({ kind }) => kind !== 'Pod')));
  return { changes: [...gone, ...changes.map(told)], warnings };
}

/** kubectl scale. */
export function scale(runner: Runner, { ref, replicas }: { ref: Ref; replicas: number }): Changed {
  return edit(runner, ref, (spec) => ({ ...spec, replicas }));
}

/** kubectl rollout restart: the same annotation, so the template's hash changes and a rollout begins. */
export function restart(runner: Runner, { ref }: { ref: Ref }): Changed {
  return edit(runner, ref, (spec) => {
    const template = spec['template'] as { metadata?: { annotations?: object } };
    const annotations = {
      ...template.metadata?.annotations,
      'kubectl.kubernetes.io/restartedAt': new Date().toISOString(),
    };
    return { ...spec, template: { ...template, metadata: { ...template.metadata, annotations } } };
  });
}

/** Whether a rollout has ended, in kubectl's words. */
export function rolloutStatus(
  { store, pods }: Runner,
  { kind = 'Deployment', namespace = 'shop', name = '' }: Partial<Record<string, string>>,
) {
  const workload = found(store.get({ kind, namespace, name }), { kind, namespace, name });
  const wanted = replicasOf(workload);
  const { updatedReplicas, readyReplicas, replicas } = statusOf(workload, pods.of(workload));
  const leaving = pods.of(workload).length - replicas;
  const what = `${kind.toLowerCase()} "${name}"`;
  if (updatedReplicas < wanted)
    return {
      done: false,
      message: `Waiting for ${what} rollout to finish: ${updatedReplicas} out of ${wanted} new replicas have been updated...`,
    };
  if (replicas > wanted || leaving > 0)
    return {
      done: false,
      message: `Waiting for ${what} rollout to finish: ${replicas - wanted + leaving} old replicas are pending termination...`,
    };
  if (readyReplicas < wanted)
    return {
      done: false,
      message: `Waiting for ${what} rollout to finish: ${readyReplicas} of ${wanted} updated replicas are available...`,
    };
  return { done: true, message: `${what} successfully rolled out` };
}

function readAll({ files = [], kustomization, namespace = 'shop' }: Files): Resource[] {
  if (kustomization) return readKustomization(kustomization, { namespace });
  return files.flatMap(({ name, text }) => readText({ file: name, text, namespace }));
}

function edit(
  { store }: Runner,
  ref: Ref,
  change: (spec: Record<string, unknown>) => Record<string, unknown>,
): Changed {
  const workload = found(store.get(ref), ref);
  const spec = change(workload.body['spec'] as Record<string, unknown>);
  return { changes: store.apply([{ ...workload, body: { ...workload.body, spec } }]).map(told), warnings: [] };
}

function found(resource: Resource | undefined, { kind, name }: Ref): Resource {
  if (!resource) throw new ManifestError({ file: kind, line: 0 }, `${kind} "${name}" not found`);
  return resource;
}

const told = ({ ref, change }: Change) => ({ ref, printed: printedName(ref), change });
