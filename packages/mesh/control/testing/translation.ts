import type { Endpoints } from '../../envoy/endpoints.ts';
import type { Resource } from '../../manifests/resource.ts';
import type { Mesh } from '../../model/mesh.ts';
import type { Workload } from '../../model/workloads/workload.ts';
import type { Translation } from '../plane.ts';
import { cluster, endpoints as assignment } from './resources.ts';

/** Resources with a name only. */
export const applied = (...names: string[]) => names.map((name) => ({ metadata: { name } }) as Resource);

/** A translation that records its calls: each object is a workload, and a cluster of every workload; `nonsense` throws. */
export function noteTranslation(calls: string[]): Translation {
  // As in the real one: the same object as long as nothing about it changes.
  const known = new Map<number, ReturnType<typeof assignment>>();
  function assigned(count: number) {
    const one = known.get(count) ?? assignment('a', String(count));
    known.set(count, one);
    return one;
  }
  return {
    createMesh(resources) {
      calls.push('mesh');
      const names = resources.map(({ metadata }) => metadata.name);
      if (names.includes('nonsense')) throw new Error('nonsense means nothing');
      const workloads = names.map((name) => ({
        kind: 'Deployment',
        namespace: 'shop',
        name,
        identity: `spiffe://cluster.local/${name.replace(/-v\d$/, '')}`,
      }));
      return { workloads, withProxy: (workload: Workload) => workload } as unknown as Mesh;
    },
    translate(mesh, { name }) {
      calls.push(`translate ${name}`);
      return { listeners: [], routes: [], clusters: mesh.workloads.map((workload) => cluster(workload.name)) };
    },
    assignments(_mesh, { name }, endpoints) {
      calls.push(`assignments ${name}`);
      return [assigned(endpoints({} as Parameters<Endpoints>[0], 80).length)];
    },
  };
}
