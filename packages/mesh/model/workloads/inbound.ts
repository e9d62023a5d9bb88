import type { PodTemplate } from '../../manifests/kinds/typed.ts';
import { compare } from '../../manifests/compare.ts';
import type { Service, ServicePort } from '../services/service.ts';
import type { Mtls } from '../security/peer-authentication.ts';
import type { InboundPort } from './workload.ts';

/** A port of a Service, which leads to a port of the pod. */
interface ServiceTarget {
  service: Service;
  port: ServicePort;
}

/**
 * Every port of a sidecar's pod, by number: its containers', and the numbers that Services lead to without a
 * container saying so. Where several Services lead to one port, the oldest decides the protocol, of the same age the first
 * by FQDN (istio/istio, model/context.go SetServiceTargets).
 */
export function inboundPorts(
  template: PodTemplate,
  services: readonly Service[],
  mtls: (port: number) => Mtls,
): InboundPort[] {
  const written = template.spec.containers.flatMap((container) => container.ports);
  const targets = Map.groupBy(
    services
      .toSorted((a, b) => a.since - b.since || compare(a.fqdn, b.fqdn))
      .flatMap((service) => service.ports.map((port): ServiceTarget => ({ service, port }))),
    ({ port }) => containerPort(template, port.targetPort),
  );
  const numbers = new Set(written.map((port) => port.containerPort));
  for (const number of targets.keys()) if (number !== undefined) numbers.add(number);
  return [...numbers]
    .sort((a, b) => a - b)
    .map((port) => ({ port, ...protocolOf(targets.get(port)?.[0]), mtls: mtls(port) }));
}

/** A container's port by number or by its name there; undefined for a name that no container has. */
export function containerPort(template: PodTemplate, target: number | string): number | undefined {
  if (typeof target === 'number') return target;
  const ports = template.spec.containers.flatMap((container) => container.ports);
  return ports.find(({ name }) => name === target)?.containerPort;
}

function protocolOf(target: ServiceTarget | undefined): Pick<InboundPort, 'protocol' | 'service'> {
  if (target === undefined) return { protocol: 'tcp', service: undefined };
  return { protocol: target.port.protocol, service: { fqdn: target.service.fqdn, port: target.port.port } };
}
