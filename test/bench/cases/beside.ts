import type { Bench, Context, Findings } from '../bench.ts';
import { type Cluster, openCluster } from '../cluster.ts';
import { CANARY } from '../follow.ts';
import { type Measure, ratios } from '../measure.ts';
import { mebibytes, partsOf } from '../parts.ts';
import type { RunningShop } from '../shops.ts';
import { type Way, applyWay, empty, followedBy, measureWays, untilItEnds } from '../ways.ts';

const LOOKS = 5;

/** The same shop on Kubernetes with Istio, beside the local one: memory, and from a change to traffic. */
export const BESIDE: Bench = { name: 'cluster', title: 'Beside Kubernetes with Istio', run };

async function run({ size, random, shops, say }: Context): Promise<Findings> {
  const cluster = await openCluster();
  if (!cluster) return { measures: [], notes: ['Not measured, because KUBECONFIG names no cluster.'] };
  const shop = await shops.running('meshed');
  const memory = await memoryOf(shop, cluster, say);
  const [here, there] = [applyWay(shop), clusterWay(cluster)];
  const notes = await measureWays([here, there], { pairs: size.changePairs, random, say });
  return {
    measures: [
      followedBy(there),
      untilItEnds(there),
      followedBy(here),
      untilItEnds(here),
      ratios('kubectl apply → traffic / tuesday apply → traffic', there.followed, here.followed),
      ...memory,
    ],
    notes: [...notes, MEMORY],
  };
}

const MEMORY =
  "Memory there: the working sets that the kubelets count for the shop's containers, Jaeger's and istiod's; the cluster's own programs (API server, etcd, kubelet, container runtime) are not in it. Here: the PSS of everything.";

function clusterWay({ url, apply }: Cluster): Way {
  const change: Way['change'] = (version) => apply(CANARY[version]);
  return { ...empty(), what: 'kubectl apply, Kubernetes with Istio', url, every: 1, rest: 1_000, change, undo: apply };
}

async function memoryOf(shop: RunningShop, cluster: Cluster, say: Context['say']): Promise<Measure[]> {
  const [there, here]: [Awaited<ReturnType<Cluster['memory']>>[], number[]] = [[], []];
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
  return [
    { what: 'memory, Kubernetes with Istio', unit: 'MiB', values: sums },
    of('apps'),
    of('sidecars'),
    of('istiod'),
    { what: 'memory, the local shop', unit: 'MiB', values: here },
    ratios('memory, Kubernetes with Istio / the local shop', sums, here),
  ];
}
