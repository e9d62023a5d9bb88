import { type CallerPod, type Callers, IDLE, callerManifests, callerPod, probeCommand } from '../../callers.ts';
import { PROBE_PROGRAM } from '../../probe.ts';

/** Runs `npx tuesday` with words and standard input, and gives what it printed. */
export type Tuesday = (words: readonly string[], input?: string) => Promise<string>;

/** A Deployment, because all pods of the runner belong to workloads. */
function manifest({ name, namespace, account, labels }: CallerPod): object {
  const template = {
    metadata: { labels: { caller: name, ...labels } },
    spec: {
      serviceAccountName: account,
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'caller', ...IDLE }],
    },
  };
  const spec = { selector: { matchLabels: { caller: name } }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec };
}

/** Callers of a local shop: one Deployment each. */
export function localCallers(tuesday: Tuesday): Callers {
  return {
    async start(...callers) {
      const pods = callers.map(callerPod);
      await tuesday(['apply', '-f', '-'], callerManifests(pods, manifest));
      for (const { name, namespace } of pods)
        await tuesday(['rollout', 'status', `deployment/${name}`, '-n', namespace]);
    },
    async stop(...callers) {
      for (const { name, namespace } of callers.map(callerPod))
        await tuesday(['delete', 'deployment', name, '-n', namespace, '--ignore-not-found']);
    },
    async probe(caller, probes) {
      const { name, namespace } = callerPod(caller);
      const words = ['exec', `deployment/${name}`, '-n', namespace, '--', ...probeCommand(probes)];
      return JSON.parse(await tuesday(words, PROBE_PROGRAM));
    },
  };
}
