import { stringify } from 'yaml';
import { IDLE, type Place, newNamespaces, placeOf } from '../callers.ts';
import { type Outcome, PROBE_PROGRAM, type Probe } from '../probe.ts';
import { runProgram } from '../program.ts';
import type { Caller } from '../shop.ts';

function manifest({ name, namespace, account, labels }: Place): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { caller: name, ...labels } },
    spec: {
      serviceAccountName: account,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'caller', imagePullPolicy: 'IfNotPresent', ...IDLE }],
    },
  };
}

/** Puts the callers' pods into the cluster and waits until they are ready. */
export async function placeCallers(callers: readonly Caller[]): Promise<void> {
  const places = callers.map(placeOf);
  const documents = [...newNamespaces(places), ...places.map(manifest)].map((document) => stringify(document));
  await runProgram('kubectl', ['apply', '-f', '-'], { input: documents.join('---\n') });
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
  return JSON.parse(await runProgram('kubectl', words, { input: PROBE_PROGRAM })) as Outcome[];
}
