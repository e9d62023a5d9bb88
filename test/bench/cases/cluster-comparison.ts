import type { Bench, Context, Findings } from '../bench.ts';
import { type Cluster, openCluster } from '../cluster.ts';
import { CANARY } from '../follow.ts';
import { type Measure, ratios } from '../measure.ts';
import { mebibytes, partsOf } from '../parts.ts';
import type { RunningShop } from '../shops.ts';
import { type ChangeMethod, tuesdayApply, empty, trafficMeasure, measureChanges, commandMeasure } from '../methods.ts';

const SAMPLES = 5;

/** Compares the shop on Kubernetes with Istio and the local shop: memory, and the time from a change to traffic. */
export const CLUSTER_COMPARISON: Bench = { name: 'cluster', title: 'Compared with Kubernetes and Istio', run };

async function run({ size, random, shops, say }: Context): Promise<Findings> {
  const cluster = await openCluster();
  if (!cluster) return { measures: [], notes: ['Not measured, because KUBECONFIG names no cluster.'] };
  const shop = await shops.running('meshed');
  const memory = await memoryOf(shop, cluster, say);
  const [here, there] = [tuesdayApply(shop), kubectlApply(cluster)];
  const notes = await measureChanges([here, there], { pairs: size.changePairs, random, say });
  return {
    measures: [
      trafficMeasure(there),
      commandMeasure(there),
      trafficMeasure(here),
      commandMeasure(here),
      ratios('kubectl apply → traffic / tuesday apply → traffic', there.followed, here.followed),
      ...memory,
    ],
    notes: [...notes, MEMORY],
  };
}

const MEMORY =
  "Memory on the cluster: the kubelets' working sets of the shop's, Jaeger's and istiod's containers, without the cluster's own programs (API server, etcd, kubelet, container runtime). Memory of the local shop: the PSS of all its processes.";

function kubectlApply({ url, apply }: Cluster): ChangeMethod {
  const change: ChangeMethod['change'] = (version) => apply(CANARY[version]);
  return { ...empty(), what: 'kubectl apply, Kubernetes with Istio', url, every: 1, rest: 1_000, change, undo: apply };
}

async function memoryOf(shop: RunningShop, cluster: Cluster, say: Context['say']): Promise<Measure[]> {
  const [there, here]: [Awaited<ReturnType<Cluster['memory']>>[], number[]] = [[], []];
  for (let sample = 0; sample < SAMPLES; sample++) {
    say(`memory, sample ${sample + 1} of ${SAMPLES}`);
    there.push(await cluster.memory());
    here.push(mebibytes(partsOf(shop).all.pss));
  }
  const sums = there.map(({ apps, sidecars, istiod }) => apps + sidecars + istiod);
  const of = (part: 'apps' | 'sidecars' | 'istiod'): Measure => ({
    what: `– of it ${part}`,
    unit: 'MiB',
    values: there.map((one) => one[part]),
  });
  return [
    { what: 'memory, Kubernetes with Istio', unit: 'MiB', values: sums },
    of('apps'),
    of('sidecars'),
    of('istiod'),
    { what: 'memory, the local shop', unit: 'MiB', values: here },
    ratios('memory, Kubernetes with Istio / the local shop', sums, here),
  ];
}
