import { setTimeout as wait } from 'node:timers/promises';
import { type ProxyFor, type Sandbox, createSandbox } from './sandbox.ts';
import { createBackOff } from './backoff.ts';
import { errorOf } from '../boundary.ts';
import { NOT_STARTED, superviseContainer } from './container-restarts.ts';
import type { Pod } from './pod.ts';
import type { RunningProgram } from '../processes/process.ts';
import { SIDECAR, withReadinessProbe } from '../envoys/proxy.ts';

export interface LifeOptions {
  proxyFor: ProxyFor | undefined;
  /** Starts the app's container. */
  launch(restarts: number, stopping: AbortSignal): Promise<RunningProgram>;
  /** Called with the part of the pod that has changed. */
  change(state: Partial<Pod>): void;
  /** Once aborted, a stop does not wait long. */
  hurry: AbortSignal;
}

/**
 * Gives a pod its ports and its Envoy, trying again until it has them, and then keeps its containers running. Gives the steps
 * that end this, in their order; each is to be done whatever became of the one before.
 */
export function startLife(pod: Pod, options: LifeOptions): readonly (() => unknown)[] {
  const { name, namespace, uid, events, template } = pod;
  const { change, launch, hurry } = options;
  const stopping = new AbortController();
  const [container] = template.spec.containers;
  const app = container!;
  const begun = begin();

  async function begin() {
    const sandbox = await sandboxOf(pod, { ...options, stopping: stopping.signal });
    if (sandbox === undefined) return undefined;
    const { proxy, ports } = sandbox;
    const hasSidecar = proxy?.kind === 'sidecar';
    change({ proxy, ports, ...(hasSidecar && { sidecar: { ...NOT_STARTED } }) });
    const common = {
      pod: `${name}_${namespace}(${uid})`,
      events,
      hostPort: (port: number) => ports.get(port) ?? port,
      graceMs: template.spec.terminationGracePeriodSeconds * 1_000,
      hurry,
    };
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
      container: proxy?.kind === 'gateway' ? withReadinessProbe(app) : app,
      launch,
      change: ({ ready = pod.appReady, ...state }) => change({ ...state, appReady: ready }),
    });
    return { sandbox, endApp, endSidecar };
  }

  return [
    () => stopping.abort(),
    async () => (await begun)?.endApp((app.lifecycle?.preStop?.sleep.seconds ?? 0) * 1_000),
    // The Envoy ends after the app, because the app's last answers go through it.
    async () => {
      const { endSidecar } = (await begun) ?? {};
      if (endSidecar) await endSidecar(0);
    },
    async () => (await begun)?.sandbox.release(),
  ];
}

/** The pod's sandbox; undefined where the pod is stopped before it has one. */
async function sandboxOf(
  pod: Pod,
  { proxyFor, change, stopping }: LifeOptions & { stopping: AbortSignal },
): Promise<Sandbox | undefined> {
  const nextPause = createBackOff();
  for (let failures = 1; !stopping.aborted; failures++) {
    try {
      const sandbox = await createSandbox(pod, proxyFor);
      if (!stopping.aborted) return sandbox;
      sandbox.release();
    } catch (error) {
      if (stopping.aborted) break;
      const { message } = errorOf(error);
      pod.events.add('Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${message}`);
      change({ reason: 'CreateContainerError', message, failures });
    }
    await wait(nextPause(0), undefined, { signal: stopping, ref: false }).catch(() => undefined);
  }
  return undefined;
}
