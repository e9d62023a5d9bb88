import { OVERLAY } from '../../repository.ts';
import { createCommand } from '../command.ts';
import type { Command, Flag } from '../command.ts';
import { Failure } from '../failure.ts';
import { deploy } from '../deploy/deploy.ts';
import { preflight } from '../preflight/preflight.ts';
import type { Terminal } from '../terminal.ts';

/** Which overlay is meant, in kubectl's letter. */
export const KUSTOMIZE: Flag = {
  type: 'string',
  short: 'k',
  value: '<folder>',
  help: `the overlay; ${OVERLAY} unless told`,
};

/** `k8s:deploy`: what `kubectl apply -k` does, and after it the waiting and looking that kubectl leaves to people. */
export function deployCommand(terminal: Terminal): Command {
  return createCommand({
    script: 'k8s:deploy',
    description:
      'Applies the shop to the current cluster, waits until it serves, checks that every pod got its sidecar,\nand makes its namespace the current one.',
    flags: {
      kustomize: KUSTOMIZE,
      timeout: { type: 'string', value: '<seconds>', help: 'how long to wait; 300 unless told' },
      'no-preflight': { type: 'boolean', help: 'do not look at the cluster before' },
    },
    examples: [
      ['npm run k8s:deploy', 'the whole shop, with demo passwords and Jaeger'],
      ['npm run k8s:deploy -- -k k8s/overlays/workshop', 'in a namespace of one learner'],
      ['npm run k8s:deploy -- --timeout 600', 'on a slow machine'],
    ],
    action: async ({ text, given }) => {
      const timeout = milliseconds(text('timeout') ?? '300');
      if (!given('no-preflight')) await preflight(terminal);
      await deploy(terminal, text('kustomize') ?? OVERLAY, timeout);
    },
  });
}

function milliseconds(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text) * 1000;
  throw new Failure(`--timeout ${text} is no whole number of seconds.`, 'npm run k8s:deploy -- --help');
}
