import { createKubectl } from '../kubectl/kubectl.ts';
import type { Terminal } from '../terminal.ts';
import { folderOf } from './deploy.ts';

/**
 * Deletes the objects of an overlay's folder and waits until they are deleted, 180 s at most. If kubectl's current
 * namespace is one of them, `default` becomes the current one. Throws Failure when kubectl fails or the time is over.
 */
export async function deleteOverlay(terminal: Terminal, kustomize: string): Promise<void> {
  const kubectl = createKubectl(terminal);
  const context = await kubectl.context();
  terminal.out(`Deleting from context ${context}; the pods are given 30 s to end.\n`);
  // Waits for the namespace: while it is terminating, the next deploy would fail.
  const deleted = await kubectl.must(
    ['delete', '-k', folderOf(kustomize), '--ignore-not-found', '--wait', '--timeout=180s'],
    {
      mend: 'kubectl get namespace   (one that is Terminating only needs time)',
    },
  );
  const lines = deleted.split('\n').filter((line) => line.trim() !== '');
  terminal.out(lines.length === 0 ? 'There was nothing to delete.\n' : `${lines.length} objects deleted.\n`);

  const namespace = await kubectl.must(['config', 'view', '--minify', '-o', 'jsonpath={..namespace}'], {
    mend: 'kubectl config set-context --current --namespace=default',
  });
  if (namespace === '' || !deleted.includes(`namespace "${namespace}" deleted`)) return;
  await kubectl.must(['config', 'set-context', '--current', '--namespace=default'], {
    mend: 'kubectl config set-context --current --namespace=default',
  });
  terminal.out(`kubectl's current namespace was ${namespace} and is now default.\n`);
}
