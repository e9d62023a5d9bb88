import { podTemplateOf } from '../../manifests/kinds/typed.ts';
import type { PodTemplate } from '../../manifests/kinds/pod.ts';
import type { Resource } from '../../manifests/resource.ts';
import { policiesOf } from '../security/authorization.ts';
import { jwtsOf } from '../security/request-authentication.ts';
import { because, BY_DEFAULT } from '../because.ts';
import { inboundPorts, serviceTargets } from './inbound.ts';
import { injectionOf } from './injection.ts';
import { compare } from '../../manifests/compare.ts';
import type { Pod } from '../../manifests/labels.ts';
import type { Inventory } from '../inventory.ts';
import type { MeshConfig } from '../../manifests/mesh-config.ts';
import { mtlsOf } from '../security/peer-authentication.ts';
import type { Service } from '../services/service.ts';
import { tracingOf } from '../telemetry/telemetry.ts';
import type { Workload } from './workload.ts';

/** A workload before policies, ports and tracing are added. */
export interface Pods extends Pick<Workload, 'kind' | 'name' | 'namespace' | 'labels' | 'account' | 'identity'> {
  resource: Resource;
  template: PodTemplate;
}

/** All Deployments and StatefulSets, sorted by namespace and name. */
export function readPods(all: Inventory, trustDomain: string): Pods[] {
  const kinds = ['Deployment', 'StatefulSet'] as const;
  return kinds
    .flatMap((kind) => all.of(kind).flatMap((resource) => toPods(resource, kind, trustDomain)))
    .sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
}

function toPods(resource: Resource, kind: Workload['kind'], trustDomain: string): Pods[] {
  const template = podTemplateOf(resource);
  if (template === undefined) return [];
  const { name, namespace = '' } = resource.metadata;
  const account = template.spec.serviceAccountName;
  const identity = `spiffe://${trustDomain}/ns/${namespace}/sa/${account}`;
  return [{ kind, name, namespace, labels: template.metadata.labels, account, identity, resource, template }];
}

/** What workloads are completed with. */
interface WorkloadContext {
  config: MeshConfig;
  selecting(pod: Pod): Service[];
  exists(fqdn: string): boolean;
}

const AT_CREATION = { ...BY_DEFAULT, object: 'decided when the pod was created' };

/** Adds proxy, ports, policies and tracing to a workload: the proxy that its next pod gets, or `created`, that of a pod there is. */
export function toWorkload(
  { resource, template, ...pods }: Pods,
  all: Inventory,
  { config, selecting, exists, created }: WorkloadContext & { created?: Workload['proxy'] },
): Workload {
  const { rootNamespace } = config;
  const decided = injectionOf(resource, template, all);
  const isOlder = created !== undefined && created !== decided.proxy;
  const injection = isOlder ? { proxy: created, proxyBecause: AT_CREATION } : decided;
  const { proxy } = injection;
  const targets = serviceTargets(template, selecting(pods));
  return {
    ...pods,
    ...injection,
    inbound: proxy === 'sidecar' ? inboundPorts(template, targets, mtlsOf(pods, all, rootNamespace)) : [],
    targetPorts: new Map(targets.toReversed().map(({ port, target }) => [port.port, target])),
    policies: proxy === 'none' ? [] : policiesOf(pods, all, rootNamespace),
    jwts: proxy === 'none' ? [] : jwtsOf(pods, all, rootNamespace),
    tracing: proxy === 'none' ? undefined : tracingOf(pods, all, { config, exists }),
    because: because(resource),
  };
}
