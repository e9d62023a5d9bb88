import { createCommand } from '../command.ts';
import type { Command } from '../command.ts';
import { CHECKS } from '../checks/all.ts';
import type { Check } from '../checks/check.ts';
import { reachable } from '../checks/reachable.ts';
import { Failure } from '../failure.ts';
import { createKubectl } from '../kubectl.ts';
import type { Kubectl } from '../kubectl.ts';
import type { Terminal } from '../terminal.ts';

/** `k8s:preflight`: whether a cluster has what the shop needs. It looks, and changes nothing. */
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

/** Prints a line for every check. Throws Failure if any of them failed, and at once if there is no cluster to look at. */
export async function preflight(terminal: Terminal): Promise<void> {
  const kubectl = createKubectl(terminal);
  const told = (title: string, mark: string, text: string) => terminal.out(`${mark} ${title.padEnd(10)} ${text}\n`);
  told(reachable.title, '✓', await reachable.look(kubectl));
  const failures: Failure[] = [];
  for (const check of CHECKS) {
    const found = await look(check, kubectl);
    if (found instanceof Failure) failures.push(found);
    told(check.title, found instanceof Failure ? '✗' : '✓', found instanceof Failure ? found.message : found);
  }
  const [first] = failures;
  if (first !== undefined)
    throw new Failure(`The cluster is not ready: ${failures.length} of ${CHECKS.length} checks failed.`, first.mend);
}

async function look(check: Check, kubectl: Kubectl): Promise<string | Failure> {
  try {
    return await check.look(kubectl);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
