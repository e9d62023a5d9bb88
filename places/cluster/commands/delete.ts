import { createCommand } from '../command.ts';
import type { Command } from '../command.ts';
import { createKubectl } from '../kubectl.ts';
import type { Terminal } from '../terminal.ts';
import { folderOf, KUSTOMIZE, OVERLAY } from './deploy.ts';

/** `k8s:delete`: the shop goes, with its namespace and everything in it; Istio stays. */
export function deleteCommand(terminal: Terminal): Command {
  return createCommand({
    script: 'k8s:delete',
    description:
      "Deletes the shop from the current cluster: its namespace with every order in it, and the overlay's Jaeger. Istio stays.",
    flags: { kustomize: KUSTOMIZE },
    examples: [
      ['npm run k8s:delete', 'the whole shop'],
      ['npm run k8s:delete -- -k k8s/overlays/workshop', "one learner's"],
    ],
    action: ({ text }) => remove(terminal, folderOf(text('kustomize') ?? OVERLAY)),
  });
}

async function remove(terminal: Terminal, folder: string): Promise<void> {
  const kubectl = createKubectl(terminal);
  const context = await kubectl.context();
  terminal.out(`Deleting from context ${context}; the pods are given 30 s to end.\n`);
  // No waiting for the namespace here would leave the next deploy to fail on one that is still going.
  const deleted = await kubectl.must(['delete', '-k', folder, '--ignore-not-found', '--wait', '--timeout=180s'], {
    mend: 'kubectl get namespace   (one that is Terminating only needs time)',
  });
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
