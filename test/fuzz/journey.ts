import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { createStore } from '@tuesday/mesh/control';
import { AS_WRITTEN, encode, translate } from '@tuesday/mesh/envoy';
import { describePod, diagnose, summaryOf } from '@tuesday/mesh/explain';
import {
  findWarnings,
  readKustomization,
  readManifest,
  readMeshConfig,
  readText,
  type MeshConfig,
  type Resource,
} from '@tuesday/mesh/manifests';
import { createMesh } from '@tuesday/mesh/model';
import { OVERLAY, ROOT } from '../../places/repository.ts';

const NAMESPACE = { namespace: 'shop' };

/** What a saved file goes through in a running shop, up to what its Envoys would get. */
export interface Journey {
  /** Reads a file with this text in place of one of the repository. Throws what any step throws; says how far it came. */
  travel(file: string, text: string): 'kustomization' | 'objects';
  [Symbol.dispose](): void;
}

/** A journey that begins with the shop as it is applied. */
export function createJourney(): Journey {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const store = createStore();
  store.apply(readKustomization(join(ROOT, OVERLAY), NAMESPACE));
  const config = readMeshConfig(join(ROOT, 'istio/mesh-config.yaml'));

  function toEnvoys(objects: readonly Resource[], settings: MeshConfig): void {
    const { all } = store.prepare(objects);
    const mesh = createMesh(all, settings);
    findWarnings(all);
    diagnose(mesh);
    summaryOf(mesh);
    for (const workload of mesh.workloads) {
      describePod(mesh, workload);
      const { listeners, clusters, routes } = translate(mesh, workload, AS_WRITTEN);
      for (const one of [...listeners, ...clusters, ...routes]) encode(one);
    }
  }

  return {
    travel(file, text) {
      const path = join(folder, file);
      writeFileSync(path, text);
      if (file === 'kustomization.yaml') return (readKustomization(folder, NAMESPACE), 'kustomization');
      if (file === 'mesh-config.yaml') toEnvoys([], readMeshConfig(path));
      else toEnvoys(readText({ file: path, text: readManifest(path), ...NAMESPACE }), config);
      return 'objects';
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
