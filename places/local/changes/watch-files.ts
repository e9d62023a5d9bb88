import { existsSync, realpathSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Store } from '../../../packages/mesh/control/store.ts';
import { refOf } from '../../../packages/mesh/manifests/resource.ts';
import type { Resource } from '../../../packages/mesh/manifests/resource.ts';
import type { Changed, Changes } from './changes.ts';
import { changedSince } from './changed-since.ts';
import type { Followed } from './watched-files.ts';
import { watchFolders } from './watch-folders.ts';

/** What a save did, or the sentence why it did nothing. */
export type Saved = { file: string } & (Changed | { refused: string });

/** The files whose saves are applied. */
export interface Watched {
  /** Adds files, by their real paths; how a file was read last is how it is read from then on. What is no file is left out. */
  follow(files: readonly Followed[]): void;
  close(): void;
}

export interface WatchOptions {
  store: Store;
  changes: Pick<Changes, 'applyResources' | 'settled'>;
  onSaved(saved: Saved): void;
}

/**
 * Applies the documents of a saved file whose parsed content is not what it was when the file was last read. It never
 * deletes; a file that is empty or cannot be read changes nothing and is told, once for each fault.
 */
export function watchFiles({ store, changes, onSaved }: WatchOptions): Watched {
  const files = new Map<string, Followed>();
  const faults = new Map<string, string>();
  const folders = watchFolders((paths, began) => {
    for (const path of paths) look(path, began);
  });

  function look(path: string, began: number): void {
    const file = files.get(path);
    // One that is not there is being renamed, or was taken away, which deletes nothing.
    if (file === undefined || !existsSync(path)) return;
    try {
      const now = file.read();
      const changed = changedSince(file.resources, now);
      faults.delete(path);
      const applied = changed.length === 0 ? undefined : changes.applyResources(changed);
      file.resources = now;
      moveLines(now);
      if (applied) void tell(file.name, applied, began);
    } catch (error) {
      refuse(path, file.name, (error as Error).message);
    }
  }

  /** An object that stands as it stood has got another line when something above it grew. */
  function moveLines(now: readonly Resource[]): void {
    store.apply(
      now.filter((resource) => {
        const known = store.get(refOf(resource));
        return known?.source.file === resource.source.file && isDeepStrictEqual(known.body, resource.body);
      }),
    );
  }

  async function tell(file: string, applied: Changed, began: number): Promise<void> {
    try {
      const { mesh, ...done } = await changes.settled(applied);
      const ms = Math.ceil(performance.now() - began);
      onSaved({ file, ...done, ...(mesh && { mesh: { ...mesh, ms } }) });
    } catch (error) {
      onSaved({ file, refused: `${file}: the mesh cannot use it: ${(error as Error).message}` });
    }
  }

  function refuse(path: string, file: string, sentence: string): void {
    if (faults.get(path) === sentence) return;
    faults.set(path, sentence);
    onSaved({ file, refused: sentence });
  }

  function add(file: Followed): void {
    if (!existsSync(file.path) || !statSync(file.path).isFile()) return;
    const path = realpathSync(file.path);
    files.set(path, { ...file });
    folders.add(path);
    // Saved between that reading and now.
    if (statSync(path).mtimeMs >= file.readAt) look(path, performance.now());
  }

  return {
    follow(followed) {
      for (const file of followed) {
        try {
          add(file);
        } catch (error) {
          const { code = '', message } = error as NodeJS.ErrnoException;
          const reason = REASONS[code] ?? message;
          refuse('', file.name, `Saved files are not applied by themselves: ${reason}. Use npx tuesday apply -f.`);
        }
      }
    },
    close: () => folders.close(),
  };
}

const REASONS: Record<string, string> = {
  EMFILE: 'this user has no inotify instance left (sysctl fs.inotify.max_user_instances)',
  ENOSPC: 'this user has no inotify watch left (sysctl fs.inotify.max_user_watches)',
};
