import {
  type Ref,
  type Resource,
  ManifestError,
  readKustomization,
  readText,
  refOf,
  withBody,
} from '@tuesday/mesh/manifests';
import type { Change, Plane, Prepared, RefusedBy, Store } from '@tuesday/mesh/control';
import { NAMESPACE } from '../../repository.ts';
import type { ImageRow } from '../programs/image-table.ts';
import { rejectDuplicateNames } from './reject-duplicate-names.ts';
import { rejectMissingNamespaces } from './reject-missing-namespaces.ts';
import { rejectUnsupported } from './reject-unsupported.ts';
import { podNameOf } from '../pods/pod-name.ts';
import type { Pods } from '../pods/pods.ts';
import { type Rollout, rolloutStatus } from './rollout-status.ts';
import { newWarnings, type Situation } from './new-warnings.ts';
import { refusedByEnvoys } from './refused.ts';
import { type WatchedFile, appliedFiles } from './watched-files.ts';

/** The objects that an `apply` or a `delete` names: files, or a kustomization. */
export interface Files {
  /** `path` is the real one, where there is one. */
  files?: { name: string; path?: string; text: string }[];
  kustomization?: string;
  /** Of objects that name none; `shop` by default. */
  namespace?: string;
  /** Whether to apply the files again whenever they are saved. */
  watch?: boolean;
}

/** The result of a change. */
export interface Changed {
  /** `note`: what weights come to that do not add up to 100. `source`: where the object was read from. */
  changes: (Pick<Change, 'ref' | 'change'> & { note?: string; source?: { file: string; line: number } })[];
  warnings: string[];
  /**
   * How many Envoys use the change and after how many ms, the pods whose Envoys refuse something that they did not refuse before,
   * and those whose Envoys have not answered; left out without a mesh, and where nothing changed.
   */
  mesh?: { sidecars: number; ms: number; rejected: { pod: string; reason: string }[]; late: string[] };
}

/**
 * The changes that kubectl makes, for the running shop, one after the other. Each rejects with ManifestError, with nothing
 * changed, when it is not possible. `apply` and `delete` wait until every Envoy uses what was changed.
 */
export interface Changes {
  /** kubectl apply: all files are read and checked before anything is changed. */
  applyFiles(request: Files): Promise<Changed>;
  /** Applies objects, all or none: none as well where an Envoy refuses what they come to. */
  applyResources(resources: readonly Resource[]): Promise<Changed>;
  /** kubectl delete, of what files name or of refs. A pod is stopped gracefully and replaced; with a namespace everything in it is deleted. */
  deleteObjects(request: Files & { refs?: Ref[] }): Promise<Changed>;
  /** kubectl scale. */
  scale(request: { ref: Ref; replicas: number }): Promise<Changed>;
  /** kubectl rollout restart: the same annotation, so the template's hash changes and a rollout begins. */
  restart(request: { ref: Ref }): Promise<Changed>;
  /** Whether a rollout has ended, in kubectl's words. */
  rolloutStatus(ref: Partial<Ref>): Rollout;
}

export interface ChangesOptions {
  store: Store;
  pods: Pick<Pods, 'all' | 'find' | 'of' | 'status' | 'remove'>;
  /** Undefined without a mesh. */
  plane: Pick<Plane, 'settled' | 'trial' | 'refusals' | 'mesh'> | undefined;
  images: readonly ImageRow[];
  /** Applies these files whenever they are saved: all of them, or only those that it follows already, by their new names. */
  follow(files: readonly WatchedFile[], which: 'all' | 'known'): void;
}

/** Changes of the objects in a store, and of the pods that come from them. */
export function createChanges({ store, pods, plane, images, follow }: ChangesOptions): Changes {
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function applyFiles(request: Files): Promise<Changed> {
    const resources = readAll(request);
    const changed = await applyResources(resources);
    const { namespace = NAMESPACE, watch = false } = request;
    follow(appliedFiles(request, { namespace, resources }), watch ? 'all' : 'known');
    return changed;
  }

  async function applyResources(resources: readonly Resource[]): Promise<Changed> {
    rejectUnsupported(resources, images);
    return inTurn(async () => {
      rejectMissingNamespaces(resources, store.list());
      rejectDuplicateNames(resources, store.list({ kind: 'StatefulSet' }));
      const before = situation();
      const prepared = store.prepare(resources);
      const start = startOfChange();
      if (prepared.changes.some(({ change }) => change !== 'unchanged')) await tried(prepared);
      const files = new Set(resources.map((resource) => resource.source.file));
      const warnings = newWarnings(before, situation(prepared.all), files);
      return settled({ changes: prepared.commit().map(withoutObject), warnings }, start);
    });
  }

  /** Throws ManifestError if an Envoy refuses what the objects come to; then the ones of before are in force. */
  async function tried({ all, changes }: Prepared): Promise<void> {
    const { rejected = [] } = (await plane?.trial(all)) ?? {};
    if (rejected.length > 0) throw refusedByEnvoys(rejected, { changes, podOf });
  }

  async function deleteObjects(request: Files & { refs?: Ref[] }): Promise<Changed> {
    const targets = request.refs ?? readAll(request).map(refOf);
    return inTurn(() => deleted(targets));
  }

  function deleted(targets: Ref[]): Promise<Changed> {
    const refs = targets.flatMap((ref) =>
      ref.kind === 'Namespace' ? [...store.list({ namespace: ref.name }).map(refOf), ref] : [ref],
    );
    const start = startOfChange();
    const gone: Changed['changes'] = [];
    for (const ref of refs.filter(({ kind }) => kind === 'Pod')) {
      const pod = pods.find(ref.namespace ?? '', ref.name);
      if (!pod) continue;
      pods.remove(pod);
      gone.push({ ref, change: 'deleted' });
    }
    const before = situation();
    const changes = store.delete(refs.filter(({ kind }) => kind !== 'Pod'));
    const warnings = newWarnings(before, situation(), new Set());
    return settled({ changes: [...gone, ...changes.map(withoutObject)], warnings }, start);
  }

  function restart({ ref }: { ref: Ref }): Promise<Changed> {
    return edit(ref, (spec) => {
      const template = spec['template'] as { metadata?: { annotations?: object } };
      const annotations = {
        ...template.metadata?.annotations,
        'kubectl.kubernetes.io/restartedAt': new Date().toISOString(),
      };
      return { ...spec, template: { ...template, metadata: { ...template.metadata, annotations } } };
    });
  }

  function edit(ref: Ref, change: (spec: Record<string, unknown>) => Record<string, unknown>): Promise<Changed> {
    return inTurn(() => {
      const workload = existing(ref);
      const spec = change(workload.body['spec'] as Record<string, unknown>);
      const changes = store.replace(withBody(workload, { ...workload.body, spec }));
      return { changes: changes.map(withoutObject), warnings: [] };
    });
  }

  function existing(ref: Ref): Resource {
    const resource = store.get(ref);
    if (!resource) throw new ManifestError({ file: ref.kind, line: 0 }, `${ref.kind} "${ref.name}" not found`);
    return resource;
  }

  const situation = (resources = store.list()): Situation => ({ resources, mesh: plane?.mesh() });

  const podOf = (node: string) => podNameOf(node, pods.all());

  const startOfChange = () => ({ began: performance.now(), refused: new Set(plane?.refusals().map(textOf)) });

  async function settled(changed: Changed, start: ReturnType<typeof startOfChange>): Promise<Changed> {
    if (!plane || changed.changes.every(({ change }) => change === 'unchanged')) return changed;
    const { sidecars, rejected, late } = await plane.settled();
    const fresh = rejected.filter((one) => !start.refused.has(textOf(one)));
    const refused = fresh.map(({ node, reason }) => ({ pod: podOf(node), reason }));
    const ms = Math.ceil(performance.now() - start.began);
    return { ...changed, mesh: { sidecars, ms, rejected: refused, late: late.map(podOf) } };
  }

  return {
    applyFiles,
    applyResources,
    deleteObjects,
    scale: ({ ref, replicas }) => edit(ref, (spec) => ({ ...spec, replicas })),
    restart,
    rolloutStatus({ kind = 'Deployment', namespace = NAMESPACE, name = '' }) {
      const workload = existing({ kind, namespace, name });
      return rolloutStatus(workload, pods);
    },
  };
}

function readAll({ files = [], kustomization, namespace = NAMESPACE }: Files): Resource[] {
  if (kustomization) return readKustomization(kustomization, { namespace });
  return files.flatMap(({ name, text }) => readText({ file: name, text, namespace }));
}

const textOf = (refusal: RefusedBy) => JSON.stringify(refusal);

const withoutObject = ({ ref, change }: Pick<Change, 'ref' | 'change'>) => ({ ref, change });
