import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Resource, readText } from '@tuesday/mesh/manifests';
import { ROOT, SERVICES } from '../../places/repository.ts';
import { NOT_OBJECTS } from './not-objects.ts';

/** All manifests by path, and the names of the services in the code. A check gets a tree and returns complaints. */
export interface Tree {
  files: ReadonlyMap<string, string>;
  services: readonly string[];
}

/** Returns one sentence for each fault, with its file. */
export type Check = (tree: Tree) => string[];

export { ROOT };

/** The repository's k8s/ and istio/ as they are on disk. */
export function loadTree(): Tree {
  const paths = ['k8s', 'istio'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  );
  const manifests = paths.filter((path) => path.endsWith('.yaml')).sort();
  return {
    files: new Map(manifests.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')])),
    services: SERVICES,
  };
}

export function isKustomization(path: string): boolean {
  return path.endsWith('/kustomization.yaml');
}

/** Paths of the manifests below a folder, without kustomizations and files that contain no Kubernetes object. */
export function manifests(tree: Tree, under = ''): string[] {
  return [...tree.files.keys()].filter(
    (path) => path.startsWith(under) && !isKustomization(path) && !(path in NOT_OBJECTS),
  );
}

const parsed = new Map<string, Resource[]>();

/** The objects of one file; throws ManifestError. */
export function objectsOf(tree: Tree, file: string): Resource[] {
  const text = tree.files.get(file) ?? '';
  const key = `${file}\n${text}`;
  const objects = parsed.get(key) ?? readText({ file, text, namespace: 'shop' });
  parsed.set(key, objects);
  return objects;
}

/** The objects of all files below a folder. */
export function objects(tree: Tree, under = ''): Resource[] {
  return manifests(tree, under).flatMap((file) => objectsOf(tree, file));
}

/** The text of a file of the repository; a text in the tree, which a mutant may have changed, comes first. */
export function textOf(tree: Tree, path: string): string {
  return tree.files.get(path) ?? readFileSync(`${ROOT}${path}`, 'utf8');
}

/** The tree with one change in one file; throws if the change has no effect, so that no mutant is empty. */
export function edit(tree: Tree, path: string, [from, to]: [from: string | RegExp, to: string]): Tree {
  const before = textOf(tree, path);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${path} does not contain ${String(from)}`);
  return add(tree, path, after);
}

/** The tree with one more file. */
export function add(tree: Tree, path: string, text: string): Tree {
  return { ...tree, files: new Map(tree.files).set(path, text) };
}

/** The tree without a file. */
export function remove(tree: Tree, path: string): Tree {
  if (!tree.files.has(path)) throw new Error(`${path} does not exist`);
  return { ...tree, files: new Map([...tree.files].filter(([name]) => name !== path)) };
}
