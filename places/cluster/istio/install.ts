import { join } from 'node:path';
import { ROOT } from '../../repository.ts';
import { Failure } from '../../failure.ts';
import { createKubectl } from '../kubectl/kubectl.ts';
import { createTool, sentence } from '../kubectl/tool.ts';
import type { Terminal } from '../terminal.ts';
import { readMeshConfig } from './mesh-config.ts';

/** Both charts, and the images that they name. Istio 1.31 supports Kubernetes 1.32 to 1.36. */
export const ISTIO = '1.31.0';

/** Where Istio publishes its charts since 1.31 (its upgrade notes). */
const CHARTS = 'oci://ghcr.io/istio/release/charts';

const COMMON = ['--version', ISTIO, '--namespace', 'istio-system', '--wait', '--timeout', '5m'];

/** Custom resource definitions first, then istiod with our configuration; `-` is standard input. */
function steps(): { args: string[]; stdin?: string }[] {
  const values = join(ROOT, 'istio/install/values.yaml');
  return [
    { args: ['upgrade', '--install', 'istio-base', `${CHARTS}/base`, ...COMMON, '--create-namespace'] },
    {
      args: ['upgrade', '--install', 'istiod', `${CHARTS}/istiod`, ...COMMON, '--values', values, '--values', '-'],
      stdin: JSON.stringify({ meshConfig: readMeshConfig() }),
    },
  ];
}

/** Prints the commands that installIstio would run, and runs nothing. */
export function printInstall(terminal: Terminal): void {
  for (const { args, stdin } of steps())
    terminal.out(`${stdin === undefined ? '' : `echo '${stdin}' | `}helm ${args.join(' ')}\n`);
}

/** Installs Istio into the current cluster, or upgrades it. Throws Failure when Helm is missing or refuses. */
export async function installIstio(terminal: Terminal): Promise<void> {
  const context = await createKubectl(terminal).context();
  const helm = createTool('helm', terminal);
  terminal.out(`Installing Istio ${ISTIO} into context ${context}; this takes a minute or two.\n`);
  for (const { args, stdin } of steps()) {
    const { code, stderr } = await helm.run(args, stdin);
    if (/invalid ownership metadata/.test(stderr))
      throw new Failure(
        'Istio is in this cluster already, and Helm did not put it there.',
        'istioctl uninstall --purge -y   (it takes every object of Istio away, then this again)',
      );
    if (code !== 0)
      throw new Failure(
        `helm could not install ${args[2]}: ${sentence(stderr)}`,
        'kubectl -n istio-system get pods   (it says who waits)',
      );
    terminal.out(`✓ ${args[2]}\n`);
  }
  terminal.out('Istio is there: npm run k8s:preflight\n');
}
