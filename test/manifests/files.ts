import { posix } from 'node:path';
import { ManifestError, parseYaml } from '@tuesday/mesh/manifests';
import { isKustomization, manifests, objectsOf } from './tree.ts';
import type { Tree } from './tree.ts';

const LINES = 80;

/** The strict schemas accept every manifest. */
export function filesParse(tree: Tree): string[] {
  return manifests(tree).flatMap((path) => {
    try {
      objectsOf(tree, path);
      return [];
    } catch (error) {
      if (error instanceof ManifestError) return [error.message];
      throw error;
    }
  });
}

/** A file fits on a screen and has one kind; in istio/ routes and subsets of one host belong together, and so do the two halves of keys. */
export function filesAreSmall(tree: Tree): string[] {
  const long = [...tree.files].flatMap(([path, text]) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > LINES ? [`${path} has ${lines} lines, more than ${LINES}`] : [];
  });
  const crowded = manifests(tree).flatMap((path) => {
    const kinds = objectsOf(tree, path).map((object) => object.kind);
    if (kinds.length === 1) return [];
    if (!path.startsWith('istio/')) return [`${path} contains ${kinds.join(', ')}; one kind for each file`];
    const hosts = objectsOf(tree, path).map((object) => object.metadata.name);
    const one = new Set(hosts).size === 1 && posix.basename(path, '.yaml') === hosts[0];
    return (one && kinds.join() === 'VirtualService,DestinationRule') || kinds.join() === 'RequestAuthentication,Secret'
      ? []
      : [`${path} contains more than one host's routes and subsets`];
  });
  return [...long, ...crowded];
}

const NAMES: Record<string, string> = {
  'account.yaml': 'ServiceAccount',
  'service.yaml': 'Service',
  'deployment.yaml': 'Deployment',
  'statefulset.yaml': 'StatefulSet',
  'v1.yaml': 'Deployment',
  'v2.yaml': 'Deployment',
};

/** In k8s/base a file's name says its kind. */
export function namesMatchKinds(tree: Tree): string[] {
  return manifests(tree, 'k8s/base/').flatMap((path) => {
    const named = NAMES[posix.basename(path)];
    const kind = objectsOf(tree, path)[0]?.kind;
    return named === undefined || named === kind ? [] : [`${path} should contain a ${named}, not a ${kind}`];
  });
}

/** Every file is listed in exactly one kustomization, and every listed file exists. Lessons are not listed: they are applied one by one. */
export function filesAreListed(tree: Tree): string[] {
  const listed = [...tree.files.keys()]
    .filter(isKustomization)
    .flatMap((path) => resourcesOf(tree, path).map((entry) => posix.join(posix.dirname(path), entry)));
  const isFolder = (path: string) => tree.files.has(`${path}/kustomization.yaml`);
  const missing = listed
    .filter((path) => !tree.files.has(path) && !isFolder(path))
    .map((path) => `${path} is listed, but does not exist`);
  const placed = [...manifests(tree, 'k8s/'), ...manifests(tree, 'istio/base/')].flatMap((path) => {
    const times = listed.filter((entry) => entry === path).length;
    return times === 1 ? [] : [`${path} is listed in ${times} kustomizations, not in one`];
  });
  return [...missing, ...placed];
}

function resourcesOf(tree: Tree, path: string): string[] {
  const [document] = parseYaml(path, tree.files.get(path) ?? '');
  return (document?.value as { resources?: string[] } | undefined)?.resources ?? [];
}

const MAY_NAME_IT = ['k8s/base', 'istio/base', 'k8s/overlays/local/demo'].map(
  (folder) => `${folder}/kustomization.yaml`,
);

/** The same files work in every namespace, so only three kustomizations name the shop's namespace. */
export function namespaceIsNamedOnce(tree: Tree): string[] {
  const named = [...tree.files].flatMap(([path, text]) => {
    if (MAY_NAME_IT.includes(path))
      return text.includes('\nnamespace: shop') ? [] : [`${path} should say "namespace: shop"`];
    return text
      .split('\n')
      .flatMap((line, index) =>
        /namespace: ["']?shop\b|\.shop(\.svc|:|\/|["']|\s*$)/.test(line)
          ? [`${path}:${index + 1} names the namespace shop`]
          : [],
      );
  });
  const own = manifests(tree).flatMap((path) =>
    objectsOf(tree, path)
      .filter(
        ({ metadata }) => metadata.namespace !== undefined && !['shop', 'istio-system'].includes(metadata.namespace),
      )
      .map(({ kind, metadata }) => `${path}: ${kind} ${metadata.name} names the namespace ${metadata.namespace}`),
  );
  return [...named, ...own];
}
