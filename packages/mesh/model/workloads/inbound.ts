import type { PodTemplate } from '../../manifests/kinds/pod.ts';
import { compare } from '../../manifests/compare.ts';
import type { Service, ServicePort } from '../services/service.ts';
import type { Mtls } from '../security/peer-authentication.ts';
import type { InboundPort } from './workload.ts';

/** A port of a Service that selects the pod, and the container port behind it. */
export interface ServiceTarget {
  service: Service;
  port: ServicePort;
  target: number;
}

/**
 * The ports of the Services that select a pod, without those that no container has: those of the oldest Service first; of the
 * same age, by FQDN (istio/istio, model/context.go SetServiceTargets). Of the ports of a Service with one container port and
 * one protocol, only the first counts (controller.go GetProxyServiceTargetsByPod).
 */
export function serviceTargets(template: PodTemplate, services: readonly Service[]): ServiceTarget[] {
  return services
    .toSorted((a, b) => a.createdAt - b.createdAt || compare(a.fqdn, b.fqdn))
    .flatMap((service) => {
      const targets = service.ports.flatMap((port) => {
        const target = containerPort(template, port.targetPort);
        return target === undefined ? [] : [{ service, port, target }];
      });
      return firstOf(targets, ({ port, target }) => `${target} ${port.protocol}`);
    });
}

/** The ports of a sidecar's pod, sorted: those of its containers and of its Services. The first target of a port decides its protocol. */
export function inboundPorts(
  template: PodTemplate,
  targets: readonly ServiceTarget[],
  mtls: (port: number) => Mtls,
): InboundPort[] {
  const written = template.spec.containers.flatMap((container) => container.ports);
  const numbers = new Set([...written.map((port) => port.containerPort), ...targets.map(({ target }) => target)]);
  const first = new Map(firstOf(targets, ({ target }) => target).map((one) => [one.target, one]));
  return [...numbers].sort((a, b) => a - b).map((port) => ({ port, ...protocolOf(first.get(port)), mtls: mtls(port) }));
}

/** The first of those with the same key. */
function firstOf<T, K>(all: readonly T[], keyOf: (one: T) => K): T[] {
  return [...Map.groupBy(all, keyOf).values()].flatMap(([one]) => (one === undefined ? [] : [one]));
}

/** The number of a container port, given by number or name; undefined for a name that no container has. */
export function containerPort(template: PodTemplate, target: number | string): number | undefined {
  if (typeof target === 'number') return target;
  const ports = template.spec.containers.flatMap((container) => container.ports);
  return ports.find(({ name }) => name === target)?.containerPort;
}

// A port that no Service has is detected, too (listener_inbound.go buildInboundPassthroughChains).
function protocolOf(target: ServiceTarget | undefined): Pick<InboundPort, 'protocol' | 'service'> {
  if (target === undefined) return { protocol: 'detected', service: undefined };
  return { protocol: target.port.protocol, service: { fqdn: target.service.fqdn, port: target.port.port } };
}
