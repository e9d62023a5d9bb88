import type { PodTemplate } from '../../manifests/kinds/typed.ts';
import { compare } from '../../manifests/compare.ts';
import type { Service, ServicePort } from '../services/service.ts';
import type { Mtls } from '../security/peer-authentication.ts';
import type { InboundPort } from './workload.ts';

interface Way {
  service: Service;
  port: ServicePort;
}

/**
 * Every port of a sidecar's pod, by number: its containers', and the numbers that Services lead to without a
 * container saying so. Where several Services lead to one port, the oldest says what it speaks, of the same age the first
 * by FQDN (istio/istio, model/context.go SetServiceTargets).
 */
export function inboundPorts(
  template: PodTemplate,
  services: readonly Service[],
  mtls: (port: number) => Mtls,
): InboundPort[] {
  const written = template.spec.containers.flatMap((container) => container.ports);
  const ways = Map.groupBy(
    services
      .toSorted((a, b) => a.since - b.since || compare(a.fqdn, b.fqdn))
      .flatMap((service) => service.ports.map((port): Way => ({ service, port }))),
    ({ port }) => containerPort(template, port.targetPort),
  );
  const numbers = new Set(written.map((port) => port.containerPort));
  for (const number of ways.keys()) if (number !== undefined) numbers.add(number);
  return [...numbers].sort((a, b) => a - b).map((port) => ({ port, ...speaks(ways.get(port)?.[0]), mtls: mtls(port) }));
}

/** A container's port by number or by its name there; undefined for a name that no container has. */
export function containerPort(template: PodTemplate, target: number | string): number | undefined {
  if (typeof target === 'number') return target;
  const ports = template.spec.containers.flatMap((container) => container.ports);
  return ports.find(({ name }) => name === target)?.containerPort;
}

function speaks(way: Way | undefined): Pick<InboundPort, 'protocol' | 'service'> {
  if (way === undefined) return { protocol: 'tcp', service: undefined };
  return { protocol: way.port.protocol, service: { fqdn: way.service.fqdn, port: way.port.port } };
}
