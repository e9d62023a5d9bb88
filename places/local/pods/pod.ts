import { randomBytes, randomUUID } from 'node:crypto';
import type { PodTemplate } from '@tuesday/mesh/manifests';
import { type ContainerState, NOT_STARTED, superviseContainer } from './container-restarts.ts';
import { nextPodAddress } from './pod-address.ts';
import { allocatePort, releasePort } from '../network/ports.ts';
import type { RunningProgram } from '../processes/process.ts';
import { type ProxiedPod, type Proxy, SIDECAR, withReadinessProbe } from '../envoys/proxy.ts';

/** One pod: a name, its own ports, a container that is restarted whenever it ends, and an Envoy beside it where the mesh injects one. */
export interface Pod extends ContainerState {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  /** Its address in the cluster's network; it has a meaning inside pods only. */
  readonly ip: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly template: PodTemplate;
  /** Its workload, as in `Deployment shop/checkout-v1`. */
  readonly owner: string;
  /** The template's hash, a part of the pod's name as with a ReplicaSet. */
  readonly hash: string;
  readonly created: Date;
  /** Container port → loopback port of the app, or of the Envoy that is the whole of a gateway. */
  readonly ports: ReadonlyMap<number, number>;
  readonly proxy: Proxy | undefined;
  /** Whether all of its containers are ready, and it is not terminating. The other states are the app's. */
  ready: boolean;
  /** Whether its app is ready. */
  appReady: boolean;
  /** State of the Envoy beside the app. */
  sidecar: ContainerState | undefined;
  /** Stops it for good: preStop, SIGTERM, and SIGKILL after the grace period. `hurry` skips preStop and waits 5 s at most, also for a stop that has begun. */
  stop(options?: { hurry?: boolean }): Promise<void>;
}

export interface PodOptions {
  name: string;
  namespace: string;
  template: PodTemplate;
  owner: string;
  hash: string;
  /** Gives the Envoy that the mesh injects, if any. */
  proxyFor?(pod: ProxiedPod): Promise<Proxy | undefined>;
  /** Starts the container; `restarts` counts from 0. Throws ContainerConfigError when something it needs is not there. */
  launch(pod: Pod, restarts: number, stopping: AbortSignal): Promise<RunningProgram>;
  /** Called after every change of reason, ready, restarts or process. */
  onChange(pod: Pod): void;
}

/** A suffix as Kubernetes gives pods: five characters without vowels, so that it is never a word. */
export function podSuffix(): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return [...randomBytes(5)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** Makes a pod and starts its containers. Throws when this machine has no free loopback ports. */
export async function createPod({ proxyFor, launch, onChange, ...facts }: PodOptions): Promise<Pod> {
  const { labels, annotations } = facts.template.metadata;
  const ports = await portsOf(facts.template);
  const allocated = [...ports.values()];
  const proxy = await proxyFor?.({ ...facts, labels, annotations, ports });
  const hasSidecar = proxy?.kind === 'sidecar';
  const hurry = new AbortController();
  const pod: Pod = {
    ...NOT_STARTED,
    ...facts,
    uid: randomUUID(),
    ip: nextPodAddress(),
    labels,
    annotations,
    created: new Date(),
    ports,
    proxy,
    appReady: false,
    sidecar: hasSidecar ? { ...NOT_STARTED } : undefined,
    stop,
  };
  const change = (state: Partial<Pod>) => {
    Object.assign(pod, state);
    pod.ready = pod.appReady && (pod.sidecar?.ready ?? true) && pod.reason !== 'Terminating';
    onChange(pod);
  };
  const common = {
    hostPort: (port: number) => ports.get(port) ?? port,
    graceMs: facts.template.spec.terminationGracePeriodSeconds * 1_000,
    hurry: hurry.signal,
  };
  const container = facts.template.spec.containers[0]!;
  const endSidecar =
    hasSidecar &&
    superviseContainer({
      ...common,
      container: SIDECAR,
      launch: async (restarts) => proxy.launch(restarts),
      change: (state) => change({ sidecar: { ...pod.sidecar!, ...state } }),
    });
  const endApp = superviseContainer({
    ...common,
    container: proxy?.kind === 'gateway' ? withReadinessProbe(container) : container,
    launch: (restarts, stopping) => launch(pod, restarts, stopping),
    change: ({ ready = pod.appReady, ...state }) => change({ ...state, appReady: ready }),
  });
  let stopped: Promise<void> | undefined;

  function stop(options: { hurry?: boolean } = {}): Promise<void> {
    if (options.hurry) hurry.abort();
    return (stopped ??= end());
  }

  async function end(): Promise<void> {
    change({ reason: 'Terminating', appReady: false });
    await endApp((container.lifecycle?.preStop?.sleep.seconds ?? 0) * 1_000);
    // The Envoy ends after the app, because the app's last answers go through it.
    if (endSidecar) await endSidecar(0);
    proxy?.release();
    for (const port of allocated) releasePort(port);
  }

  return pod;
}

/** A free loopback port for each container port. A gateway's pod declares none: Istio's gateway listens on 8080. */
async function portsOf(template: PodTemplate): Promise<Map<number, number>> {
  const declared = template.spec.containers[0]!.ports.map(({ containerPort }) => containerPort);
  const ports = new Map<number, number>();
  for (const port of declared.length > 0 ? declared : [8080]) ports.set(port, await allocatePort());
  return ports;
}
