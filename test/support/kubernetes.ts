import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { placeCallers, probeFrom, removeCallers } from './kubernetes/callers.ts';
import { queryInPod } from './kubernetes/database.ts';
import { gatewayUrl } from './kubernetes/gateway.ts';
import { NAMESPACE, forward, kubectl } from './kubernetes/kubectl.ts';
import { killContainer, logsOf, podObjects, stateOf } from './kubernetes/pods.ts';
import { type Sync, openSync } from './kubernetes/sync.ts';
import { askAt, tracesBy } from './jaeger.ts';
import { runProgram } from './program.ts';
import type { Shop } from './shop.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What lessons change: after a test, whatever the base does not have of these is deleted. */
const LESSON_KINDS = [
  ...['virtualservices', 'destinationrules', 'gateways', 'serviceentries'].map((kind) => `${kind}.networking.istio.io`),
  ...['peerauthentications', 'authorizationpolicies'].map((kind) => `${kind}.security.istio.io`),
  'telemetries.telemetry.istio.io',
];

/**
 * The shop on the cluster that KUBECONFIG names: applied if it is not there, brought back to its base if it is, and left
 * running for the next file. Throws when a pod is not ready within five minutes.
 */
export async function startKubernetesShop(): Promise<Shop> {
  const sync = await openSync();
  try {
    return await open(sync);
  } catch (error) {
    sync.stop(); // or its port-forward would keep the run from ending
    throw error;
  }
}

async function open(sync: Sync): Promise<Shop> {
  const reset = () => sync.after(resetToBase);
  await runProgram('kubectl', ['apply', '-k', `${ROOT}/k8s/overlays/local`]);
  await reset();
  await allReady();
  const jaeger = await forward('deploy/jaeger', 16686, 'istio-system');
  const inForce = (verb: string, files: readonly string[]) =>
    sync.after(async () => {
      const printed: string[] = [];
      for (const file of files)
        printed.push(await runProgram('kubectl', [verb, '-f', file, ...(await namespaceFor(file))]));
      return printed.join('');
    });
  return {
    url: await gatewayUrl(),
    apply: (...files) => inForce('apply', files),
    delete: (...files) => inForce('delete', files),
    reset,
    pods: async () => (await podObjects()).map(stateOf),
    kill: killContainer,
    command: (...words) => kubectl(words),
    sql: queryInPod,
    logs: logsOf,
    callers: {
      place: (...callers) => placeCallers(callers),
      remove: (...callers) => removeCallers(callers),
      probe: probeFrom,
    },
    traces: tracesBy(askAt(jaeger.url)),
    [Symbol.asyncDispose]: async () => {
      jaeger.stop();
      await reset();
      sync.stop();
    },
  };
}

/** Most files leave the namespace to whoever applies them; what holds for the whole mesh says istio-system itself. */
const namespaceFor = async (file: string) =>
  /namespace: istio-system/.test(await readFile(file, 'utf8')) ? [] : ['-n', NAMESPACE];

/** Lessons change nothing but Istio's objects. Gives what kubectl printed. */
async function resetToBase(): Promise<string> {
  const lines = (printed: string) => printed.split('\n').filter(Boolean);
  const printed = [await runProgram('kubectl', ['apply', '-k', `${ROOT}/istio/base`])];
  const base = new Set(lines(printed[0]!).map((line) => line.split(' ')[0]));
  const there = lines(await kubectl(['get', LESSON_KINDS.join(','), '-o', 'name']));
  for (const name of there) if (!base.has(name)) printed.push(await kubectl(['delete', name]));
  return printed.join('');
}

async function allReady(): Promise<void> {
  const until = Date.now() + 300_000;
  for (;;) {
    const pods = (await podObjects()).map(stateOf);
    if (pods.length >= 9 && pods.every(({ ready }) => ready)) return;
    if (Date.now() > until)
      throw new Error(
        `Not ready within five minutes: ${pods
          .filter(({ ready }) => !ready)
          .map(({ name }) => name)
          .join(', ')}`,
      );
    await wait(500);
  }
}
