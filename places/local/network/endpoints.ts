import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import { asKind } from '../../../packages/mesh/manifests/kinds/typed.ts';
import { matches } from '../../../packages/mesh/manifests/labels.ts';
import type { Resource } from '../../../packages/mesh/manifests/resource.ts';
import { containerPort } from '../../../packages/mesh/model/workloads/inbound.ts';
import type { Pod } from '../pods/pod.ts';

/** A Service and the loopback ports at which its ready pods are reached, by Service port: their sidecars' where they have one. */
export interface ServiceEndpoints {
  name: string;
  namespace: string;
  /** What dns.lookup gives in a pod; leads nowhere outside of one. */
  ip: string;
  ports: Record<number, number[]>;
  pods: string[];
}

/** The ready pods behind each Service. Addresses stay the same while the list of Services does. */
export function endpointsOf(services: readonly Resource[], pods: Iterable<Pod>): ServiceEndpoints[] {
  const all = [...pods];
  return services.map((resource, index) => {
    const { spec } = asKind(resource, 'Service');
    const { name, namespace = '' } = resource.metadata;
    const ready = all.filter((pod) => pod.ready && pod.namespace === namespace && matches(pod.labels, spec.selector));
    const ports = spec.ports.map(
      ({ port, targetPort = port }) => [port, ready.flatMap((pod) => hostPort(pod, targetPort))] as const,
    );
    return {
      name,
      namespace,
      ip: `240.240.${(index >> 8) & 255}.${(index & 255) + 1}`,
      ports: Object.fromEntries(ports),
      pods: ready.map((pod) => pod.name),
    };
  });
}

function hostPort(pod: Pod, targetPort: string | number): number[] {
  const port = containerPort(pod.template, targetPort);
  const reached = port === undefined ? undefined : reachedAt(pod, port);
  return reached === undefined ? [] : [reached];
}

/** The loopback port at which others reach a pod's container port: the app's own, or its Envoy's. */
export function reachedAt({ ports, proxy }: Pod, containerPort: number): number | undefined {
  if (!proxy) return ports.get(containerPort);
  const { inbound, gateway } = proxy.placement;
  return (proxy.kind === 'gateway' ? gateway : inbound)(containerPort).port;
}

/** A sidecar's own ports in plaintext: merged metrics, readiness and Envoy's metrics. Source: Istio's "Application requirements". */
const OPEN = [15_020, 15_021, 15_090];

/** What a pod's address leads to: its container ports, behind its Envoy where it has one, as loopback ports. */
export function reachablePortsOf(pod: Pod): Record<number, number> {
  if (!pod.proxy) return Object.fromEntries(pod.ports);
  const { stats } = pod.proxy.placement;
  const own = [...pod.ports.keys()].map((port) => [port, reachedAt(pod, port)]);
  return Object.fromEntries([...own, ...OPEN.map((port) => [port, stats.port])]);
}

type Written = 'name' | 'namespace' | 'ip' | 'ports';

let lastTime = 0;

/**
 * Replaces the file that capture.cjs reads (Services by `namespace/name`, pods by address), whole or not at all. Each version gets a later time than the one before: the
 * kernel's own clock ticks only every few milliseconds, and a pod that compared those would miss the second of two changes.
 */
export function writeEndpoints(
  file: string,
  {
    endpoints,
    pods,
  }: { endpoints: readonly Pick<ServiceEndpoints, Written>[]; pods: Readonly<Record<string, Record<number, number>>> },
): void {
  const services = Object.fromEntries(
    endpoints.map(({ namespace, name, ip, ports }) => [`${namespace}/${name}`, { ip, ports }]),
  );
  writeFileSync(`${file}.new`, JSON.stringify({ services, pods }));
  lastTime = Math.max(Date.now(), lastTime + 1);
  utimesSync(`${file}.new`, lastTime / 1_000, lastTime / 1_000);
  renameSync(`${file}.new`, file);
}
