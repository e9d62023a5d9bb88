import {
  type Ref,
  type Resource,
  ManifestError,
  readKustomization,
  readText,
  refOf,
  withBody,
} from '@tuesday/mesh/manifests';
import type { Change, Plane, Store } from '@tuesday/mesh/control';
import { NAMESPACE } from '../../repository.ts';
import type { ImageRow } from '../programs/image-table.ts';
import { rejectDuplicateNames } from './reject-duplicate-names.ts';
import { rejectUnsupported } from './reject-unsupported.ts';
import type { Pods } from '../pods/pods.ts';
import { type Rollout, rolloutStatus } from './rollout-status.ts';
import { changeAndWarn } from './change-and-warn.ts';
import { type WatchedFile, appliedFiles } from './watched-files.ts';

/** The objects that an `apply` or a `delete` names: files, or a kustomization. */
export interface Files {
  /** `path` is the real one, where there is one. */
  files?: { name: string; path?: string; text: string }[];
  kustomization?: string;
  /** Of objects that name none; `shop` by default. */
  namespace?: string;
}

/** The result of a change. */
export interface Changed {
  /** `note`: what weights come to that do not add up to 100. `source`: where the object was read from. */
  changes: (Pick<Change, 'ref' | 'change'> & { note?: string; source?: { file: string; line: number } })[];
  warnings: string[];
  /** How many Envoys use the change and after how many ms, and the pods whose Envoys rejected it or have not answered; left out without a mesh, and where nothing changed. */
  mesh?: { sidecars: number; ms: number; rejected: { pod: string; reason: string }[]; late: string[] };
}

/** The changes that kubectl makes, for the running shop. Each throws ManifestError, with nothing changed, when it is not possible. */
export interface Changes {
  /** kubectl apply: all files are read and checked before anything is changed. From then on saving one of them applies it again. */
  applyFiles(request: Files): Changed;
  /** Applies objects, all or none. */
  applyResources(resources: readonly Resource[]): Changed;
  /** kubectl delete, of what files name or of refs. A pod is stopped gracefully and replaced; with a namespace everything in it is deleted. */
  deleteObjects(request: Files & { refs?: Ref[] }): Changed;
  /** kubectl scale. */
  scale(request: { ref: Ref; replicas: number }): Changed;
  /** kubectl rollout restart: the same annotation, so the template's hash changes and a rollout begins. */
  restart(request: { ref: Ref }): Changed;
  /** Whether a rollout has ended, in kubectl's words. */
  rolloutStatus(ref: Partial<Ref>): Rollout;
  /** Waits until every Envoy uses what was changed. */
  settled(changed: Changed): Promise<Changed>;
}

export interface ChangesOptions {
  store: Store;
  pods: Pick<Pods, 'all' | 'find' | 'of' | 'remove'>;
  /** Undefined without a mesh. */
  plane: Pick<Plane, 'settled'> | undefined;
  images: readonly ImageRow[];
  /** Applies these files whenever they are saved. */
  follow(files: readonly WatchedFile[]): void;
}

/** Changes of the objects in a store, and of the pods that come from them. */
export function createChanges({ store, pods, plane, images, follow }: ChangesOptions): Changes {
  function applyFiles(request: Files): Changed {
    const resources = readAll(request);
    const changed = applyResources(resources);
    const { namespace = NAMESPACE } = request;
    follow(appliedFiles(request, { namespace, resources }));
    return changed;
  }

  function applyResources(resources: readonly Resource[]): Changed {
    rejectUnsupported(resources, images);
    rejectDuplicateNames(resources, store.list({ kind: 'StatefulSet' }));
    const applied = new Set(resources.map((resource) => resource.source.file));
    const { changes, warnings } = changeAndWarn(store, applied, () => store.apply(resources));
    return { changes: changes.map(withoutObject), warnings };
  }

  function deleteObjects(request: Files & { refs?: Ref[] }): Changed {
    const targets = request.refs ?? readAll(request).map(refOf);
    const refs = targets.flatMap((ref) =>
      ref.kind === 'Namespace' ? [...store.list({ namespace: ref.name }).map(refOf), ref] : [ref],
    );
    const gone: Changed['changes'] = [];
    for (const ref of refs.filter(({ kind }) => kind === 'Pod')) {
      const pod = pods.find(ref.namespace ?? '', ref.name);
      if (!pod) continue;
      pods.remove(pod);
      gone.push({ ref, change: 'deleted' });
    }
    const applied = refs.filter(({ kind }) => kind !== 'Pod');
    const { changes, warnings } = changeAndWarn(store, new Set(), () => store.delete(applied));
    return { changes: [...gone, ...changes.map(withoutObject)], warnings };
  }

  function restart({ ref }: { ref: Ref }): Changed {
    return edit(ref, (spec) => {
      const template = spec['template'] as { metadata?: { annotations?: object } };
      const annotations = {
        ...template.metadata?.annotations,
        'kubectl.kubernetes.io/restartedAt': new Date().toISOString(),
      };
      return { ...spec, template: { ...template, metadata: { ...template.metadata, annotations } } };
    });
  }

  function edit(ref: Ref, change: (spec: Record<string, unknown>) => Record<string, unknown>): Changed {
    const workload = existing(ref);
    const spec = change(workload.body['spec'] as Record<string, unknown>);
    return { changes: store.apply([withBody(workload, { ...workload.body, spec })]).map(withoutObject), warnings: [] };
  }

  function existing(ref: Ref): Resource {
    const resource = store.get(ref);
    if (!resource) throw new ManifestError({ file: ref.kind, line: 0 }, `${ref.kind} "${ref.name}" not found`);
    return resource;
  }

  async function settled(changed: Changed): Promise<Changed> {
    if (!plane || changed.changes.every(({ change }) => change === 'unchanged')) return changed;
    const { sidecars, ms, rejected, late } = await plane.settled();
    const podOf = (node: string) => pods.all().find(({ proxy }) => proxy?.node === node)?.name ?? node;
    const refused = rejected.map(({ node, reason }) => ({ pod: podOf(node), reason }));
    return { ...changed, mesh: { sidecars, ms: Math.ceil(ms), rejected: refused, late: late.map(podOf) } };
  }

  return {
    applyFiles,
    applyResources,
    deleteObjects,
    scale: ({ ref, replicas }) => edit(ref, (spec) => ({ ...spec, replicas })),
    restart,
    rolloutStatus({ kind = 'Deployment', namespace = NAMESPACE, name = '' }) {
      const workload = existing({ kind, namespace, name });
      return rolloutStatus(workload, pods.of(workload));
    },
    settled,
  };
}

function readAll({ files = [], kustomization, namespace = NAMESPACE }: Files): Resource[] {
  if (kustomization) return readKustomization(kustomization, { namespace });
  return files.flatMap(({ name, text }) => readText({ file: name, text, namespace }));
}

const withoutObject = ({ ref, change }: Pick<Change, 'ref' | 'change'>) => ({ ref, change });
