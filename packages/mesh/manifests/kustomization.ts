import { existsSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { z } from 'zod';
import { firstFault } from './faults.ts';
import { readManifest } from './files.ts';
import { dnsLabel, strict, strings } from './kinds/schema.ts';
import { withBody } from './kinds/schemas.ts';
import { kindOf } from './kinds/table.ts';
import { ManifestError } from './resource.ts';
import type { Resource } from './resource.ts';
import { readText } from './text.ts';
import { parseYaml } from './yaml.ts';

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** A kustomization that lists files and sets a namespace. Fields that rewrite objects are not modelled, because then a file would not show what is applied. */
const schema = strict({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1').optional(),
  kind: z.literal('Kustomization').optional(),
  namespace: dnsLabel.optional(),
  resources: strings.min(1, { error: 'must list a file' }),
});

/**
 * The objects of a kustomization (`-k`), in order. A `namespace:` replaces that of everything below it, and the name
 * of a Namespace, as kustomize does; the outermost wins. What neither a kustomization nor a file puts
 * anywhere goes to `namespace`. Throws ManifestError for the first thing that is wrong.
 */
export function readKustomization(folder: string, { namespace }: { namespace: string }): Resource[] {
  const resources = listKustomization(folder, { namespace }).flatMap(({ read }) => read());
  const seen = new Map<string, Resource>();
  for (const resource of resources) {
    const { kind, metadata, source } = resource;
    const id = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
    const twin = seen.get(id);
    if (twin !== undefined) {
      throw new ManifestError(
        source,
        `${kind} ${metadata.name} stands in ${twin.source.file}:${twin.source.line} already`,
      );
    }
    seen.set(id, resource);
  }
  return resources;
}

/** A file that a kustomization lists. */
export interface ListedFile {
  file: string;
  /** Its objects as they are now, with the namespaces that the kustomizations above it give. Throws ManifestError. */
  read(): Resource[];
}

/** The files of a kustomization (`-k`) and of those below it, in order. Throws ManifestError where one of them is not there. */
export function listKustomization(folder: string, { namespace }: { namespace: string }): ListedFile[] {
  return list(normalize(folder), { namespace, above: [] });
}

interface Context {
  namespace: string;
  /** The folders that led here, to notice a circle. */
  above: string[];
}

function list(folder: string, { namespace, above }: Context): ListedFile[] {
  const file = NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) throw new ManifestError({ file: folder, line: 0 }, 'this folder holds no kustomization.yaml');
  if (above.includes(folder)) throw new ManifestError({ file, line: 1 }, 'this kustomization leads back to itself');
  const { lineOf, value } = parse(file);
  const files = value.resources.flatMap((entry, index) => {
    const path = normalize(join(folder, entry));
    if (!existsSync(path)) {
      throw new ManifestError({ file, line: lineOf(['resources', index]) }, `"${entry}" does not exist`);
    }
    if (statSync(path).isDirectory()) return list(path, { namespace, above: [...above, folder] });
    return [{ file: path, read: () => readText({ file: path, text: readManifest(path), namespace }) }];
  });
  const { namespace: own } = value;
  if (own === undefined) return files;
  return files.map(({ file: path, read }) => ({
    file: path,
    read: () => read().map((resource) => withNamespace(resource, own)),
  }));
}

function parse(file: string) {
  const [document] = parseYaml(file, readManifest(file));
  if (document === undefined) throw new ManifestError({ file, line: 1 }, 'this kustomization is empty');
  const checked = schema.safeParse(document.value);
  if (checked.success) return { lineOf: document.lineOf, value: checked.data };
  const fault = firstFault('Kustomization', checked.error.issues, document);
  throw new ManifestError({ file, line: document.lineOf(fault.path) }, fault.what);
}

function withNamespace(resource: Resource, namespace: string): Resource {
  const { kind, readAs } = resource;
  const fixed = readAs !== undefined || kindOf(kind)?.namespaced !== true;
  if (kind !== 'Namespace' && fixed) return resource;
  const place = kind === 'Namespace' ? { name: namespace } : { namespace };
  const body = { ...resource.body, metadata: { ...(resource.body['metadata'] as object), ...place } };
  return withBody({ ...resource, metadata: { ...resource.metadata, ...place } }, body);
}
