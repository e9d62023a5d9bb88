import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { askAt } from '../../http.ts';
import type { Place, PlaceOptions } from '../../place.ts';
import { NAMESPACE, OVERLAY, ROOT } from '../../repository.ts';
import { jaegerAt, tracesFrom } from '../../traces.ts';
import { forward } from '../kubectl/forward.ts';
import { type Kubectl, createKubectl } from '../kubectl/kubectl.ts';
import { clusterCallers } from './callers.ts';
import { gatewayUrl } from './gateway.ts';
import { killContainer, logsOf, metricsOf, podObjects, stateOf } from './pods.ts';
import { sqlInPod } from './sql.ts';
import { type Sync, openSync } from './sync.ts';

/** The kinds that lessons change: `reset` deletes their objects that are not in the base. */
const LESSON_KINDS = [
  ...['virtualservices', 'destinationrules', 'gateways', 'serviceentries'].map((kind) => `${kind}.networking.istio.io`),
  ...['peerauthentications', 'authorizationpolicies'].map((kind) => `${kind}.security.istio.io`),
  'telemetries.telemetry.istio.io',
];

/** kubectl without a namespace, and in the shop's. */
interface Kubectls {
  cluster: Kubectl;
  shop: Kubectl;
}

/**
 * The shop on the cluster that KUBECONFIG names: it is applied and reset to its base, and keeps running in the end.
 * GATEWAY_URL is the address of its gateway, if the cluster does not know it. Throws when a pod is not ready within five
 * minutes.
 */
export async function startClusterPlace({ env }: PlaceOptions): Promise<Place> {
  const kubectls = { cluster: createKubectl({ env }), shop: createKubectl({ env, namespace: NAMESPACE }) };
  const sync = await openSync(kubectls.cluster);
  try {
    return await open(kubectls, sync, env['GATEWAY_URL']);
  } catch (error) {
    sync.stop(); // or its port-forward would keep this process from ending
    throw error;
  }
}

async function open({ cluster, shop }: Kubectls, sync: Sync, gateway: string | undefined): Promise<Place> {
  const reset = () => sync.applyAndWait(() => resetToBase({ cluster, shop }));
  await cluster.output(['apply', '-k', join(ROOT, OVERLAY)]);
  await reset();
  await waitForPods(shop);
  const url = await gatewayUrl(shop, gateway);
  const jaeger = await forward(cluster, 'deploy/jaeger', { port: 16_686, namespace: 'istio-system' });
  const inForce = (verb: string, files: readonly string[]) =>
    sync.applyAndWait(async () => {
      const printed: string[] = [];
      for (const file of files) printed.push(await (await kubectlFor(file)).output([verb, '-f', file]));
      return printed.join('');
    });
  /** Most files name no namespace, so that the user can choose it; objects for the whole mesh name istio-system. */
  const kubectlFor = async (file: string) =>
    /namespace: istio-system/.test(await readFile(file, 'utf8')) ? cluster : shop;
  return {
    url,
    ask: askAt(url),
    apply: (...files) => inForce('apply', files),
    delete: (...files) => inForce('delete', files),
    reset,
    pods: async () => (await podObjects(shop)).map(stateOf),
    kill: (pod) => killContainer(shop, pod),
    logs: (pod) => logsOf(shop, pod),
    metrics: (pod) => metricsOf(shop, pod),
    command: (...words) => shop.output(words),
    sql: sqlInPod(shop),
    callers: clusterCallers(cluster),
    traces: tracesFrom(jaegerAt(jaeger.url)),
    [Symbol.asyncDispose]: async () => {
      jaeger.stop();
      await reset();
      sync.stop();
    },
  };
}

/** Resets Istio's objects: lessons change no others. Gives kubectl's output. */
async function resetToBase({ cluster, shop }: Kubectls): Promise<string> {
  const lines = (printed: string) => printed.split('\n').filter(Boolean);
  const printed = [await cluster.output(['apply', '-k', join(ROOT, 'istio/base')])];
  const base = new Set(lines(printed[0]!).map((line) => line.split(' ')[0]));
  const there = lines(await shop.output(['get', LESSON_KINDS.join(','), '-o', 'name']));
  for (const name of there) if (!base.has(name)) printed.push(await shop.output(['delete', name]));
  return printed.join('');
}

async function waitForPods(shop: Kubectl): Promise<void> {
  const until = Date.now() + 300_000;
  for (;;) {
    const pods = (await podObjects(shop)).map(stateOf);
    if (pods.length >= 9 && pods.every(({ ready }) => ready)) return;
    const waiting = pods.filter(({ ready }) => !ready).map(({ name }) => name);
    if (Date.now() > until) throw new Error(`Not ready within five minutes: ${waiting.join(', ')}`);
    await wait(500);
  }
}
