import type { PodTemplate } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because, BY_DEFAULT } from '../because.ts';
import type { Because } from '../because.ts';
import type { Inventory } from '../inventory.ts';
import type { Workload } from './workload.ts';

type Injection = Pick<Workload, 'proxy' | 'proxyBecause'>;

const NAMESPACE_LABEL = 'istio-injection';
const POD_LABEL = 'sidecar.istio.io/inject';
const TEMPLATES = 'inject.istio.io/templates';

/**
 * What injection does to a workload's pods. The pod's label decides over the Namespace's, except that a Namespace
 * labelled `disabled` is never looked at (istio/istio, mutatingwebhook.yaml).
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
  const decided: Because = own === 'true' ? byPod : byNamespace;
  return { proxy, proxyBecause: decided };
}
