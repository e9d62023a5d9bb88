import type { PodTemplate } from '../../manifests/kinds/pod.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because, type Because, BY_DEFAULT } from '../because.ts';
import type { Inventory } from '../inventory.ts';
import type { Workload } from './workload.ts';

type Injection = Pick<Workload, 'proxy' | 'proxyBecause'>;

const NAMESPACE_LABEL = 'istio-injection';
const REVISION = 'istio.io/rev';
const INJECT = 'sidecar.istio.io/inject';
const TEMPLATES = 'inject.istio.io/templates';

/** The revision of a control plane that is installed without a name. */
const OWN_REVISION = 'default';

/** Namespaces in which Istio never injects (istio/istio, pkg/kube/inject/inject.go IgnoredNamespaces). */
const SYSTEM = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

/**
 * The proxy that injection adds to a workload's pods, and the label that decided it. A label of the Namespace chooses its
 * pods: `istio-injection`, else `istio.io/rev`; without both, labels of the pod do. `sidecar.istio.io/inject: "false"` on the
 * pod always wins, as a label or, where there is no such label, as an annotation.
 * Source: istio/istio, mutatingwebhook.yaml, and inject.go injectRequired.
 */
export function injectionOf(workload: Resource, template: PodTemplate, all: Inventory): Injection {
  const { labels, annotations } = template.metadata;
  const byPod = (field: 'labels' | 'annotations', name: string) =>
    because(workload, ['spec', 'template', 'metadata', field, name]);
  const { isChosen, proxyBecause } = chosenBy(workload, template, all);
  if (labels[INJECT] === 'false') return { proxy: 'none', proxyBecause: byPod('labels', INJECT) };
  if (!isChosen) return { proxy: 'none', proxyBecause };
  if (labels[INJECT] === undefined && annotations[INJECT] === 'false')
    return { proxy: 'none', proxyBecause: byPod('annotations', INJECT) };
  const templates = annotations[TEMPLATES]?.split(',').map((name) => name.trim()) ?? [];
  const proxy = templates.includes('gateway') ? 'gateway' : 'sidecar';
  return { proxy, proxyBecause: labels[INJECT] === 'true' ? byPod('labels', INJECT) : proxyBecause };
}

/** Whether Istio's webhook is asked about the pods, and the label that decided it. */
function chosenBy(
  workload: Resource,
  template: PodTemplate,
  all: Inventory,
): { isChosen: boolean; proxyBecause: Because } {
  const { labels } = template.metadata;
  const namespace = all.of('Namespace').find(({ metadata }) => metadata.name === workload.metadata.namespace);
  const ofNamespace = namespace?.metadata.labels ?? {};
  const byLabel = (name: string) => (namespace ? because(namespace, ['metadata', 'labels', name]) : BY_DEFAULT);
  const byPod = (name: string) => because(workload, ['spec', 'template', 'metadata', 'labels', name]);
  const whole = ofNamespace[NAMESPACE_LABEL];
  const revision = ofNamespace[REVISION];
  if (SYSTEM.includes(workload.metadata.namespace ?? '')) return { isChosen: false, proxyBecause: BY_DEFAULT };
  if (whole !== undefined) return { isChosen: whole === 'enabled', proxyBecause: byLabel(NAMESPACE_LABEL) };
  if (revision !== undefined) return { isChosen: revision === OWN_REVISION, proxyBecause: byLabel(REVISION) };
  if (labels[REVISION] !== undefined)
    return { isChosen: labels[REVISION] === OWN_REVISION, proxyBecause: byPod(REVISION) };
  return labels[INJECT] === 'true'
    ? { isChosen: true, proxyBecause: byPod(INJECT) }
    : { isChosen: false, proxyBecause: BY_DEFAULT };
}
