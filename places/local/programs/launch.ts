import { join } from 'node:path';
import { LOW_MEMORY_ENV } from '../../../setup/allocator.mjs';
import { processEnvironment } from '../config.ts';
import { asKind, secretData } from '@tuesday/mesh/manifests';
import type { Store } from '@tuesday/mesh/control';
import { ContainerConfigError, type DataReader, expand, resolveEnv } from './env.ts';
import { serviceEnv } from './service-env.ts';
import type { ServiceEndpoints } from '../network/endpoints.ts';
import { type Guard, guardProcess } from '../processes/guard.ts';
import { ROOT } from '../../repository.ts';
import { type ImageRow, programFor } from './image-table.ts';
import { type FindPod, runIngress } from '../network/ingress.ts';
import { logPath, openLog } from '../processes/log-file.ts';
import type { Network } from '../network/network.ts';
import type { Pod } from '../pods/pod.ts';
import { runPostgres } from '../postgres/run-postgres.ts';
import { type RunningProgram, startProcess } from '../processes/process.ts';

export interface LaunchOptions {
  store: Store;
  guard: Guard;
  /** The runner's state folder. */
  state: string;
  findPod: FindPod;
  images: readonly ImageRow[];
  network: Network;
  endpoints(): ServiceEndpoints[];
}

const CAPTURE = join(ROOT, 'places/local/network/capture.cjs');

/** Starts the programs that run in the place of the pods' images. */
export function createLauncher({ store, guard, state, findPod, images, network, endpoints }: LaunchOptions) {
  /** The environment that the manifests give to a pod's container. Throws ContainerConfigError. */
  function declaredEnv({ template, ...pod }: Pod): Record<string, string> {
    const near = endpoints().filter(({ namespace }) => namespace === pod.namespace);
    const links = template.spec.enableServiceLinks ? serviceEnv(near) : {};
    return resolveEnv(
      template.spec.containers[0]!,
      { ...pod, template },
      { data: dataOf(store, pod.namespace), links },
    );
  }

  /** The environment of a pod's process: the manifest's, and the variables of capture.cjs. Throws ContainerConfigError. */
  function podEnv(pod: Pod): Record<string, string> {
    const declared = declaredEnv(pod);
    const ports = [...pod.ports].map(([inside, outside]) => `${inside}:${outside}`).join(',');
    const capture = {
      TUESDAY_ENDPOINTS: network.fileOf(pod),
      TUESDAY_NAMESPACE: pod.namespace,
      TUESDAY_PORTS: ports,
      NODE_OPTIONS: [`--require=${JSON.stringify(CAPTURE)}`, declared['NODE_OPTIONS']].filter(Boolean).join(' '),
    };
    const compileCache = { NODE_COMPILE_CACHE: join(ROOT, '.tuesday/compile-cache') };
    return { ...inherited(), ...LOW_MEMORY_ENV, ...compileCache, ...declared, ...capture };
  }

  /** Starts the program of a pod; `restarts` counts from 0; `stopping` ends a start that takes a while. Throws ContainerConfigError. */
  async function launch(pod: Pod, restarts: number, stopping?: AbortSignal): Promise<RunningProgram> {
    const container = pod.template.spec.containers[0]!;
    const program = programFor(pod.template, images);
    if (!program)
      throw new ContainerConfigError(
        `the image ${container.image} is not in the table of places/local/programs/image-table.ts`,
      );
    if (pod.proxy?.kind === 'gateway') return pod.proxy.launch(restarts);
    if (program.kind === 'gateway') return runIngress({ ports: [...pod.ports.values()], findPod });
    const log = logPath(join(state, 'logs'), pod.name, restarts);
    if (program.kind === 'postgres') {
      const data = dataOf(store, pod.namespace);
      const env = declaredEnv(pod);
      const claims = join(state, 'data', pod.namespace);
      const { name, template } = pod;
      const port = pod.ports.get(5432)!;
      return runPostgres({ name, template, env, port, log, claims, data, guard, signal: stopping });
    }
    // As in Kubernetes: `command` replaces what the image runs, and `args` follow in both cases.
    const env = podEnv(pod);
    const written = [...(container.command?.slice(1) ?? []), ...(container.args ?? [])].map((text) =>
      expand(text, env),
    );
    const args = [...(container.command === undefined ? program.args : []), ...written];
    const running = startProcess({ file: process.execPath, args, env, cwd: ROOT }, openLog(log));
    guardProcess(guard, running);
    return running;
  }

  return { launch, podEnv };
}

/** The part of the runner's environment that pods get too. */
function inherited(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS'];
  const surroundings = processEnvironment();
  return Object.fromEntries(
    kept.flatMap((name) => (surroundings[name] === undefined ? [] : [[name, surroundings[name]]])),
  );
}

function dataOf(store: Store, namespace: string): DataReader {
  return (kind, name) => {
    const resource = store.get({ kind, namespace, name });
    if (!resource) return undefined;
    return kind === 'Secret' ? secretData(resource) : asKind(resource, 'ConfigMap').data;
  };
}
