import type { PodTemplate } from '../../manifests/kinds/pod.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because, BY_DEFAULT } from '../because.ts';
import type { Inventory } from '../inventory.ts';
import type { Workload } from './workload.ts';

type Injection = Pick<Workload, 'proxy' | 'proxyBecause'>;

const NAMESPACE_LABEL = 'istio-injection';
const POD_LABEL = 'sidecar.istio.io/inject';
const TEMPLATES = 'inject.istio.io/templates';

/**
 * The proxy that injection adds to a workload's pods. The pod's label takes precedence over the Namespace's, but in a
 * Namespace labelled `disabled` nothing is injected (istio/istio, mutatingwebhook.yaml).
 */
export function injectionOf(workload: Resource, template: PodTemplate, all: Inventory): Injection {
  const { labels, annotations } = template.metadata;
  const namespace = all.of('Namespace').find(({ metadata }) => metadata.name === workload.metadata.namespace);
  const whole = namespace?.metadata.labels[NAMESPACE_LABEL];
  const byNamespace = namespace && whole ? because(namespace, ['metadata', 'labels', NAMESPACE_LABEL]) : BY_DEFAULT;
  if (whole === 'disabled') return { proxy: 'none', proxyBecause: byNamespace };
  const own = labels[POD_LABEL];
  const byPod = because(workload, ['spec', 'template', 'metadata', 'labels', POD_LABEL]);
  if (own === 'false') return { proxy: 'none', proxyBecause: byPod };
  if (own !== 'true' && whole !== 'enabled') return { proxy: 'none', proxyBecause: byNamespace };
  const templates = annotations[TEMPLATES]?.split(',').map((name) => name.trim()) ?? [];
  const proxy = templates.includes('gateway') ? 'gateway' : 'sidecar';
  return { proxy, proxyBecause: own === 'true' ? byPod : byNamespace };
}
