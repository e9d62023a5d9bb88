import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseYaml, readKustomization } from '@tuesday/mesh/manifests';
import type { Tree } from './tree.ts';

/** An object as kubectl would apply it. */
export interface Built {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  spec?: Record<string, unknown>;
}

/** Objects by kind, namespace and name. */
export type Objects = ReadonlyMap<string, Built>;

/** The kubectl to use: that of KUBECTL, or the one on PATH; undefined where there is none. */
export function findKubectl(env: Record<string, string | undefined> = process.env): string | undefined {
  const command = env['KUBECTL'] ?? 'kubectl';
  return spawnSync(command, ['version', '--client'], { stdio: 'ignore' }).status === 0 ? command : undefined;
}

/** Writes the tree into a temporary folder for `read`. */
function onDisk<T>(tree: Tree, read: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-manifests-'));
  try {
    for (const [path, text] of tree.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return read(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const known = new WeakMap<Tree, Map<string, Objects>>();

/** The output of `kubectl kustomize k8s/overlays/NAME`; throws with kubectl's message if it fails. */
export function built(tree: Tree, overlay: string): Objects {
  const before = known.get(tree)?.get(overlay);
  if (before !== undefined) return before;
  const text = onDisk(tree, (folder) =>
    execFileSync(findKubectl() ?? 'kubectl', ['kustomize', join(folder, 'k8s/overlays', overlay)], {
      encoding: 'utf8',
      stdio: 'pipe',
    }),
  );
  const objects = byName(parseYaml(`overlays/${overlay}`, text).map(({ value }) => value as Built));
  known.set(tree, new Map(known.get(tree)).set(overlay, objects));
  return objects;
}

/** The objects that the local runner loads from the same folder. */
export function loaded(tree: Tree, overlay: string): Objects {
  return onDisk(tree, (folder) =>
    byName(
      readKustomization(join(folder, 'k8s/overlays', overlay), { namespace: 'shop' }).map(
        ({ body }) => body as unknown as Built,
      ),
    ),
  );
}

function byName(objects: readonly Built[]): Objects {
  return new Map(
    objects.map((object) => [`${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object]),
  );
}
