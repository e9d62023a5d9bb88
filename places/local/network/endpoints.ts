import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import { type Resource, asKind, captureOf, matches } from '@tuesday/mesh/manifests';
import { containerPort } from '@tuesday/mesh/model';
import type { Pod } from '../pods/pod.ts';
import type { ServiceAddresses } from './service-addresses.ts';

/** A Service, and the loopback ports of its ready pods by Service port: a pod with a sidecar is reached at its sidecar's port. */
export interface ServiceEndpoints {
  name: string;
  namespace: string;
  /** The address that dns.lookup gives inside a pod; it has no meaning outside. */
  ip: string;
  ports: Record<number, number[]>;
  /** Its ports in the order of the manifest, with their names where they have one. */
  written: { port: number; name?: string | undefined }[];
  /** The names of the pods behind each of these, in the same order. */
  pods: Record<number, string[]>;
}

/** The ready pods behind each Service. */
export function endpointsOf(
  services: readonly Resource[],
  pods: Iterable<Pod>,
  addresses: Pick<ServiceAddresses, 'of'>,
): ServiceEndpoints[] {
  const all = [...pods];
  return services.map((resource) => {
    const { spec } = asKind(resource, 'Service');
    const { name, namespace = '' } = resource.metadata;
    const ready = all.filter((pod) => pod.ready && pod.namespace === namespace && matches(pod.labels, spec.selector));
    const reached = spec.ports.map(({ port, targetPort = port }) => {
      return [port, ready.flatMap((pod) => hostPort(pod, targetPort))] as const;
    });
    return {
      name,
      namespace,
      ip: addresses.of(namespace, name),
      written: spec.ports.map(({ port, name: portName }) => ({ port, name: portName })),
      ports: Object.fromEntries(reached.map(([port, all]) => [port, all.map((one) => one.port)])),
      pods: Object.fromEntries(reached.map(([port, all]) => [port, all.map((one) => one.pod)])),
    };
  });
}

function hostPort(pod: Pod, targetPort: string | number): { pod: string; port: number }[] {
  const port = containerPort(pod.template, targetPort);
  const reached = port === undefined ? undefined : reachablePort(pod, port);
  return reached === undefined ? [] : [{ pod: pod.name, port: reached }];
}

/**
 * The loopback port at which other pods reach a container port: the app's, or its Envoy's where the pod has one that takes calls to
 * this port. Undefined where the pod does not declare the port.
 */
export function reachablePort({ ports, proxy, template }: Pod, containerPort: number): number | undefined {
  if (!proxy) return ports.get(containerPort);
  if (proxy.kind === 'sidecar' && !captureOf(template.metadata.annotations).inbound(containerPort))
    return ports.get(containerPort);
  const { inbound, gateway } = proxy.placement;
  return (proxy.kind === 'gateway' ? gateway : inbound)(containerPort).port;
}

/** Ports of every sidecar, in plaintext: merged metrics, readiness and Envoy's metrics. Source: Istio's "Application requirements". */
const SIDECAR_PORTS = [15_020, 15_021, 15_090];

/** The ports at a pod's address (container ports, and those of its Envoy), each with its loopback port. */
export function reachablePortsOf(pod: Pod): Record<number, number> {
  if (!pod.proxy) return Object.fromEntries(pod.ports);
  const { stats } = pod.proxy.placement;
  const own = [...pod.ports.keys()].map((port) => [port, reachablePort(pod, port)]);
  return Object.fromEntries([...own, ...SIDECAR_PORTS.map((port) => [port, stats.port])]);
}

/** The content of a pod's file: Services, and the reachable ports of pods by address. */
export interface NetworkContent {
  endpoints: readonly Pick<ServiceEndpoints, 'name' | 'namespace' | 'ip' | 'ports'>[];
  pods: Readonly<Record<string, Record<number, number>>>;
}

let lastTime = 0;

/**
 * Replaces the file that capture.cjs reads (Services by `namespace/name`, pods by address), whole or not at all. Each
 * version gets a later modification time than the one before: the kernel's clock ticks only every few milliseconds, and
 * capture.cjs, which compares these times, would miss the second of two changes. Throws the system's error.
 */
export function writeEndpoints(file: string, { endpoints, pods }: NetworkContent): void {
  const services = Object.fromEntries(
    endpoints.map(({ namespace, name, ip, ports }) => [`${namespace}/${name}`, { ip, ports }]),
  );
  writeFileSync(`${file}.new`, JSON.stringify({ services, pods }));
  lastTime = Math.max(Date.now(), lastTime + 1);
  utimesSync(`${file}.new`, lastTime / 1_000, lastTime / 1_000);
  renameSync(`${file}.new`, file);
}
