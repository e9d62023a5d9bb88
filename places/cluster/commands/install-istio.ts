import { createCommand } from '../command.ts';
import type { Command } from '../command.ts';
import { installIstio, ISTIO, printInstall } from '../istio/install.ts';
import type { Terminal } from '../terminal.ts';

/** `istio:install`: Istio by Helm, with pinned charts, istio/install/values.yaml and istio/mesh-config.yaml. Again is an upgrade. */
export function installIstioCommand(terminal: Terminal): Command {
  return createCommand({
    script: 'istio:install',
    description: `Installs Istio ${ISTIO} into the current cluster by Helm, with the shop's mesh configuration; again changes it.`,
    flags: { print: { type: 'boolean', help: 'print what would be run, and run nothing' } },
    examples: [
      ['npm run istio:install', 'Istio, or its new configuration'],
      ['npm run istio:install -- --print', 'the same by hand'],
    ],
    action: async ({ given }) => (given('print') ? printInstall(terminal) : installIstio(terminal)),
  });
}
