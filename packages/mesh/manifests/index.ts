import { expand, readManifest } from './files.ts';
import type { Resource } from './resource.ts';
import { readText } from './text.ts';

/** The ways in: text, files and folders (`-f`), a kustomization (`-k`). */
export { listKustomization, readKustomization } from './kustomization.ts';
export { readText } from './text.ts';

export interface FilesOptions {
  /** For objects that name none. */
  namespace: string;
  /** Folders below a named folder too (`-R`); off unless asked for, as in kubectl. */
  recursive?: boolean;
}

/** The objects of files and folders (`-f`), in order. Throws ManifestError for the first thing that is wrong. */
export function readFiles(paths: readonly string[], { namespace, recursive = false }: FilesOptions): Resource[] {
  const files = paths.flatMap((path) => expand(path, recursive));
  return files.flatMap((file) => readText({ file, text: readManifest(file), namespace }));
}
