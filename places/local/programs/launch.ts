import { join } from 'node:path';
import { FRUGAL } from '../../../setup/allocator.mjs';
import { processEnvironment } from '../config.ts';
import { asKind, secretData } from '../../../packages/mesh/manifests/kinds/typed.ts';
import type { Store } from '../../../packages/mesh/control/store.ts';
import { ContainerConfigError, type Data, resolveEnv } from './env.ts';
import { type Guard, watchOver } from '../processes/guard.ts';
import { ROOT, type Row, programFor } from './images.ts';
import { type FindPod, runIngress } from '../network/ingress.ts';
import { logPath, openLog } from '../processes/log-file.ts';
import type { Network } from '../network/network.ts';
import type { Pod } from '../pods/pod.ts';
import { runPostgres } from '../postgres/run-postgres.ts';
import { type Running, startProcess } from '../processes/process.ts';

export interface LaunchOptions {
  store: Store;
  guard: Guard;
  /** The runner's folder. */
  state: string;
  findPod: FindPod;
  images: readonly Row[];
  network: Network;
}

const CAPTURE = join(ROOT, 'places/local/network/capture.cjs');

/** Starts the program that plays a pod's image, with the environment that its manifest gives. */
export function createLauncher({ store, guard, state, findPod, images, network }: LaunchOptions) {
  /** The environment of a pod's process: what the manifest says, and the capture. */
  function podEnv(pod: Pod): Record<string, string> {
    const own = resolveEnv(pod.template.spec.containers[0]!, pod, dataOf(store, pod.namespace));
    const ports = [...pod.ports].map(([inside, outside]) => `${inside}:${outside}`).join(',');
    const capture = {
      TUESDAY_ENDPOINTS: network.fileOf(pod),
      TUESDAY_NAMESPACE: pod.namespace,
      TUESDAY_PORTS: ports,
      NODE_OPTIONS: [`--require=${JSON.stringify(CAPTURE)}`, own['NODE_OPTIONS']].filter(Boolean).join(' '),
    };
    const compiled = { NODE_COMPILE_CACHE: join(ROOT, '.tuesday/compile-cache') };
    return { ...inherited(), ...FRUGAL, ...compiled, ...own, ...capture };
  }

  async function launch(pod: Pod, life: number): Promise<Running> {
    const container = pod.template.spec.containers[0]!;
    const program = programFor(pod.template, images);
    if (!program)
      throw new ContainerConfigError(
        `the image ${container.image} is not in the table of places/local/programs/images.ts`,
      );
    if (pod.proxy?.kind === 'gateway') return pod.proxy.launch(life);
    if (program.kind === 'gateway') return runIngress({ ports: [...pod.ports.values()], findPod });
    const log = logPath(join(state, 'logs'), pod.name, life);
    if (program.kind === 'postgres') {
      const data = dataOf(store, pod.namespace);
      const env = resolveEnv(container, pod, data);
      return runPostgres({
        name: pod.name,
        template: pod.template,
        env,
        port: pod.ports.get(5432)!,
        log,
        claims: join(state, 'data', pod.namespace),
        data,
        guard,
      });
    }
    // As in Kubernetes: `command` stands for what the image would run, and `args` follow either.
    const args = [...(container.command?.slice(1) ?? program.args), ...(container.args ?? [])];
    const running = startProcess({ file: process.execPath, args, env: podEnv(pod), cwd: ROOT }, openLog(log));
    watchOver(guard, running);
    return running;
  }

  return { launch, podEnv };
}

/** The runner's own environment, less what belongs to it alone. */
function inherited(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS'];
  const surroundings = processEnvironment();
  return Object.fromEntries(
    kept.flatMap((name) => (surroundings[name] === undefined ? [] : [[name, surroundings[name]]])),
  );
}

function dataOf(store: Store, namespace: string): Data {
  return (kind, name) => {
    const resource = store.get({ kind, namespace, name });
    if (!resource) return undefined;
    return kind === 'Secret' ? secretData(resource) : asKind(resource, 'ConfigMap').data;
  };
}
