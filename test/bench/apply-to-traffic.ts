import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, Context, Findings } from './bench.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { BASE, CANARY, type Version, follows } from './follow.ts';
import { type Measure, ratios, summarize } from './measure.ts';
import { shuffled } from './random.ts';
import { openWatched } from './save.ts';
import type { RunningShop } from './shops.ts';

/** A way to change the canary. */
interface Way {
  what: string;
  url: string;
  /** Once in how many rounds. */
  every: number;
  /** Milliseconds of rest before each change, and as much again at random: istiod gathers changes, and so must not see two as one. */
  rest: number;
  change(version: Version): Promise<unknown>;
  budget?: NonNullable<Measure['budget']>;
  /** Milliseconds from the start of the change to the first answer that follows, and to the end of the command. */
  followed: number[];
  alone: number[];
}

/** From a change of weights to the first request that follows, by every way that there is. */
export const CHANGES: Bench = { name: 'changes', title: 'From a change to traffic that follows it', run };

async function run({ size, random, shops, say }: Context): Promise<Findings> {
  const shop = await shops.running('meshed');
  const cluster = await openCluster();
  const save = await openWatched(shop);
  const all = {
    ...localWays(shop),
    ...(save && { save: saveWay(shop, save) }),
    ...(cluster && { kubectl: clusterWay(cluster) }),
  };
  let failed = 0;
  for (let pair = 0; pair < size.changePairs; pair++)
    for (const way of shuffled(Object.values<Way>(all), random)) {
      if (pair % way.every) continue;
      say(`changes ${2 * pair + 1} and ${2 * pair + 2} of ${2 * size.changePairs}: ${way.what}`);
      // There and back, so that each way finds what it left.
      for (const version of ['v2', 'v1'] as const) {
        await wait(way.rest * (1 + random()));
        await measure(way, { version, failed: () => failed++ });
      }
    }
  await Promise.all([shop.tuesday('apply', '-f', BASE), cluster?.apply(BASE)]);
  const notes = [NOTE, `Of the requests that watched it, ${failed} were not answered 200.`];
  if (!save) notes.push('Save → traffic: not measured, because a saved file changes nothing here.');
  if (!cluster) notes.push('Kubernetes with Istio: not measured, because KUBECONFIG names no cluster.');
  return { measures: measuresOf(all), notes };
}

const NOTE =
  'A request asks again as soon as the one before is answered; time is counted from the start of the command, or of the save, to the end of the first answer that follows.';

async function measure(way: Way, { version, failed }: { version: Version; failed(): void }): Promise<void> {
  const began = performance.now();
  const command = way.change(version).then(() => way.alone.push(performance.now() - began));
  const [followed] = await Promise.all([follows(way.url, version, { failed }), command]);
  way.followed.push(followed - began);
}

function localWays({ url, tuesday, npx }: RunningShop): Record<'tuesday' | 'npx', Way> {
  const common = { url, rest: 100 };
  return {
    tuesday: {
      ...common,
      ...empty(),
      what: 'tuesday apply',
      every: 1,
      change: (version) => tuesday('apply', '-f', CANARY[version]),
      budget: { at: 'p95', limit: 300 },
    },
    npx: {
      ...common,
      ...empty(),
      what: 'npx tuesday apply',
      every: 10,
      change: (version) => npx('apply', '-f', CANARY[version]),
    },
  };
}

function saveWay({ url }: RunningShop, change: Way['change']): Way {
  return { what: 'a file saved', url, every: 1, rest: 100, change, budget: { at: 'p95', limit: 100 }, ...empty() };
}

function clusterWay({ url, apply }: Cluster): Way {
  const change = (version: Version) => apply(CANARY[version]);
  return { what: 'kubectl apply, Kubernetes with Istio', url, every: 1, rest: 1_000, change, ...empty() };
}

const empty = (): Pick<Way, 'followed' | 'alone'> => ({ followed: [], alone: [] });

function measuresOf({ tuesday, npx, save, kubectl }: { tuesday: Way; npx: Way; save?: Way; kubectl?: Way }): Measure[] {
  const followed = ({ what, followed: values, budget }: Way): Measure => ({
    what: `${what} → traffic`,
    unit: 'ms',
    values,
    ...(budget && { budget }),
  });
  const alone = ({ what, alone: values }: Way): Measure => ({ what: `– ${what} until it ends`, unit: 'ms', values });
  return [
    ...[tuesday, npx].flatMap((way) => [followed(way), alone(way)]),
    ...(save ? [followed(save)] : []),
    ...(kubectl
      ? [
          followed(kubectl),
          alone(kubectl),
          ratios('kubectl apply → traffic / tuesday apply → traffic', kubectl.followed, tuesday.followed),
        ]
      : []),
  ].filter(({ values }) => values.length > 0 && summarize(values).max > 0);
}
