import { isAbsolute, join } from 'node:path';
import { createCommand } from '../command.ts';
import type { Command, Flag } from '../command.ts';
import { Failure } from '../failure.ts';
import { createKubectl } from '../kubectl.ts';
import { ROOT } from '../mesh-config.ts';
import { isWorkload } from '../objects.ts';
import type { List, Other } from '../objects.ts';
import { allReady } from '../rollout.ts';
import { checkSidecars } from '../sidecars.ts';
import type { Terminal } from '../terminal.ts';
import { preflight } from './preflight.ts';

export const OVERLAY = 'k8s/overlays/local';

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

async function deploy(terminal: Terminal, kustomize: string, timeout: number): Promise<void> {
  const kubectl = createKubectl(terminal);
  const folder = folderOf(kustomize);
  const applied = await kubectl.must(['apply', '-k', folder], { mend: 'npm run k8s:preflight' });
  terminal.out(`${summary(applied)}\n`);

  const { items } = await kubectl.json<List<Other>>('get', '-k', folder);
  const namespace = items.find(({ kind }) => kind === 'Namespace')?.metadata.name;
  if (namespace === undefined)
    throw new Failure(`${kustomize} has no Namespace.`, `npm run k8s:deploy -- -k ${OVERLAY}`);
  await allReady(items.filter(isWorkload), { kubectl, terminal, timeout });
  terminal.out(`${await checkSidecars(kubectl, namespace)}\n`);

  await kubectl.must(['config', 'set-context', '--current', `--namespace=${namespace}`], {
    mend: `kubectl config set-context --current --namespace=${namespace}`,
  });
  terminal.out(`kubectl's current namespace is now ${namespace}: lessons need no -n.\n`);
  terminal.out(`The way in: kubectl port-forward service/gateway 8080:80   and then http://localhost:8080\n`);
}

/** The folder as kubectl is to find it; what is named relative is the repository's. */
export function folderOf(kustomize: string): string {
  return isAbsolute(kustomize) ? kustomize : join(ROOT, kustomize);
}

/** "50 objects: 48 created, 2 unchanged" of kubectl's one line an object. */
function summary(applied: string): string {
  const lines = applied.split('\n').filter((line) => line.trim() !== '');
  const counts = new Map<string, number>();
  for (const line of lines) {
    const done = line.slice(line.lastIndexOf(' ') + 1);
    counts.set(done, (counts.get(done) ?? 0) + 1);
  }
  return `${lines.length} objects: ${[...counts].map(([done, count]) => `${count} ${done}`).join(', ')}`;
}
