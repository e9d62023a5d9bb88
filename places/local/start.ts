import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Store, createStore } from '../../packages/mesh/control/store.ts';
import { readKustomization } from '../../packages/mesh/manifests/read.ts';
import { unresolved } from '../../packages/mesh/manifests/references.ts';
import { readMeshConfig } from '../../packages/mesh/model/mesh-config.ts';
import type { ShopFacts } from './api/request.ts';
import { serveApi } from './api/server.ts';
import { createChanges } from './changes/changes.ts';
import { endpointsOf } from './network/endpoints.ts';
import { podFinder } from './network/find-pod.ts';
import { openFront } from './network/gateway-port.ts';
import { startGuard } from './processes/guard.ts';
import { IMAGES, ROOT, type Row } from './programs/images.ts';
import { openIngressFront } from './network/ingress.ts';
import { createLauncher } from './programs/launch.ts';
import { endLeftovers } from './processes/leftovers.ts';
import { returnUnused } from './processes/memory.ts';
import type { Meshing } from './envoys/start-mesh.ts';
import { createNetwork } from './network/network.ts';
import { refuseUnplayable } from './changes/reject-unsupported.ts';
import { type Pods, createPods } from './pods/pods.ts';
import { waitForWorkloads } from './pods/readiness.ts';
import { claimState, leaveState } from './processes/runner-file.ts';
import { filesOf } from './changes/watched-files.ts';
import { type Saved, type Watched, watchFiles } from './changes/watch-files.ts';

/** The local cluster, running. */
export interface Runner {
  url: string;
  store: Store;
  pods: Pods;
  /** From the call to all pods ready, in ms. */
  readyMs: number;
  /** Stops every pod gracefully; settles when nothing is left. */
  stop(): Promise<void>;
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
  const { overlay, port, namespace, onProgress, images = IMAGES, envoy } = options;
  const { onSaved = () => undefined, exit = () => process.exit(0) } = options;
  const began = performance.now();
  const state = resolve(options.state);
  const resources = readKustomization(overlay, { namespace });
  refuseUnplayable(resources, images);
  const config = envoy ? readMeshConfig(join(ROOT, 'istio/mesh-config.yaml')) : undefined;
  const url = `http://localhost:${port}`;
  const startedAt = new Date();
  await claimState(state, { startedAt: startedAt.toISOString(), url });
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
    const { openMeshing } = await import('./envoys/start-mesh.ts');
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

  const plane = meshing?.plane;
  let watched: Watched | undefined;
  const changes = createChanges({ store, pods, plane, images, follow: (files) => watched?.follow(files) });
  const warnings = unresolved(resources).map(({ message }) => message);
  const facts: ShopFacts = { url, startedAt, readyMs: 0, overlay, warnings };
  try {
    const gateway = () => endpoints().find((service) => service.name === 'gateway' && service.namespace === namespace);
    const ready = () => Object.values(gateway()?.ports ?? {})[0] ?? [];
    const front = await (meshing ? openFront({ port, ready }) : openIngressFront({ port, findPod }));
    closers.push(() => front.close());
    const shop = { facts, store, pods, plane, changes, endpoints, podEnv, logs, down };
    const api = await serveApi(shop, join(state, 'tuesday.sock'));
    closers.push(
      () => api.close(),
      () => api.closeAllConnections(),
    );
    publish();
    store.apply(resources);
    await waitForWorkloads({ store, pods, plane, onProgress });
    await plane?.settled();
    await returnUnused();
    watched = watchFiles({ store, changes, onSaved });
    closers.push(watched.close);
    watched.follow(filesOf(overlay, { namespace, resources, readAt: performance.timeOrigin + began }));
  } catch (error) {
    await stop();
    throw error;
  }
  facts.readyMs = Math.round(performance.now() - began);
  return { url, store, pods, readyMs: facts.readyMs, stop };
}
