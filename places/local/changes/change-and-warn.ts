import type { Change, Store } from '../../../packages/mesh/control/store.ts';
import { unresolved } from '../../../packages/mesh/manifests/references.ts';

/**
 * Makes a change of the store, and gives sentences about what it leaves unresolved: all of that in `files`, and what
 * others name that was there before it.
 */
export function warned(store: Store, files: ReadonlySet<string>, change: () => Change[]) {
  const before = new Set(unresolved(store.list()).map(({ message }) => message));
  const changes = change();
  const warnings = unresolved(store.list())
    .filter(({ source, message }) => files.has(source.file) || !before.has(message))
    .map(({ message }) => message);
  return { changes, warnings };
}
