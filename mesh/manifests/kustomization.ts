import { existsSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { z } from 'zod';
import { firstFault } from './faults.ts';
import { readManifest } from './files.ts';
import { dnsLabel, strict, strings } from './kinds/schema.ts';
import { kindOf } from './kinds/table.ts';
import { DEFAULT_NAMESPACE, ManifestError } from './resource.ts';
import type { Resource } from './resource.ts';
import { readText } from './text.ts';
import { parseYaml } from './yaml.ts';

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** A kustomization that the runner reads lists files and names a namespace; it never rewrites what a file says. */
const schema = strict({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1').optional(),
  kind: z.literal('Kustomization').optional(),
  namespace: dnsLabel.optional(),
  resources: strings.min(1, { error: 'must list a file' }),
});

/**
 * The objects of a kustomization (`-k`), in order. A `namespace:` replaces that of everything below it, and the name
 * of a Namespace, as kustomize does; the outermost wins. What no kustomization and no file puts anywhere goes to
 * `namespace`. Throws ManifestError for the first thing that is wrong.
 */
export function readKustomization(folder: string, { namespace = DEFAULT_NAMESPACE } = {}): Resource[] {
  const resources = read(normalize(folder), { namespace, above: [] });
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

interface Context {
  namespace: string;
  /** The folders that led here, to notice a circle. */
  above: string[];
}

function read(folder: string, { namespace, above }: Context): Resource[] {
  const file = NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) throw new ManifestError({ file: folder, line: 0 }, 'this folder holds no kustomization.yaml');
  if (above.includes(folder)) throw new ManifestError({ file, line: 1 }, 'this kustomization leads back to itself');
  const { lineOf, value } = parse(file);
  const resources = value.resources.flatMap((entry, index) => {
    const path = normalize(join(folder, entry));
    if (!existsSync(path)) {
      throw new ManifestError({ file, line: lineOf(['resources', index]) }, `"${entry}" does not exist`);
    }
    if (statSync(path).isDirectory()) return read(path, { namespace, above: [...above, folder] });
    return readText({ file: path, text: readManifest(path), namespace });
  });
  const { namespace: own } = value;
  return own === undefined ? resources : resources.map((resource) => moved(resource, own));
}

function parse(file: string) {
  const [document] = parseYaml(file, readManifest(file));
  if (document === undefined) throw new ManifestError({ file, line: 1 }, 'this kustomization is empty');
  const checked = schema.safeParse(document.value);
  if (checked.success) return { lineOf: document.lineOf, value: checked.data };
  const fault = firstFault('Kustomization', checked.error.issues, document);
  throw new ManifestError({ file, line: document.lineOf(fault.path) }, fault.what);
}

function moved(resource: Resource, namespace: string): Resource {
  const { kind, readAs } = resource;
  const fixed = readAs !== undefined || kindOf(kind)?.namespaced !== true;
  if (kind !== 'Namespace' && fixed) return resource;
  const place = kind === 'Namespace' ? { name: namespace } : { namespace };
  const body = { ...resource.body, metadata: { ...(resource.body['metadata'] as object), ...place } };
  return { ...resource, metadata: { ...resource.metadata, ...place }, body };
}
