import type { Resource } from '@tuesday/mesh/manifests';
import type { ServiceEndpoints } from '../network/endpoints.ts';
import type { ContainerState } from '../pods/container-restarts.ts';
import type { Terminated } from '../pods/terminated.ts';
import type { Pod } from '../pods/pod.ts';
import { SIDECAR } from '../envoys/proxy.ts';

/** A pod in Kubernetes' shape, as in `kubectl get pods -o json`. */
export function podObject(pod: Pod): object {
  const { name, namespace, uid, ip, labels, annotations, template, created } = pod;
  const container = template.spec.containers[0]!;
  const app = { ...pod, ready: pod.appReady && pod.reason !== 'Terminating' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid,
      labels,
      annotations,
      creationTimestamp: created.toISOString(),
      ...(pod.reason === 'Terminating' && { deletionTimestamp: new Date().toISOString() }),
    },
    spec: { ...template.spec, ...injected(pod), nodeName: 'local' },
    status: {
      phase: pod.running || pod.last ? 'Running' : 'Pending',
      podIP: ip,
      podPorts: Object.fromEntries(pod.ports),
      startTime: created.toISOString(),
      conditions: [{ type: 'Ready', status: pod.ready ? 'True' : 'False' }],
      containerStatuses: [
        containerStatus(container, app),
        ...(pod.sidecar ? [containerStatus(SIDECAR, pod.sidecar)] : []),
      ],
    },
  };
}

const PORTS = [{ name: 'http-envoy-prom', containerPort: 15_090, protocol: 'TCP' }];

/** What Istio's injection adds: a sidecar is an init container that is always restarted; a gateway's container is the proxy itself. */
function injected({ proxy, template }: Pod): object {
  if (proxy?.kind === 'sidecar')
    return { initContainers: [{ name: SIDECAR.name, image: SIDECAR.image, restartPolicy: 'Always', ports: PORTS }] };
  const [container] = template.spec.containers;
  return proxy ? { containers: [{ ...container!, ports: [...container!.ports, ...PORTS] }] } : {};
}

function containerStatus({ name, image }: { name: string; image: string }, one: ContainerState): object {
  const { ready, restarts, last } = one;
  const before = last && { terminated: terminatedState(last) };
  return { name, image, ready, restartCount: restarts, state: stateOf(one), ...(before && { lastState: before }) };
}

function stateOf({ reason, message, running, startedAt, last }: ContainerState): object {
  if (running && startedAt) return { running: { startedAt: startedAt.toISOString() } };
  if (last && reason === last.reason) return { terminated: terminatedState(last) };
  return { waiting: { reason, ...(message && { message }) } };
}

const terminatedState = ({ startedAt, finishedAt, ...ended }: Terminated): object => ({
  ...ended,
  startedAt: startedAt.toISOString(),
  finishedAt: finishedAt.toISOString(),
});

/** The events of a pod in Kubernetes' shape. */
export function eventObjects({ name, namespace, uid, events }: Pod): object[] {
  return events.list().map(({ first, last, ...event }, index) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${index}`, namespace, creationTimestamp: first.toISOString() },
    involvedObject: { kind: 'Pod', namespace, name, uid },
    ...event,
    firstTimestamp: first.toISOString(),
    lastTimestamp: last.toISOString(),
    source: { component: 'kubelet', host: 'local' },
  }));
}

/** A Service's Endpoints in Kubernetes' shape. Every address is 127.0.0.1, so pods differ by their ports. */
export function endpointsObject({ name, namespace, ports, pods }: ServiceEndpoints): object {
  const subsets = Object.entries(ports).flatMap(([port, ready]) =>
    ready.map((hostPort, index) => ({
      addresses: [{ ip: '127.0.0.1', targetRef: { kind: 'Pod', name: pods[Number(port)]?.[index] } }],
      ports: [{ port: hostPort, name: `service-${port}` }],
    })),
  );
  return { apiVersion: 'v1', kind: 'Endpoints', metadata: { name, namespace }, subsets };
}

/** An applied object, with the file and line that it was read from. */
export function appliedObject(resource: Resource, extra: { created: Date; status?: object }): object {
  const { metadata, ...rest } = resource.body as { metadata: object };
  const { generation, ...stored } = resource.stored ?? {};
  const counted = 'spec' in rest && resource.kind !== 'Service' && resource.kind !== 'Namespace' && { generation };
  return {
    ...rest,
    // In seconds, as an API server writes it.
    metadata: { ...metadata, creationTimestamp: `${extra.created.toISOString().slice(0, 19)}Z`, ...stored, ...counted },
    ...(extra.status && { status: extra.status }),
    source: resource.source,
  };
}
