import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** How long the first sign of a save waits for more, in ms: an editor empties a file before it writes, or renames twice. */
const COALESCE_MS = 20;

/** Files that are watched. */
export interface Folders {
  /** From now on a save of this file is told. Throws the system's error where it gives no watch. */
  add(path: string): void;
  close(): void;
}

/**
 * Tells of saved files by their real paths, `began` being the first sign of it in `performance.now()`. Folders are
 * watched, not files: who saves by renaming puts another file into the place. It costs a process one inotify instance,
 * however many folders there are.
 */
export function watchFolders(onSaved: (paths: string[], began: number) => void): Folders {
  const watchers = new Map<string, FSWatcher>();
  const wanted = new Set<string>();
  let saved = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function sign(path: string): void {
    if (!wanted.has(path)) return;
    saved.add(path);
    const began = performance.now();
    timer ??= setTimeout(() => {
      const paths = [...saved];
      saved = new Set();
      timer = undefined;
      onSaved(paths, began);
    }, COALESCE_MS);
  }

  function open(folder: string): FSWatcher {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name !== null) sign(join(folder, name));
      // Not every system says which file it was.
      else for (const path of wanted) if (dirname(path) === folder) sign(path);
    });
    // A folder that is taken away is no longer watched.
    return watcher.on('error', () => void watchers.delete(folder));
  }

  return {
    add(path) {
      const folder = dirname(path);
      if (!watchers.has(folder)) watchers.set(folder, open(folder));
      wanted.add(join(folder, basename(path)));
    },
    close() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}
