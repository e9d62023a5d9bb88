import { AS_WRITTEN, translate } from '@tuesday/mesh/envoy';
import { join } from 'node:path';
import { type Resource, readKustomization, readMeshConfig } from '@tuesday/mesh/manifests';
import { type Mesh, createMesh } from '@tuesday/mesh/model';
import type { Bench, Context, Findings } from '../bench.ts';
import { manyServices } from './many-services.ts';
import type { Measure } from '../measure.ts';
import { ROOT } from '../shops.ts';

const COUNTS = [10, 100, 1_000];
/** The number of sidecars of a large mesh that are translated; the time is divided by it. */
const SAMPLE = 10;
/** Rounds that are not counted, in which the code is compiled. */
const WARM_UP = 3;
const config = readMeshConfig(join(ROOT, 'istio/mesh-config.yaml'));

/** Measures the translation from YAML to Envoy's configuration, in this process. */
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
      `${WARM_UP} rounds to warm up are not counted. The shop is k8s/overlays/local with everything that it lists; a large mesh has two versions, a canary and a policy for each service, and ${SAMPLE} of its sidecars were translated.`,
      'Every sidecar has the configuration of every service, so its time grows with their number. Growth compares the time per service with a mesh a tenth as large; 1 is linear.',
    ],
  };
}

/** The time of a sidecar per service, divided by that in a mesh a tenth as large: 1 where time grows like the mesh. */
export function growth(count: number, times: readonly number[], before: readonly number[]): Measure {
  const values = times.map((time, round) => time / 10 / before[round]!);
  return { what: `growth to ${count} services`, unit: '×', values, budget: { at: 'median', limit: 1 } };
}

interface ShopTimes {
  read: number;
  model: number;
  translate: number;
}

function translateShop(): ShopTimes {
  const began = performance.now();
  const resources: Resource[] = readKustomization(join(ROOT, 'k8s/overlays/local'), { namespace: 'shop' });
  const read = performance.now();
  const mesh = createMesh(resources, config);
  const modelled = performance.now();
  for (const workload of mesh.workloads) translate(mesh, workload, AS_WRITTEN);
  return { read: read - began, model: modelled - read, translate: performance.now() - modelled };
}

function shopMeasures(times: readonly ShopTimes[]): Measure[] {
  const total = times.map(({ read, model, translate: rest }) => read + model + rest);
  return [
    { what: "all of the shop's YAML", unit: 'ms', values: total, budget: { at: 'median', limit: 50 } },
    { what: '– reading and checking it', unit: 'ms', values: times.map(({ read }) => read) },
    { what: '– what it means', unit: 'ms', values: times.map(({ model }) => model) },
    { what: '– as configuration of all its Envoys', unit: 'ms', values: times.map((one) => one.translate) },
  ];
}

function timePerSidecar(mesh: Mesh): number {
  const some = mesh.workloads.filter(({ proxy }) => proxy === 'sidecar').slice(0, SAMPLE);
  const began = performance.now();
  for (const workload of some) translate(mesh, workload, AS_WRITTEN);
  return (performance.now() - began) / some.length;
}
