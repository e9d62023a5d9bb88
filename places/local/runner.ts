import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plane } from '../../packages/mesh/control/plane.ts';
import { type Store, createStore } from '../../packages/mesh/control/store.ts';
import { readKustomization } from '../../packages/mesh/manifests/read.ts';
import { unresolved } from '../../packages/mesh/manifests/references.ts';
import { readMeshConfig } from '../../packages/mesh/manifests/mesh-config.ts';
import { serveApi } from './api.ts';
import { type ServiceEndpoints, endpointsOf } from './endpoints.ts';
import { podFinder } from './find-pod.ts';
import { openFront } from './front.ts';
import { startGuard } from './guard.ts';
import { IMAGES, ROOT, type Row } from './images.ts';
import { openIngressFront } from './ingress.ts';
import { createLauncher } from './launch.ts';
import { endLeftovers } from './leftovers.ts';
import { returnUnused } from './memory.ts';
import type { Meshing } from './meshing.ts';
import { createNetwork } from './network.ts';
import { refuseUnplayable } from './playable.ts';
import type { Pod } from './pod.ts';
import { type Pods, createPods } from './pods.ts';
import { allReady } from './readiness.ts';
import { claimState, leaveState } from './runner-file.ts';
import { filesOf } from './watched/files.ts';
import { type Saved, type Watched, watchFiles } from './watched/watch.ts';

/** The local cluster, running. */
export interface Runner {
  url: string;
  store: Store;
  pods: Pods;
  startedAt: Date;
  /** From the call to all pods ready, in ms; 0 until then. */
  readyMs: number;
  overlay: string;
  /** What is odd about the manifests though they run. */
  warnings: string[];
  /** What plays which image. */
  images: readonly Row[];
  /** The control plane; undefined without a mesh. */
  plane: Plane | undefined;
  /** The files whose saves are applied; undefined until it runs. */
  watched: Watched | undefined;
  endpoints(): ServiceEndpoints[];
  podEnv(pod: Pod): Record<string, string>;
  /** The file of the pod's n-th life is `<logs>/<pod>/<n>.log`. */
  logs: string;
  stop(): Promise<void>;
  /** `stop`, and then the end of this process: what `tuesday down` asks for. */
  down(): Promise<void>;
}

export interface RunnerOptions {
  /** Folder with the kustomization that is run. */
  overlay: string;
  /** Folder for logs, data and the socket; made when it is not there. */
  state: string;
  /** The gateway's port on localhost. */
  port: number;
  namespace: string;
  onProgress(text: string): void;
  /** Told of each save of a watched file that did something, or could not. */
  onSaved?(saved: Saved): void;
  images?: readonly Row[];
  /** The Envoy to run beside the pods; left out, there is no mesh: names lead to ready pods, and an ingress plays the gateway. */
  envoy?: string | undefined;
  /** How long certificates hold, and how often to look whether one is due, in ms; a day, and every half minute. */
  certificates?: { leafMs: number; checkMs: number };
  exit?(): void;
}

/**
 * Starts every workload of a kustomization as processes, and returns when all of them are ready. Throws ManifestError,
 * with nothing started, for a manifest that cannot be run, and one sentence, with everything stopped again, when the
 * folder has a runner already, the port is taken, or a pod cannot start.
 */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { overlay, port, namespace, onProgress, images = IMAGES, envoy, exit = () => process.exit(0) } = options;
  const began = performance.now();
  const state = resolve(options.state);
  const resources = readKustomization(overlay, { namespace });
  refuseUnplayable(resources, images);
  const config = envoy ? readMeshConfig(join(ROOT, 'istio/mesh-config.yaml')) : undefined;
  const url = `http://localhost:${port}`;
  const startedAt = new Date();
  claimState(state, { startedAt: startedAt.toISOString(), url });
  const logs = join(state, 'logs');
  endLeftovers(state);
  for (const name of ['logs', 'network', 'envoy']) rmSync(join(state, name), { recursive: true, force: true });

  const store = createStore();
  const endpoints = () => endpointsOf(store.list({ kind: 'Service' }), pods.all());
  const findPod = podFinder(namespace, () => pods.all());
  const guard = startGuard();
  const closers: (() => unknown)[] = [() => leaveState(state), () => guard.stop()];
  async function closeAll(): Promise<void> {
    for (const close of closers.toReversed()) await close();
  }
  let meshing: Meshing | undefined;
  const network = createNetwork({
    state,
    endpoints,
    pods: () => pods.all(),
    services: () => meshing?.plane.mesh().services ?? [],
  });
  if (envoy && config) {
    // Without a mesh none of this is needed, and a start has no time to load it.
    const { openMeshing } = await import('./meshing.ts');
    const place = { state, logs, network, pods: () => pods.all() };
    meshing = await openMeshing({ ...place, envoy, config, guard, certificates: options.certificates }).catch(
      async (error: unknown) => {
        await closeAll();
        throw error;
      },
    );
    closers.push(meshing.stop);
  }
  const { launch, podEnv } = createLauncher({ store, guard, state, findPod, images, network });

  function publish(): void {
    meshing?.publish();
    try {
      network.write();
    } catch {
      setTimeout(publish, 200).unref(); // The disk is full: the shop goes on with what its pods know, and tries again.
    }
  }
  const pods: Pods = createPods({ store, launch, proxyFor: meshing?.proxyFor, onChange: publish });
  store.onChange(() => {
    meshing?.plane.update(store.list());
    publish();
    pods.reconcile();
  });

  let stopping: Promise<void> | undefined;
  async function end(): Promise<void> {
    await pods.stop();
    await closeAll();
  }
  const stop = () => (stopping ??= end());
  const down = () => stop().then(exit);

  const warnings = unresolved(resources).map(({ message }) => message);
  const plane = meshing?.plane;
  const facts = { url, store, pods, startedAt, readyMs: 0, overlay, warnings, images, logs, plane, watched: undefined };
  const runner: Runner = { ...facts, endpoints, podEnv, stop, down };
  try {
    const gateway = () => endpoints().find((service) => service.name === 'gateway' && service.namespace === namespace);
    const ready = () => Object.values(gateway()?.ports ?? {})[0] ?? [];
    const front = await (meshing ? openFront({ port, ready }) : openIngressFront({ port, findPod }));
    closers.push(() => front.close());
    const api = await serveApi(runner, join(state, 'tuesday.sock'));
    closers.push(
      () => api.close(),
      () => api.closeAllConnections(),
    );
    publish();
    store.apply(resources);
    await allReady(runner, onProgress);
    await plane?.settled();
    await returnUnused();
    runner.watched = watchFiles(runner, options.onSaved);
    closers.push(() => runner.watched?.close());
    runner.watched.follow(filesOf(overlay, { namespace, resources, readAt: performance.timeOrigin + began }));
  } catch (error) {
    await stop();
    throw error;
  }
  runner.readyMs = Math.round(performance.now() - began);
  return runner;
}
