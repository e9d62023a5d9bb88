import type { Bench, Context, Findings } from './bench.ts';
import { openCluster } from './cluster.ts';
import { type Measure, ratios } from './measure.ts';
import { mebibytes, partsOf } from './parts.ts';

const LOOKS = 5;

/** The memory of the same shop on Kubernetes with Istio, beside that of the local one. */
export const CLUSTER: Bench = { name: 'cluster', title: 'Memory beside Kubernetes with Istio', run };

async function run({ shops, say }: Context): Promise<Findings> {
  const cluster = await openCluster();
  if (!cluster) return { measures: [], notes: ['Not measured, because KUBECONFIG names no cluster.'] };
  const shop = await shops.running('meshed');
  const [there, here]: [Awaited<ReturnType<typeof cluster.memory>>[], number[]] = [[], []];
  for (let look = 0; look < LOOKS; look++) {
    say(`look ${look + 1} of ${LOOKS}`);
    there.push(await cluster.memory());
    here.push(mebibytes(partsOf(shop).all.pss));
  }
  const sums = there.map(({ apps, sidecars, istiod }) => apps + sidecars + istiod);
  const of = (part: 'apps' | 'sidecars' | 'istiod'): Measure => ({
    what: `– of it ${part}`,
    unit: 'MiB',
    values: there.map((one) => one[part]),
  });
  return {
    measures: [
      { what: 'Kubernetes with Istio', unit: 'MiB', values: sums },
      of('apps'),
      of('sidecars'),
      of('istiod'),
      { what: 'the local shop', unit: 'MiB', values: here },
      ratios('Kubernetes with Istio / the local shop', sums, here),
    ],
    notes: [
      "There, the working sets that the kubelets count for the shop's containers, Jaeger's and istiod's: the cluster's own programs (API server, etcd, kubelet, container runtime) are not in it. Here, the PSS of everything.",
    ],
  };
}
