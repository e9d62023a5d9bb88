import { AS_WRITTEN } from '../../../packages/mesh/envoy/placement.ts';
import { join } from 'node:path';
import { translate } from '../../../packages/mesh/envoy/configuration.ts';
import { readKustomization } from '../../../packages/mesh/manifests/index.ts';
import type { Resource } from '../../../packages/mesh/manifests/resource.ts';
import { createMesh } from '../../../packages/mesh/model/create-mesh.ts';
import type { Mesh } from '../../../packages/mesh/model/mesh.ts';
import { readMeshConfig } from '../../../packages/mesh/manifests/mesh-config.ts';
import type { Bench, Context, Findings } from '../bench.ts';
import { manyServices } from './many-services.ts';
import type { Measure } from '../measure.ts';
import { ROOT } from '../shops.ts';

const COUNTS = [10, 100, 1_000];
/** Of a large mesh so many sidecars are translated, and the time shared out. */
const SAMPLE = 10;
/** Rounds that are not counted: the code is compiled while it runs. */
const WARM_UP = 3;
const config = readMeshConfig(join(ROOT, 'istio/mesh-config.yaml'));

/** How long it takes to make Envoy's configuration of YAML, in this process. */
export const TRANSLATION: Bench = { name: 'translation', title: 'From YAML to Envoy', run };

async function run({ size, say }: Context): Promise<Findings> {
  const rounds = size.translations + WARM_UP;
  const shop = Array.from({ length: rounds }, translateShop);
  const large = COUNTS.map((count) => ({
    count,
    resources: manyServices(count),
    times: [] as number[],
    models: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}, ${COUNTS.join(', ')} services`);
    for (const { resources, times, models } of large) {
      const began = performance.now();
      const mesh = createMesh(resources, config);
      models.push(performance.now() - began);
      times.push(timePerSidecar(mesh));
      await new Promise(setImmediate);
    }
  }
  const counted = <T>(values: readonly T[]) => values.slice(WARM_UP);
  const perSidecar = large.map(({ count, times }): Measure => ({
    what: `one sidecar of ${count} services`,
    unit: 'ms',
    values: counted(times),
  }));
  return {
    measures: [
      ...shopMeasures(counted(shop)),
      ...large.map(({ count, models }): Measure => ({
        what: `what ${count} services mean`,
        unit: 'ms',
        values: counted(models),
      })),
      ...perSidecar,
      ...COUNTS.slice(1).map((count, index) => growth(count, perSidecar[index + 1]!.values, perSidecar[index]!.values)),
    ],
    notes: [
      `Warm: ${WARM_UP} rounds before are not counted. The shop is k8s/overlays/local with all that it lists; a large mesh has two versions, a canary and a policy for each service, and ${SAMPLE} of its sidecars were translated.`,
      'Every sidecar knows every service, so its time grows with their number: growth is that time a service, against a mesh a tenth as large; 1 is linear.',
    ],
  };
}

/** One service's share of a sidecar's time, against that in a mesh a tenth as large: 1 where it grows as the mesh does. */
export function growth(count: number, times: readonly number[], before: readonly number[]): Measure {
  const values = times.map((time, round) => time / 10 / before[round]!);
  return { what: `growth to ${count} services`, unit: '×', values, budget: { at: 'median', limit: 1 } };
}

interface ShopTimes {
  read: number;
  decide: number;
  spell: number;
}

function translateShop(): ShopTimes {
  const began = performance.now();
  const resources: Resource[] = readKustomization(join(ROOT, 'k8s/overlays/local'), { namespace: 'shop' });
  const read = performance.now();
  const mesh = createMesh(resources, config);
  const decided = performance.now();
  for (const workload of mesh.workloads) translate(mesh, workload, AS_WRITTEN);
  return { read: read - began, decide: decided - read, spell: performance.now() - decided };
}

function shopMeasures(times: readonly ShopTimes[]): Measure[] {
  const total = times.map(({ read, decide, spell }) => read + decide + spell);
  return [
    { what: "all of the shop's YAML", unit: 'ms', values: total, budget: { at: 'median', limit: 50 } },
    { what: '– reading and checking it', unit: 'ms', values: times.map(({ read }) => read) },
    { what: '– what it means', unit: 'ms', values: times.map(({ decide }) => decide) },
    { what: '– as configuration of all its Envoys', unit: 'ms', values: times.map(({ spell }) => spell) },
  ];
}

function timePerSidecar(mesh: Mesh): number {
  const some = mesh.workloads.filter(({ proxy }) => proxy === 'sidecar').slice(0, SAMPLE);
  const began = performance.now();
  for (const workload of some) translate(mesh, workload, AS_WRITTEN);
  return (performance.now() - began) / some.length;
}
