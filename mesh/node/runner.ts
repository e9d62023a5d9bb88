import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Store, createStore } from '../control/store.ts';
import { readKustomization } from '../manifests/read.ts';
import { unresolved } from '../manifests/references.ts';
import type { Resource } from '../manifests/resource.ts';
import { serveApi } from './api.ts';
import { statusOf } from './controller.ts';
import { type ServiceEndpoints, endpointsOf, writeEndpoints } from './endpoints.ts';
import { startGuard } from './guard.ts';
import { createLauncher } from './launch.ts';
import { refuseUnplayable } from './playable.ts';
import type { Pod } from './pod.ts';
import { type Pods, createPods } from './pods.ts';
import { removeRunner, writeRunner } from './runner-file.ts';

/** The local cluster, running. */
export interface Runner {
  url: string;
  store: Store;
  pods: Pods;
  startedAt: Date;
  overlay: string;
  /** What is odd about the manifests though they run. */
  warnings: string[];
  endpoints(): ServiceEndpoints[];
  podEnv(pod: Pod): Record<string, string>;
  /** The file of the pod's n-th life is `<logs>/<pod>/<n>.log`. */
  logs: string;
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
}

/**
 * Starts every workload of a kustomization as processes, and returns when all of them are ready. Throws ManifestError,
 * with nothing started, for a manifest that cannot be run.
 */
export async function startRunner({ overlay, state, port, namespace, onProgress }: RunnerOptions): Promise<Runner> {
  const resources = readKustomization(overlay, { namespace });
  refuseUnplayable(resources);
  mkdirSync(state, { recursive: true, mode: 0o700 });
  rmSync(join(state, 'logs'), { recursive: true, force: true });
  const guard = startGuard();
  const store = createStore();
  const url = `http://localhost:${port}`;
  const startedAt = new Date();
  const endpoints = () => endpointsOf(store.list({ kind: 'Service' }), pods.all());
  const findPod = (app: string, version?: string) => portOf(pods.all(), { namespace, app, version });
  const { launch, podEnv } = createLauncher({ store, guard, state, port, findPod });

  let written = '';
  function publish(): void {
    const now = endpoints();
    const text = JSON.stringify(now);
    if (text !== written) writeEndpoints(join(state, 'endpoints.json'), now);
    written = text;
  }
  const pods: Pods = createPods({ store, launch, onChange: publish });
  store.onChange(() => {
    publish();
    pods.reconcile();
  });

  const runner: Runner = {
    url,
    store,
    pods,
    startedAt,
    overlay,
    warnings: warningsOf(resources),
    endpoints,
    podEnv,
    logs: join(state, 'logs'),
    stop,
  };
  const api = await serveApi(runner, join(state, 'tuesday.sock'));
  writeRunner(state, { pid: process.pid, startedAt: startedAt.toISOString(), url });

  let stopping: Promise<void> | undefined;
  function stop(): Promise<void> {
    return (stopping ??= (async () => {
      await pods.stop();
      api.close();
      guard.stop();
      removeRunner(state);
    })());
  }

  publish();
  store.apply(resources);
  await allReady(runner, onProgress);
  return runner;
}

/** Waits until every workload has what its manifest asks for, saying what is missing. Gives up, with the reason, after two minutes. */
async function allReady({ store, pods }: Runner, onProgress: (text: string) => void): Promise<void> {
  const until = performance.now() + 120_000;
  for (;;) {
    const workloads = [...store.list({ kind: 'Deployment' }), ...store.list({ kind: 'StatefulSet' })];
    const waiting = workloads.filter(
      (workload) => statusOf(workload, pods.of(workload)).readyReplicas < replicasOf(workload),
    );
    if (waiting.length === 0) return;
    const names = waiting.map(({ metadata }) => metadata.name).join(', ');
    onProgress(`waiting for ${names}`);
    if (performance.now() > until)
      throw new Error(`Not ready after two minutes: ${names}. ${reasons(waiting.flatMap((one) => pods.of(one)))}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function reasons(pods: Pod[]): string {
  return pods.map((pod) => `${pod.name}: ${pod.message ?? pod.reason}`).join('; ');
}

function replicasOf(workload: Resource): number {
  return (workload.body['spec'] as { replicas?: number }).replicas ?? 1;
}

function warningsOf(resources: Resource[]): string[] {
  return unresolved(resources).map(({ message }) => message);
}

function portOf(
  pods: Pod[],
  { namespace, app, version }: { namespace: string; app: string; version: string | undefined },
): number | undefined {
  const ready = pods.filter(
    (pod) =>
      pod.ready &&
      pod.namespace === namespace &&
      pod.labels['app'] === app &&
      (!version || pod.labels['version'] === version),
  );
  return ready[Math.floor(Math.random() * ready.length)]?.ports.values().next().value;
}
