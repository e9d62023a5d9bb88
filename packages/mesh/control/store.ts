import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { refOf, type Ref, type Resource, type Stored, withBody } from '../manifests/resource.ts';
import { rejectImmutableChanges } from './immutable.ts';
import { merged } from './merge.ts';

export interface Change {
  ref: Ref;
  apiVersion: string;
  change: 'created' | 'configured' | 'unchanged' | 'deleted';
  /** The object as it is now; for a deleted one, as it was. */
  resource: Resource;
}

/** An `apply` that can still be left. */
export interface Prepared {
  changes: Change[];
  /** All objects, as `list` gives them after `commit`. */
  all: Resource[];
  commit(): Change[];
}

/** The applied objects, as an API server keeps them. The age of an object is that of its first write. */
export interface Store {
  /**
   * Applies objects in order, each merged with what is there (merge.ts). An object whose parsed content is the same is `unchanged`:
   * comments and layout do not count.
   * Throws ManifestError, with nothing changed, for a field that is immutable once an object exists.
   */
  apply(resources: readonly Resource[]): Change[];
  /** The first half of `apply`: nothing is changed yet. Throws as `apply` does. */
  prepare(resources: readonly Resource[]): Prepared;
  /** Writes an object in place of what is there, as `kubectl scale` does: the next `apply` keeps what it does not write itself. */
  replace(resource: Resource): Change[];
  /** Deletes objects; a ref to an object that does not exist gives no change. */
  delete(refs: readonly Ref[]): Change[];
  /** By kind, namespace and name; `namespace` left out means all of them. */
  list(filter?: { kind?: string; namespace?: string }): Resource[];
  get(ref: Ref): Resource | undefined;
  /** Calls the listener once for each `apply` and `delete` with the real changes, after the store has them. Returns the function that ends this. */
  onChange(listener: (changes: Change[]) => void): () => void;
}

/** An empty store; `now` is the clock, in milliseconds since 1970. */
export function createStore(now: () => number = Date.now): Store {
  const objects = new Map<string, Resource>();
  const listeners = new Set<(changes: Change[]) => void>();
  let revision = 0;

  function notify(changes: Change[]): Change[] {
    const real = changes.filter((entry) => entry.change !== 'unchanged');
    if (real.length > 0) for (const listener of listeners) listener(real);
    return changes;
  }

  const prepare = (resources: readonly Resource[]) => write(resources, mergedWith);

  function write(resources: readonly Resource[], join: typeof mergedWith): Prepared {
    const next = new Map(objects);
    const changes = resources.map((written): Change => {
      const ref = refOf(written);
      const before = next.get(keyOf(ref));
      const applied = join(before, written);
      if (before !== undefined) rejectImmutableChanges(before, applied);
      const change = changeOf(before, applied);
      if (change !== 'unchanged') revision += 1;
      const stored = change === 'unchanged' ? before?.stored : storedAt(revision, before, applied);
      const resource = { ...applied, appliedAt: before?.appliedAt ?? now(), ...(stored && { stored }) };
      next.set(keyOf(ref), resource);
      return { ref, apiVersion: resource.apiVersion, change, resource };
    });
    return {
      changes,
      all: sorted(next),
      commit() {
        for (const { ref, resource } of changes) objects.set(keyOf(ref), resource);
        return notify(changes);
      },
    };
  }

  function take(ref: Ref): Change[] {
    const resource = objects.get(keyOf(ref));
    if (resource === undefined) return [];
    objects.delete(keyOf(ref));
    return [{ ref, apiVersion: resource.apiVersion, change: 'deleted', resource }];
  }

  return {
    apply: (resources) => prepare(resources).commit(),
    prepare,
    replace: (resource) => write([resource], replaced).commit(),
    delete: (refs) => notify(refs.flatMap(take)),
    get: (ref) => objects.get(keyOf(ref)),
    list: ({ kind, namespace } = {}) =>
      sorted(objects)
        .filter((object) => kind === undefined || object.kind === kind)
        .filter((object) => namespace === undefined || object.metadata.namespace === namespace),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function keyOf({ kind, namespace = '', name }: Ref): string {
  return `${kind}\n${namespace}\n${name}`;
}

function sorted(objects: ReadonlyMap<string, Resource>): Resource[] {
  return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}

/** What an apply makes of an object. */
function mergedWith(before: Resource | undefined, written: Resource): Resource {
  if (before === undefined) return written;
  const { body: live, lastApplied: last = live } = before;
  const body = merged({ last, live, next: written.body }) as Resource['body'];
  if (isDeepStrictEqual(body, written.body)) return written;
  const metadata = { ...written.metadata, ...(body['metadata'] as Resource['metadata']) };
  return { ...withBody(written, body), metadata, lastApplied: written.body };
}

function replaced(before: Resource | undefined, written: Resource): Resource {
  return { ...written, ...(before && { lastApplied: before.lastApplied ?? before.body }) };
}

function changeOf(before: Resource | undefined, after: Resource): Change['change'] {
  if (before === undefined) return 'created';
  return isDeepStrictEqual(before.body, after.body) ? 'unchanged' : 'configured';
}

function storedAt(revision: number, before: Resource | undefined, after: Resource): Stored {
  const { uid, generation } = before?.stored ?? { uid: randomUUID(), generation: 0 };
  const isSame = before !== undefined && isDeepStrictEqual(before.body['spec'], after.body['spec']);
  return { uid, generation: isSame ? generation : generation + 1, resourceVersion: String(revision) };
}
