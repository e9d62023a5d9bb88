import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Milliseconds without an event after which saved files are read: an editor empties a file before it writes it, or renames twice. */
const QUIET_MS = 5;

/** Watches files by their folders. */
export interface FolderWatcher {
  /** Reports saves of this file from now on. Throws the system's error when it cannot be watched. */
  add(path: string): void;
  close(): void;
}

/**
 * Calls `onSaved` with the real paths of saved files, and the time of the first event in terms of `performance.now()`.
 * Watches folders and not files, because an editor that saves by renaming replaces the file. Needs one inotify instance for
 * a process, for any number of folders.
 */
export function watchFolders(onSaved: (paths: string[], began: number) => void): FolderWatcher {
  const watchers = new Map<string, FSWatcher>();
  const wanted = new Set<string>();
  let saved = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let began: number | undefined;

  function noteChange(path: string): void {
    if (!wanted.has(path)) return;
    saved.add(path);
    const first = (began ??= performance.now());
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...saved];
      saved = new Set();
      began = undefined;
      onSaved(paths, first);
    }, QUIET_MS);
  }

  function open(folder: string): FSWatcher {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name !== null) noteChange(join(folder, name));
      // Some systems do not name the file.
      else for (const path of wanted) if (dirname(path) === folder) noteChange(path);
    });
    // A removed folder is no longer watched.
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
