import type { PodTemplate } from '../../manifests/kinds/pod.ts';
import { compare } from '../../manifests/compare.ts';
import type { Service, ServicePort } from '../services/service.ts';
import type { Mtls } from '../security/peer-authentication.ts';
import type { InboundPort } from './workload.ts';

/** A port of a Service that selects the pod. */
interface ServiceTarget {
  service: Service;
  port: ServicePort;
}

/**
 * The ports of a sidecar's pod, sorted: those of its containers and the target ports of its Services. If several Services
 * have the same target port, the oldest decides the protocol; of the same age, the first by FQDN (istio/istio,
 * model/context.go SetServiceTargets).
 */
export function inboundPorts(
  template: PodTemplate,
  services: readonly Service[],
  mtls: (port: number) => Mtls,
): InboundPort[] {
  const written = template.spec.containers.flatMap((container) => container.ports);
  const targets = Map.groupBy(
    services
      .toSorted((a, b) => a.createdAt - b.createdAt || compare(a.fqdn, b.fqdn))
      .flatMap((service) => service.ports.map((port): ServiceTarget => ({ service, port }))),
    ({ port }) => containerPort(template, port.targetPort),
  );
  const numbers = new Set(written.map((port) => port.containerPort));
  for (const number of targets.keys()) if (number !== undefined) numbers.add(number);
  return [...numbers]
    .sort((a, b) => a - b)
    .map((port) => ({ port, ...protocolOf(targets.get(port)?.[0]), mtls: mtls(port) }));
}

/** The number of a container port, given by number or name; undefined for a name that no container has. */
export function containerPort(template: PodTemplate, target: number | string): number | undefined {
  if (typeof target === 'number') return target;
  const ports = template.spec.containers.flatMap((container) => container.ports);
  return ports.find(({ name }) => name === target)?.containerPort;
}

function protocolOf(target: ServiceTarget | undefined): Pick<InboundPort, 'protocol' | 'service'> {
  if (target === undefined) return { protocol: 'tcp', service: undefined };
  return { protocol: target.port.protocol, service: { fqdn: target.service.fqdn, port: target.port.port } };
}
