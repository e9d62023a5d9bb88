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
  /** The earliest time when it may have been read last, in ms since 1970. */
  readAt: number;
}

interface FileReading {
  resources: readonly Resource[];
  namespace: string;
  readAt: number;
}

/** The files that a kustomization lists. Throws ManifestError. */
export function kustomizationFiles(folder: string, { resources, namespace, readAt }: FileReading): WatchedFile[] {
  return listKustomization(folder, { namespace }).map(({ file, read }) => ({
    path: file,
    name: file,
    read,
    resources: objectsOf(file, resources),
    readAt,
  }));
}

/** The request of an `apply`: a kustomization, or files; standard input has no path. */
export interface AppliedFiles {
  kustomization?: string;
  files?: { name: string; path?: string }[];
}

/** The files that were applied. When they were read is not known. */
export function appliedFiles(
  { kustomization, files = [] }: AppliedFiles,
  read: Omit<FileReading, 'readAt'>,
): WatchedFile[] {
  if (kustomization !== undefined) return kustomizationFiles(kustomization, { ...read, readAt: 0 });
  const { namespace, resources } = read;
  return files.flatMap(({ name, path }) =>
    path === undefined
      ? []
      : {
          path,
          name,
          read: () => readText({ file: name, text: readManifest(path), namespace }),
          resources: objectsOf(name, resources),
          readAt: 0,
        },
  );
}

function objectsOf(file: string, resources: readonly Resource[]): Resource[] {
  return resources.filter(({ source }) => source.file === file);
}
