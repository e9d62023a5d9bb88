import { posix } from 'node:path';
import { applyPatch, type Operation } from 'rfc6902';
import { parseYaml } from '@tuesday/mesh/manifests';
import { type Built, loaded } from '../kustomize.ts';
import { type Tree, textOf } from '../tree.ts';
import { SKAFFOLD, parts } from './skaffold.ts';

interface Kustomization {
  resources: string[];
  patches?: { target: { kind: string; labelSelector?: string }; patch: string }[];
}

/**
 * What Skaffold applies of one of its paths, without kubectl: the objects that the local runner loads, with the JSON patches of
 * the kustomization. Throws for a folder that does not exist, and a sentence for an operation that finds nothing to change.
 */
function rendered(tree: Tree, path: string): Built[] {
  const file = `${path}/kustomization.yaml`;
  const { resources, patches } = parseYaml(file, textOf(tree, file))[0]!.value as Kustomization;
  if (patches === undefined) return [...loaded(tree, posix.basename(path)).values()];
  const objects = structuredClone(resources.flatMap((one) => rendered(tree, posix.join(path, one))));
  for (const { target, patch } of patches)
    for (const object of objects.filter((one) => isTarget(one, target))) {
      const operations = parseYaml(file, patch)[0]!.value as Operation[];
      const [failure] = applyPatch(object, operations).filter((error) => error !== null);
      if (failure) throw new Error(`${file}: ${object.metadata.name}: ${failure.message}`);
    }
  return objects;
}

/** A label selector of equalities, inequalities and names of labels that must be there: all that the overlays use. */
function isTarget(
  { kind, metadata: { labels = {} } }: Built,
  target: { kind: string; labelSelector?: string },
): boolean {
  const terms = target.labelSelector?.split(',') ?? [];
  return (
    kind === target.kind &&
    terms.every((term) => {
      const [, label = '', operator, value] = /^([^!=]+)(?:(!?=)(.*))?$/.exec(term) ?? [];
      if (operator === undefined) return label in labels;
      return (labels[label] === value) === (operator === '=');
    })
  );
}

/** Every profile renders, and each image of ours in it is one that the profile builds: Skaffold replaces only those. */
export function everyProfileRenders(tree: Tree): string[] {
  return parts(tree).flatMap(({ name, build, manifests }) => {
    const artifacts = (build?.artifacts ?? []).map(({ image }) => image);
    try {
      const objects = (manifests?.kustomize?.paths ?? []).flatMap((path) => rendered(tree, path));
      const images = [...JSON.stringify(objects).matchAll(/"image":"(tuesday\.local\/[^":]+)/g)].map(
        ([, image = '']) => image,
      );
      return [
        ...[...new Set(images)]
          .filter((image) => !artifacts.includes(image))
          .map((image) => `${SKAFFOLD}: ${name} applies ${image}, which it does not build`),
        ...artifacts
          .filter((image) => !images.includes(image))
          .map((image) => `${SKAFFOLD}: ${name} builds ${image}, which nothing that it applies runs`),
      ];
    } catch (error) {
      return [`${SKAFFOLD}: ${name} does not render: ${(error as Error).message}`];
    }
  });
}

/** The objects of `skaffold dev`, by name, to compare them with kubectl's. */
export function renderedOverlay(tree: Tree, overlay: string): Map<string, Built> {
  const objects = rendered(tree, `k8s/overlays/${overlay}`);
  return new Map(objects.map((one) => [`${one.kind} ${one.metadata.namespace ?? ''}/${one.metadata.name}`, one]));
}
