import { type CallerPod, type Callers, IDLE, callerManifests, callerPod, probeCommand } from '../../callers.ts';
import { type Outcome, PROBE_PROGRAM } from '../../probe.ts';
import type { Kubectl } from '../kubectl/kubectl.ts';

function manifest({ name, namespace, account, labels }: CallerPod): object {
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

/** Callers in a cluster: one pod each. Throws when a pod is not ready within two minutes. */
export function clusterCallers(kubectl: Kubectl): Callers {
  return {
    async start(...callers) {
      const pods = callers.map(callerPod);
      await kubectl.output(['apply', '-f', '-'], callerManifests(pods, manifest));
      for (const { name, namespace } of pods)
        await kubectl.output(['-n', namespace, 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=120s']);
    },
    async stop(...callers) {
      for (const { name, namespace } of callers.map(callerPod))
        await kubectl.output(['-n', namespace, 'delete', 'pod', name, '--ignore-not-found', '--now']);
    },
    async probe(caller, probes) {
      const { name, namespace } = callerPod(caller);
      const words = ['-n', namespace, 'exec', '-i', name, '-c', 'caller', '--', ...probeCommand(probes)];
      return JSON.parse(await kubectl.output(words, PROBE_PROGRAM)) as Outcome[];
    },
  };
}
