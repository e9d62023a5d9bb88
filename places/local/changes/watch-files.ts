import { existsSync, realpathSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Store } from '@tuesday/mesh/control';
import { type Resource, ManifestError, refOf } from '@tuesday/mesh/manifests';
import type { Changed, Changes } from './changes.ts';
import { changedSince } from './changed-since.ts';
import type { WatchedFile } from './watched-files.ts';
import { watchFolders } from './watch-folders.ts';

/** The changes of a save, or the sentence that says why there are none. */
export type Saved = { file: string } & (Changed | { refused: string });

/** Applies files whenever they are saved. */
export interface FileWatcher {
  /**
   * Adds files, by their real paths, or only those that it has already. A file that is added again is read in the new way from
   * then on. Skips a path that is no file.
   */
  follow(files: readonly WatchedFile[], which: 'all' | 'known'): void;
  close(): void;
}

export interface WatchOptions {
  store: Store;
  changes: Pick<Changes, 'applyResources'>;
  /** Called for each save that has changed something, or has failed. */
  onSaved(saved: Saved): void;
}

/**
 * Applies those documents of a saved file whose parsed content has changed since the file was last read, except objects that
 * another file has written since: these are named, with the command that applies them. Never deletes an object. A file that is empty or cannot be read changes nothing, and is reported once for each fault.
 */
export function watchFiles({ store, changes, onSaved }: WatchOptions): FileWatcher {
  const files = new Map<string, WatchedFile>();
  const faults = new Map<string, string>();
  const folders = watchFolders((paths, began) => {
    for (const path of paths) void readAgain(path, began);
  });

  async function readAgain(path: string, began: number): Promise<void> {
    const file = files.get(path);
    // A missing file is being renamed, or was removed; neither deletes an object.
    if (file === undefined || !existsSync(path)) return;
    try {
      const now = file.read();
      const { own, overruling } = parted(file, changedSince(file.resources, now));
      const applied = own.length === 0 ? undefined : await changes.applyResources(own);
      faults.delete(path);
      file.resources = now;
      updateLines(now);
      if (applied) report(file.name, applied, began);
      for (const sentence of overruling) onSaved({ file: file.name, refused: sentence });
    } catch (error) {
      const { message } = error as Error;
      const isPlaced = error instanceof ManifestError;
      reportFault(path, file.name, isPlaced ? message : `${file.name}: the mesh cannot use it: ${message}`);
    }
  }

  /** The objects that may be applied, and a sentence for each that another file has written since. */
  function parted({ name }: WatchedFile, changed: readonly Resource[]): { own: Resource[]; overruling: string[] } {
    const writerOf = (resource: Resource) => store.get(refOf(resource))?.source.file ?? name;
    const sentences = changed.flatMap((resource) => {
      const writer = writerOf(resource);
      const { kind, metadata, source } = resource;
      const what = `${kind} ${metadata.name} is saved but not applied, because it is from ${writer} now`;
      return writer === name
        ? []
        : [`${source.file}:${source.line}: ${what}. To apply it: npx tuesday apply -f ${name}`];
    });
    return { own: changed.filter((resource) => writerOf(resource) === name), overruling: sentences };
  }

  /** Gives unchanged objects their new line numbers, when the text above them has changed. */
  function updateLines(now: readonly Resource[]): void {
    store.apply(
      now.filter((resource) => {
        const known = store.get(refOf(resource));
        const written = known?.lastApplied ?? known?.body;
        return known?.source.file === resource.source.file && isDeepStrictEqual(written, resource.body);
      }),
    );
  }

  function report(file: string, { mesh, ...done }: Changed, began: number): void {
    const ms = Math.ceil(performance.now() - began);
    onSaved({ file, ...done, ...(mesh && { mesh: { ...mesh, ms } }) });
  }

  function reportFault(path: string, file: string, sentence: string): void {
    if (faults.get(path) === sentence) return;
    faults.set(path, sentence);
    onSaved({ file, refused: sentence });
  }

  function add(file: WatchedFile, which: 'all' | 'known'): void {
    if (!existsSync(file.path) || !statSync(file.path).isFile()) return;
    const path = realpathSync(file.path);
    if (which === 'known' && !files.has(path)) return;
    files.set(path, { ...file });
    folders.add(path);
    // The file may have been saved since it was read.
    if (statSync(path).mtimeMs >= file.readAt) void readAgain(path, performance.now());
  }

  return {
    follow(followed, which) {
      for (const file of followed) {
        try {
          add(file, which);
        } catch (error) {
          const { code = '', message } = error as NodeJS.ErrnoException;
          const reason = REASONS[code] ?? message;
          reportFault('', file.name, `Saved files are not applied by themselves: ${reason}. Use npx tuesday apply -f.`);
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
