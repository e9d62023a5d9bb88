import { stringify } from 'yaml';
import { IDLE, type Place, newNamespaces, placeOf } from '../callers.ts';
import { PROBE_PROGRAM } from '../probe.ts';
import type { Shop } from '../shop.ts';

/** Runs `npx tuesday` with words and standard input, and gives what it printed. */
export type Tuesday = (words: readonly string[], input?: string) => Promise<string>;

/** The runner's pods all belong to workloads. */
function manifest({ name, namespace, account, labels }: Place): object {
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

/** Callers in the network of a local shop. */
export function localCallers(tuesday: Tuesday): Shop['callers'] {
  return {
    async place(...callers) {
      const places = callers.map(placeOf);
      const documents = [...newNamespaces(places), ...places.map(manifest)].map((document) => stringify(document));
      await tuesday(['apply', '-f', '-'], documents.join('---\n'));
      for (const { name, namespace } of places)
        await tuesday(['rollout', 'status', `deployment/${name}`, '-n', namespace]);
    },
    async remove(...callers) {
      for (const { name, namespace } of callers.map(placeOf))
        await tuesday(['delete', 'deployment', name, '-n', namespace, '--ignore-not-found']);
    },
    async probe(caller, probes) {
      const { name, namespace } = placeOf(caller);
      const node = ['env', `PROBES=${JSON.stringify(probes)}`, 'node', '--input-type=module', '-'];
      return JSON.parse(await tuesday(['exec', `deployment/${name}`, '-n', namespace, '--', ...node], PROBE_PROGRAM));
    },
  };
}
