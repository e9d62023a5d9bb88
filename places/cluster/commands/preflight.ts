import { createCommand } from '../command.ts';
import type { Command } from '../command.ts';
import { preflight } from '../preflight/preflight.ts';
import type { Terminal } from '../terminal.ts';

/** `k8s:preflight`: whether a cluster has what the shop needs. */
export function preflightCommand(terminal: Terminal): Command {
  return createCommand({
    script: 'k8s:preflight',
    description: 'Says whether the current cluster has what the shop needs, and what mends it if not. Changes nothing.',
    examples: [
      ['npm run k8s:preflight', 'the cluster of the current context'],
      ['KUBECONFIG=other.yaml npm run k8s:preflight', 'another one'],
    ],
    action: async () => {
      await preflight(terminal);
      terminal.out('Ready for the shop: npm run k8s:deploy\n');
    },
  });
}
