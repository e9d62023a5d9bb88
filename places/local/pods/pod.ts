import { randomBytes, randomUUID } from 'node:crypto';
import type { PodTemplate } from '../../../packages/mesh/manifests/kinds/typed.ts';
import { type ContainerState, UNBORN, beginLives } from './supervise-container.ts';
import { nextPodAddress } from './pod-address.ts';
import { allocatePort, releasePort } from '../network/ports.ts';
import type { Running } from '../processes/process.ts';
import { type ProxiedPod, type Proxy, SIDECAR, withProbe } from '../envoys/proxy.ts';

/** One pod: a name, ports of its own, a container that is started again whenever it ends, and an Envoy beside it where the mesh wants one. */
export interface Pod extends ContainerState {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  /** Its address in the cluster's network, which only pods know. */
  readonly ip: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly template: PodTemplate;
  readonly owner: string;
  /** Of the template, as a ReplicaSet has it. */
  readonly hash: string;
  readonly created: Date;
  /** Container port → loopback port of the app, or of a gateway's Envoy. */
  readonly ports: ReadonlyMap<number, number>;
  readonly proxy: Proxy | undefined;
  /** Whether all of its containers are ready, and it is not about to go. The other states are the app's. */
  ready: boolean;
  /** Whether its app is. */
  appReady: boolean;
  /** The Envoy beside the app. */
  sidecar: ContainerState | undefined;
  /** Stops it for good: preStop, SIGTERM, and SIGKILL after the grace period. `hurry`, also of a stop under way, skips preStop and waits 5 s at most. */
  stop(options?: { hurry?: boolean }): Promise<void>;
}

export interface PodOptions {
  name: string;
  namespace: string;
  template: PodTemplate;
  owner: string;
  hash: string;
  /** The Envoy that the mesh gives it, if it does. */
  proxyFor?(pod: ProxiedPod): Promise<Proxy | undefined>;
  /** Starts the container for its n-th life (0 first). Throws ContainerConfigError when something it needs is not there. */
  launch(pod: Pod, life: number): Promise<Running>;
  /** Told after every change of reason, ready, restarts or pid. */
  onChange(pod: Pod): void;
}

/** A suffix as Kubernetes gives pods: five characters without vowels, so that no words come out. */
export function podSuffix(): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return [...randomBytes(5)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** Makes a pod and starts it. */
export async function createPod({ proxyFor, launch, onChange, ...facts }: PodOptions): Promise<Pod> {
  const { labels, annotations } = facts.template.metadata;
  const ports = await portsOf(facts.template);
  const proxy = await proxyFor?.({ ...facts, labels, ports });
  const isBeside = proxy?.kind === 'sidecar';
  const hurry = new AbortController();
  const pod: Pod = {
    ...UNBORN,
    ...facts,
    uid: randomUUID(),
    ip: nextPodAddress(),
    labels,
    annotations,
    created: new Date(),
    ports,
    proxy,
    appReady: false,
    sidecar: isBeside ? { ...UNBORN } : undefined,
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
  const sidecar =
    isBeside &&
    beginLives({
      ...common,
      container: SIDECAR,
      launch: async (life) => proxy.launch(life),
      change: (state) => change({ sidecar: { ...pod.sidecar!, ...state } }),
    });
  const app = beginLives({
    ...common,
    container: proxy?.kind === 'gateway' ? withProbe(container) : container,
    launch: (life) => launch(pod, life),
    change: ({ ready = pod.appReady, ...state }) => change({ ...state, appReady: ready }),
  });
  let stopped: Promise<void> | undefined;

  function stop(options: { hurry?: boolean } = {}): Promise<void> {
    if (options.hurry) hurry.abort();
    return (stopped ??= end());
  }

  async function end(): Promise<void> {
    change({ reason: 'Terminating', appReady: false });
    await app.end((container.lifecycle?.preStop?.sleep.seconds ?? 0) * 1_000);
    // The app's last answers go through its Envoy.
    if (sidecar) await sidecar.end(0);
    proxy?.release();
    for (const port of ports.values()) releasePort(port);
  }

  return pod;
}

/** A gateway's pod declares no port; Istio's listens on 8080. */
async function portsOf(template: PodTemplate): Promise<Map<number, number>> {
  const declared = template.spec.containers[0]!.ports.map(({ containerPort }) => containerPort);
  const ports = new Map<number, number>();
  for (const port of declared.length > 0 ? declared : [8080]) ports.set(port, await allocatePort());
  return ports;
}
