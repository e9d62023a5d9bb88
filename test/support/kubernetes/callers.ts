import { stringify } from 'yaml';
import { type Outcome, PROBE_PROGRAM, type Probe } from '../probe.ts';
import type { Caller } from '../shop.ts';
import { NAMESPACE, runProgram } from './kubectl.ts';

/** A namespace that nobody labelled for injection. */
const OUTSIDE = 'outside-the-mesh';

interface Place {
  name: string;
  namespace: string;
  account: string;
  labels: Record<string, string>;
}

function placeOf(caller: Caller): Place {
  if (caller === 'uninjected namespace')
    return { name: 'caller-outside', namespace: OUTSIDE, account: 'default', labels: {} };
  if (caller === 'pod without sidecar') {
    const labels = { 'sidecar.istio.io/inject': 'false' };
    return { name: 'caller-plain', namespace: NAMESPACE, account: 'checkout', labels };
  }
  const { account } = caller;
  return { name: `caller-${account}`, namespace: NAMESPACE, account, labels: {} };
}

/** A pod that does nothing, from an image of the shop: what is asked in it comes from its identity. */
function manifest({ name, namespace, account, labels }: Place): object[] {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { caller: name, ...labels } },
    spec: {
      serviceAccountName: account,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'caller',
          image: 'tuesday.local/storefront:dev',
          imagePullPolicy: 'IfNotPresent',
          command: ['node', '-e', 'setInterval(() => undefined, 1e6)'],
        },
      ],
    },
  };
  const namespaces =
    namespace === NAMESPACE ? [] : [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }];
  return [...namespaces, pod];
}

/** Puts the callers' pods into the cluster and waits until they are ready. */
export async function placeCallers(callers: readonly Caller[]): Promise<void> {
  const places = callers.map(placeOf);
  const documents = places.flatMap(manifest).map((document) => stringify(document));
  await runProgram('kubectl', ['apply', '-f', '-'], documents.join('---\n'));
  for (const { name, namespace } of places)
    await runProgram('kubectl', ['-n', namespace, 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=120s']);
}

/** Takes them away again; none there is no fault. */
export async function removeCallers(callers: readonly Caller[]): Promise<void> {
  for (const { name, namespace } of callers.map(placeOf))
    await runProgram('kubectl', ['-n', namespace, 'delete', 'pod', name, '--ignore-not-found', '--now']);
}

/** Asks from within a caller's pod. */
export async function probeFrom(caller: Caller, probes: readonly Probe[]): Promise<Outcome[]> {
  const { name, namespace } = placeOf(caller);
  const node = ['env', `PROBES=${JSON.stringify(probes)}`, 'node', '--input-type=module', '-'];
  const words = ['-n', namespace, 'exec', '-i', name, '-c', 'caller', '--', ...node];
  return JSON.parse(await runProgram('kubectl', words, PROBE_PROGRAM)) as Outcome[];
}
