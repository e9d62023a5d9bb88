import { type Resource, listKustomization, readManifest, readText } from '@tuesday/mesh/manifests';

/** A file that is applied whenever it is saved. */
export interface WatchedFile {
  path: string;
  /** Its name in messages, and in the source of its objects. */
  name: string;
  /** Reads its objects. Throws ManifestError. */
  read(): Resource[];
  /** Its objects when it was last read. */
  resources: readonly Resource[];
  /** When it was last read, at the earliest, in ms since 1970. */
  readAt: number;
}

interface Read {
  resources: readonly Resource[];
  namespace: string;
  readAt: number;
}

/** The files that a kustomization lists. Throws ManifestError. */
export function kustomizationFiles(folder: string, { resources, namespace, readAt }: Read): WatchedFile[] {
  return listKustomization(folder, { namespace }).map(({ file, read }) => ({
    path: file,
    name: file,
    read,
    resources: from(file, resources),
    readAt,
  }));
}

/** What `apply` got: a kustomization, or files; standard input has no path. */
export interface Applied {
  kustomization?: string;
  files?: { name: string; path?: string }[];
}

/** The files that were applied. The time of their reading is not known. */
export function appliedFiles({ kustomization, files = [] }: Applied, read: Omit<Read, 'readAt'>): WatchedFile[] {
  if (kustomization !== undefined) return kustomizationFiles(kustomization, { ...read, readAt: 0 });
  const { namespace, resources } = read;
  return files.flatMap(({ name, path }) =>
    path === undefined
      ? []
      : {
          path,
          name,
          read: () => readText({ file: name, text: readManifest(path), namespace }),
          resources: from(name, resources),
          readAt: 0,
        },
  );
}

function from(file: string, resources: readonly Resource[]): Resource[] {
  return resources.filter(({ source }) => source.file === file);
}
