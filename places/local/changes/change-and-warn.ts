import type { Change, Store } from '@tuesday/mesh/control';
import { findWarnings } from '@tuesday/mesh/manifests';

/**
 * Makes a change of the store, and gives a warning for each reference to an object that does not exist afterwards: all
 * such references in `files`, and in other files those that the change has broken.
 */
export function changeAndWarn(store: Store, files: ReadonlySet<string>, change: () => Change[]) {
  const before = new Set(findWarnings(store.list()).map(({ message }) => message));
  const changes = change();
  const warnings = findWarnings(store.list())
    .filter(({ source, message }) => files.has(source.file) || !before.has(message))
    .map(({ message }) => message);
  return { changes, warnings };
}
