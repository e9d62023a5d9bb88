import { existsSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { z } from 'zod';
import { checked } from './schema-error.ts';
import { readManifest } from './read-manifest.ts';
import { dnsLabel, strict, strings } from './kinds/schema.ts';
import { kindOf } from './kinds/table.ts';
import { ManifestError, type Resource, withBody } from './resource.ts';
import { readText } from './text.ts';
import { parseYaml } from './yaml/parse.ts';

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** A kustomization that lists files and sets a namespace. Fields that rewrite objects are not modelled: a file must show what is applied. */
const schema = strict({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1').optional(),
  kind: z.literal('Kustomization').optional(),
  namespace: dnsLabel.optional(),
  resources: strings.min(1, { error: 'must list a file' }),
});

/**
 * The objects of a kustomization (`-k`), in order. As in kustomize, `namespace:` replaces the namespace of all listed
 * objects and the name of a Namespace; the outermost kustomization takes precedence. An object without any namespace gets
 * the argument `namespace`. Throws ManifestError for the first error.
 */
export function readKustomization(folder: string, { namespace }: { namespace: string }): Resource[] {
  const resources = listKustomization(folder, { namespace }).flatMap(({ read }) => read());
  const seen = new Map<string, Resource>();
  for (const resource of resources) {
    const { kind, metadata, source } = resource;
    const id = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
    const first = seen.get(id);
    if (first !== undefined) {
      const place = `${first.source.file}:${first.source.line}`;
      throw new ManifestError(source, `${kind} ${metadata.name} stands in ${place} already`);
    }
    seen.set(id, resource);
  }
  return resources;
}

/** A file that a kustomization lists. */
export interface ListedFile {
  file: string;
  /** Reads its objects now, with the namespace that the kustomizations set. Throws ManifestError. */
  read(): Resource[];
}

/** The files of a kustomization (`-k`) and of those that it lists, in order. Throws ManifestError if one does not exist. */
export function listKustomization(folder: string, { namespace }: { namespace: string }): ListedFile[] {
  return list(normalize(folder), namespace);
}

/** `parents` are the folders of the kustomizations that include this one, to detect a cycle. */
function list(folder: string, namespace: string, parents: string[] = []): ListedFile[] {
  const file = NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) throw new ManifestError({ file: folder, line: 0 }, 'this folder holds no kustomization.yaml');
  if (parents.includes(folder)) throw new ManifestError({ file, line: 1 }, 'this kustomization leads back to itself');
  const [document] = parseYaml(file, readManifest(file));
  if (document === undefined) throw new ManifestError({ file, line: 1 }, 'this kustomization is empty');
  const { namespace: own, resources } = checked(schema, document, { file, kind: 'Kustomization' });
  const files = resources.flatMap((entry, index) => {
    const path = normalize(join(folder, entry));
    if (!existsSync(path)) {
      throw new ManifestError({ file, line: document.lineOf(['resources', index]) }, `"${entry}" does not exist`);
    }
    if (statSync(path).isDirectory()) return list(path, namespace, [...parents, folder]);
    return [{ file: path, read: () => readText({ file: path, text: readManifest(path), namespace }) }];
  });
  if (own === undefined) return files;
  return files.map(({ file: path, read }) => ({
    file: path,
    read: () => read().map((resource) => withNamespace(resource, own)),
  }));
}

function withNamespace(resource: Resource, namespace: string): Resource {
  const { kind, readAs } = resource;
  const fixed = readAs !== undefined || kindOf(kind)?.namespaced !== true;
  if (kind !== 'Namespace' && fixed) return resource;
  const place = kind === 'Namespace' ? { name: namespace } : { namespace };
  const body = { ...resource.body, metadata: { ...(resource.body['metadata'] as object), ...place } };
  return withBody({ ...resource, metadata: { ...resource.metadata, ...place } }, body);
}
