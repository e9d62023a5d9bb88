import type { PodTemplate } from '@tuesday/mesh/manifests';
import type { ProxiedPod, Proxy } from '../envoys/proxy.ts';
import { allocatePort, releasePort } from '../network/ports.ts';

/** What a pod has before its containers start. */
export interface Sandbox {
  /** Container port → loopback port. */
  ports: Map<number, number>;
  proxy: Proxy | undefined;
  /** Frees the ports, once the containers have ended. Throws the system's error where the Envoy's files cannot be removed; the ports are free then too. */
  release(): void;
}

/** Gives the Envoy that the mesh injects into a pod; undefined where it injects none. */
export type ProxyFor = (pod: ProxiedPod) => Promise<Proxy | undefined>;

/**
 * Takes a free loopback port for each container port, and makes the Envoy. Throws, with nothing taken, when this machine has
 * no free port or a file cannot be written.
 */
export async function createSandbox(
  pod: Omit<ProxiedPod, 'ports'> & { template: PodTemplate },
  proxyFor: ProxyFor | undefined,
): Promise<Sandbox> {
  const declared = pod.template.spec.containers[0]!.ports.map(({ containerPort }) => containerPort);
  const ports = new Map<number, number>();
  const taken: number[] = [];
  const free = () => taken.forEach(releasePort);
  try {
    // A gateway's pod declares none: Istio's gateway listens on 8080.
    for (const port of declared.length > 0 ? declared : [8080]) {
      const outside = await allocatePort();
      taken.push(outside);
      ports.set(port, outside);
    }
    const proxy = await proxyFor?.({ ...pod, ports });
    return {
      ports,
      proxy,
      release() {
        free();
        proxy?.release();
      },
    };
  } catch (error) {
    free();
    throw error;
  }
}
