import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Store, createStore } from '@tuesday/mesh/control';
import { readKustomization, readMeshConfig } from '@tuesday/mesh/manifests';
import { createMesh } from '@tuesday/mesh/model';
import type { ShopFacts } from './api/request.ts';
import { serveApi } from './api/server.ts';
import { catchFaults } from './boundary.ts';
import { createChanges } from './changes/changes.ts';
import { warningsOf } from './changes/new-warnings.ts';
import { createFaults } from './faults.ts';
import { endpointsOf } from './network/endpoints.ts';
import { serviceAddresses } from './network/service-addresses.ts';
import { openGatewayPort } from './network/gateway-port.ts';
import { startGuard } from './processes/guard.ts';
import { ROOT } from '../repository.ts';
import { IMAGES, type ImageRow } from './programs/image-table.ts';
import { openIngressPort, podFinder } from './network/ingress.ts';
import { createLauncher } from './programs/launch.ts';
import { endOrphans } from './processes/orphans.ts';
import { collectGarbage } from './processes/memory.ts';
import type { RunningMesh } from './envoys/start-mesh.ts';
import { createNetwork } from './network/network.ts';
import { rejectUnsupported } from './changes/reject-unsupported.ts';
import { createPublisher } from './publisher.ts';
import { createPodLogs } from './pods/pod-logs.ts';
import { type Pods, createPods } from './pods/pods.ts';
import { waitForWorkloads } from './pods/readiness.ts';
import { lockState, unlockState } from './processes/state-lock.ts';
import { kustomizationFiles } from './changes/watched-files.ts';
import { type Saved, type FileWatcher, watchFiles } from './changes/watch-files.ts';
import { apiSocket } from './processes/api-socket.ts';

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
  /** Folder for logs, data and the socket; made where it is missing. */
  state: string;
  /** The gateway's port on localhost. */
  port: number;
  namespace: string;
  /** Called with a line about what the start waits for. */
  onProgress(text: string): void;
  /** Called for each save of a watched file that has changed something, or has failed. */
  onSaved?(saved: Saved): void;
  /** Called with a sentence for each fault of the runner's own work, with which the shop goes on. */
  onFault?(sentence: string): void;
  images?: readonly ImageRow[];
  /** Path of the Envoy to run beside the pods. Without it there is no mesh: names lead to ready pods, and an ingress takes the place of the gateway. */
  envoy?: string | undefined;
  /** How long certificates and roots are valid, and how often to look for one to renew, in ms; by default a day, ten years, and half a minute. */
  certificates?: { leafMs: number; rootMs?: number; checkMs: number };
  /** Ends this process after `tuesday down`; by default process.exit. */
  exit?(): void;
}

/**
 * Starts every workload of a kustomization as processes. Resolves when all of them are ready. Throws ManifestError, with
 * nothing started, for a manifest that cannot run here; throws Failure, with everything stopped again, when the folder
 * has a runner already, or a pod cannot start; throws a server's error when the port is taken.
 */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { overlay, port, namespace, onProgress, images = IMAGES, envoy } = options;
  const { onSaved = () => undefined, onFault = () => undefined, exit = () => process.exit(0) } = options;
  const began = performance.now();
  const state = resolve(options.state);
  const resources = readKustomization(overlay, { namespace });
  rejectUnsupported(resources, images);
  const config = envoy ? readMeshConfig(join(ROOT, 'istio/mesh-config.yaml')) : undefined;
  const url = `http://localhost:${port}`;
  const startedAt = new Date();
  const onWait = (pid: number) => onProgress(`waiting for the set-up of process ${pid}`);
  await lockState(state, { startedAt: startedAt.toISOString(), url, onWait });
  const logs = join(state, 'logs');
  endOrphans(state);
  for (const name of ['logs', 'network', 'envoy']) rmSync(join(state, name), { recursive: true, force: true });

  const store = createStore();
  const addresses = serviceAddresses();
  const endpoints = () => endpointsOf(store.list({ kind: 'Service' }), pods.all(), addresses);
  const findPod = podFinder(namespace, () => pods.all());
  const guard = startGuard();
  const faults = createFaults(onFault);
  const release = catchFaults((error) => faults.note('Work in the background', error));
  const closers: (() => unknown)[] = [release, () => unlockState(state), () => guard.stop()];
  async function closeAll(): Promise<void> {
    for (const close of closers.toReversed()) await close();
  }
  let mesh: RunningMesh | undefined;
  const services = () => mesh?.plane.mesh().services ?? [];
  const network = createNetwork({ state, endpoints, pods: () => pods.all(), services });
  const publish = createPublisher({ mesh: () => mesh, network, faults });
  if (envoy && config) {
    // Loaded here, because a start without a mesh needs none of it.
    const { startMesh } = await import('./envoys/start-mesh.ts');
    const { ofHost: serviceAddress } = addresses;
    const parts = { state, logs, network, serviceAddress, pods: () => pods.all(), onMove: publish };
    mesh = await startMesh({ ...parts, envoy, config, guard, certificates: options.certificates }).catch(
      async (error: unknown) => {
        await closeAll();
        throw error;
      },
    );
    closers.push(mesh.stop);
  }
  const { launch, podEnv } = createLauncher({ store, guard, state, findPod, images, network, endpoints });
  const pods: Pods = createPods({
    store,
    launch,
    proxyFor: mesh?.proxyFor,
    logs: createPodLogs(logs),
    onChange: publish,
  });
  store.onChange(() => {
    mesh?.plane.update(store.list());
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

  const plane = mesh?.plane;
  let watched: FileWatcher | undefined;
  const changes = createChanges({
    store,
    pods,
    plane,
    images,
    follow: (files, which) => watched?.follow(files, which),
  });
  const warnings = warningsOf({ resources, mesh: config && createMesh(resources, config) }).map(
    ({ message }) => message,
  );
  const facts: ShopFacts = { url, startedAt, readyMs: 0, overlay, warnings };
  try {
    const gateway = () => endpoints().find((service) => service.name === 'gateway' && service.namespace === namespace);
    const ready = () => Object.values(gateway()?.ports ?? {})[0] ?? [];
    const front = await (mesh ? openGatewayPort({ port, ready }) : openIngressPort({ port, findPod }));
    closers.push(() => front.close());
    const shop = { facts, faults, store, pods, plane, changes, endpoints, podEnv, logs, down };
    const api = await serveApi(shop, apiSocket(state));
    closers.push(
      () => api.close(),
      () => api.closeAllConnections(),
    );
    publish();
    store.apply(resources);
    await waitForWorkloads({ store, pods, plane, logs, onProgress });
    await plane?.settled();
    // An Envoy may have refused something after it was ready.
    await waitForWorkloads({ store, pods, plane, logs, onProgress });
    await collectGarbage();
    watched = watchFiles({ store, changes, onSaved });
    closers.push(watched.close);
    watched.follow(
      kustomizationFiles(overlay, { namespace, resources, readAt: performance.timeOrigin + began }),
      'all',
    );
  } catch (error) {
    await stop();
    throw error;
  }
  facts.readyMs = Math.round(performance.now() - began);
  return { url, store, pods, readyMs: facts.readyMs, stop };
}
