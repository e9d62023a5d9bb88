import { readManifest } from '../../../packages/mesh/manifests/files.ts';
import { listKustomization, readText } from '../../../packages/mesh/manifests/index.ts';
import type { Resource } from '../../../packages/mesh/manifests/resource.ts';

/** A file whose saves are to be applied. */
export interface Followed {
  path: string;
  /** As messages and objects name it. */
  name: string;
  /** Its objects as they are now. Throws ManifestError. */
  read(): Resource[];
  /** Its objects as they were last read. */
  resources: readonly Resource[];
  /** When that was, at the earliest; milliseconds since 1970. */
  readAt: number;
}

interface Read {
  resources: readonly Resource[];
  namespace: string;
  readAt: number;
}

/** The files that a kustomization lists. */
export function filesOf(folder: string, { resources, namespace, readAt }: Read): Followed[] {
  return listKustomization(folder, { namespace }).map(({ file, read }) => ({
    path: file,
    name: file,
    read,
    resources: from(file, resources),
    readAt,
  }));
}

/** What `apply` was given: a kustomization, or files, of which standard input has no path. */
export interface Applied {
  kustomization?: string;
  files?: { name: string; path?: string }[];
}

/** The files that were applied. When they were read is not known. */
export function appliedFiles({ kustomization, files = [] }: Applied, read: Omit<Read, 'readAt'>): Followed[] {
  if (kustomization !== undefined) return filesOf(kustomization, { ...read, readAt: 0 });
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
