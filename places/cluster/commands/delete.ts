import { createCommand } from '../command.ts';
import type { Command } from '../command.ts';
import { OVERLAY } from '../../repository.ts';
import { deleteOverlay } from '../deploy/delete.ts';
import type { Terminal } from '../terminal.ts';
import { KUSTOMIZE } from './deploy.ts';

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
    action: ({ text }) => deleteOverlay(terminal, text('kustomize') ?? OVERLAY),
  });
}
