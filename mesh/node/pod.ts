import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Container, PodTemplate } from '../manifests/kinds/typed.ts';
import { createBackOff } from './backoff.ts';
import { ContainerConfigError } from './env.ts';
import { allocatePort, releasePort } from './ports.ts';
import { watchProbes } from './probes.ts';
import type { Running } from './process.ts';
import { terminate } from './termination.ts';

/** What `get pods` calls the state of a pod's container. */
export type PodReason =
  'ContainerCreating' | 'Running' | 'CrashLoopBackOff' | 'CreateContainerConfigError' | 'Terminating';

/** One pod: a name, ports of its own, and a container that is started again whenever it ends. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly template: PodTemplate;
  readonly owner: string;
  /** Of the template, as a ReplicaSet has it. */
  readonly hash: string;
  readonly created: Date;
  /** Container port → loopback port. */
  readonly ports: ReadonlyMap<number, number>;
  reason: PodReason;
  message: string | undefined;
  ready: boolean;
  restarts: number;
  startedAt: Date | undefined;
  running: Running | undefined;
  /** Stops it for good: preStop, SIGTERM, and SIGKILL after the grace period. `hurry`, also of a stop under way, skips preStop and waits 5 s at most. */
  stop(options?: { hurry?: boolean }): Promise<void>;
}

export interface PodOptions {
  name: string;
  namespace: string;
  template: PodTemplate;
  owner: string;
  hash: string;
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
export async function createPod({
  name,
  namespace,
  template,
  owner,
  hash,
  launch,
  onChange,
}: PodOptions): Promise<Pod> {
  const container = template.spec.containers[0]!;
  const ports = new Map<number, number>();
  // A gateway's pod declares no port; Istio's listens on 8080.
  const wanted = container.ports.length > 0 ? container.ports.map(({ containerPort }) => containerPort) : [8080];
  for (const port of wanted) ports.set(port, await allocatePort());
  const stopping = new AbortController();
  const hurry = new AbortController();
  const graceMs = template.spec.terminationGracePeriodSeconds * 1_000;
  const { labels, annotations } = template.metadata;
  const pod: Pod = {
    name,
    namespace,
    uid: randomUUID(),
    labels,
    annotations,
    template,
    owner,
    hash,
    created: new Date(),
    ports,
    reason: 'ContainerCreating',
    message: undefined,
    ready: false,
    restarts: 0,
    startedAt: undefined,
    running: undefined,
    stop,
  };
  const change = (state: Partial<Pick<Pod, 'reason' | 'message' | 'ready' | 'restarts' | 'startedAt' | 'running'>>) => {
    Object.assign(pod, state);
    onChange(pod);
  };
  const life = live({
    pod,
    container,
    launch,
    change,
    stopping: stopping.signal,
    ends: { graceMs, hurry: hurry.signal },
  });
  let stopped: Promise<void> | undefined;

  function stop(options: { hurry?: boolean } = {}): Promise<void> {
    if (options.hurry) hurry.abort();
    return (stopped ??= end());
  }

  async function end(): Promise<void> {
    stopping.abort();
    change({ reason: 'Terminating', ready: false });
    const sleepMs = (container.lifecycle?.preStop?.sleep.seconds ?? 0) * 1_000;
    if (pod.running) await terminate(pod.running, { sleepMs, graceMs, hurry: hurry.signal });
    await life;
    for (const port of ports.values()) releasePort(port);
  }

  return pod;
}

interface Life {
  pod: Pod;
  container: Container;
  launch: PodOptions['launch'];
  change(state: Partial<Pod>): void;
  stopping: AbortSignal;
  ends: { graceMs: number; hurry: AbortSignal };
}

/** Lives of the container, one after the other, until the pod is stopped. */
async function live(all: Life): Promise<void> {
  const { change, stopping } = all;
  const backOff = createBackOff();
  for (let life = 0; !stopping.aborted; life++) {
    const start = performance.now();
    const failure = await liveOnce(all, life);
    if (stopping.aborted) return;
    const pause = backOff.next(performance.now() - start);
    change({
      ready: false,
      running: undefined,
      restarts: life + 1,
      ...(failure ?? (pause > 0 ? { reason: 'CrashLoopBackOff' } : { reason: 'ContainerCreating' })),
    });
    await wait(pause, undefined, { signal: stopping, ref: false }).catch(() => undefined);
  }
}

async function liveOnce(
  { pod, container, launch, change, stopping, ends }: Life,
  life: number,
): Promise<Partial<Pod> | undefined> {
  const over = new AbortController();
  try {
    const running = await launch(pod, life);
    // The pod may have been stopped while its program was starting.
    if (stopping.aborted) void terminate(running, { sleepMs: 0, ...ends });
    else change({ running, startedAt: new Date(), reason: 'Running', message: undefined });
    void watchProbes(
      { container, hostPort: (port) => pod.ports.get(port) ?? port, check: running.check },
      {
        ready: (ready) => stopping.aborted || over.signal.aborted || change({ ready }),
        unhealthy: (message) => {
          change({ message });
          void terminate(running, { sleepMs: 0, ...ends });
        },
        signal: AbortSignal.any([over.signal, stopping]),
      },
    );
    await running.exited;
    return undefined;
  } catch (error) {
    const reason = error instanceof ContainerConfigError ? 'CreateContainerConfigError' : 'CrashLoopBackOff';
    return { reason, message: (error as Error).message };
  } finally {
    over.abort();
  }
}
