import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { askAt } from '../../http.ts';
import type { Place, PlaceOptions } from '../../place.ts';
import { NAMESPACE, OVERLAY, ROOT } from '../../repository.ts';
import { jaegerFrom, tracesFrom } from '../../traces.ts';
import { forward } from '../kubectl/forward.ts';
import { type Kubectl, createKubectl } from '../kubectl/kubectl.ts';
import { clusterCallers } from './callers.ts';
import { gatewayUrl } from './gateway.ts';
import { killContainer, logsOf, metricsOf, podObjects, stateOf } from './pods.ts';
import { type Kubectls, namesIn, resetToBase } from './reset.ts';
import { sqlInPod } from './sql.ts';
import { type Sync, openSync } from './sync.ts';

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
  const base = namesIn(await cluster.output(['apply', '-k', join(ROOT, OVERLAY)]));
  const reset = () => sync.applyAndWait(() => resetToBase({ cluster, shop }, base));
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
    traces: tracesFrom(jaegerFrom(jaeger.read)),
    [Symbol.asyncDispose]: async () => {
      jaeger.stop();
      await reset();
      sync.stop();
    },
  };
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
