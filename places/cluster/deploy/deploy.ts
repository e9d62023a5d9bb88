import { isAbsolute, join } from 'node:path';
import { OVERLAY, ROOT } from '../../repository.ts';
import { Failure } from '../../failure.ts';
import { createKubectl } from '../kubectl/kubectl.ts';
import { isWorkload } from '../kubectl/objects.ts';
import type { List, KubeObject } from '../kubectl/objects.ts';
import type { Terminal } from '../terminal.ts';
import { waitForWorkloads } from './rollout.ts';
import { checkSidecars } from './sidecars.ts';

/**
 * Applies an overlay, waits until its workloads serve, checks that every pod has its sidecar, and makes the overlay's
 * namespace the current one. `timeout` is in milliseconds. Throws Failure when one of these steps fails.
 */
export async function deploy(terminal: Terminal, kustomize: string, timeout: number): Promise<void> {
  const kubectl = createKubectl(terminal);
  const folder = folderOf(kustomize);
  const applied = await kubectl.must(['apply', '-k', folder], { mend: 'npm run k8s:preflight' });
  terminal.out(`${summary(applied)}\n`);

  const { items } = await kubectl.json<List<KubeObject>>('get', '-k', folder);
  const namespace = items.find(({ kind }) => kind === 'Namespace')?.metadata.name;
  if (namespace === undefined)
    throw new Failure(`${kustomize} has no Namespace.`, `npm run k8s:deploy -- -k ${OVERLAY}`);
  await waitForWorkloads(items.filter(isWorkload), { kubectl, terminal, timeout });
  terminal.out(`${await checkSidecars(kubectl, namespace)}\n`);

  await kubectl.must(['config', 'set-context', '--current', `--namespace=${namespace}`], {
    mend: `kubectl config set-context --current --namespace=${namespace}`,
  });
  terminal.out(`kubectl's current namespace is now ${namespace}: lessons need no -n.\n`);
  terminal.out(`The way in: kubectl port-forward service/gateway 8080:80   and then http://localhost:8080\n`);
}

/** The absolute path of an overlay's folder; a relative one starts in the repository. */
export function folderOf(kustomize: string): string {
  return isAbsolute(kustomize) ? kustomize : join(ROOT, kustomize);
}

/** "50 objects: 48 created, 2 unchanged", from kubectl's output: one line for each object. */
function summary(applied: string): string {
  const lines = applied.split('\n').filter((line) => line.trim() !== '');
  const counts = new Map<string, number>();
  for (const line of lines) {
    const done = line.slice(line.lastIndexOf(' ') + 1);
    counts.set(done, (counts.get(done) ?? 0) + 1);
  }
  return `${lines.length} objects: ${[...counts].map(([done, count]) => `${count} ${done}`).join(', ')}`;
}
