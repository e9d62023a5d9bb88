import { Failure } from '../../failure.ts';
import type { List, Meta } from '../kubectl/objects.ts';
import type { Check } from './check.ts';

interface Webhook {
  name: string;
  clientConfig?: { caBundle?: string };
  namespaceSelector?: { matchExpressions?: { key: string; operator: string; values?: string[] }[] };
}

interface Configuration {
  metadata: Meta;
  webhooks?: Webhook[];
}

/** A webhook selects the label of k8s/base/namespace.yaml. Istio installed with a revision selects only istio.io/rev, unless it has the tag "default". */
export const injection: Check = {
  title: 'injection',
  async look(kubectl) {
    const { items } = await kubectl.json<List<Configuration>>('get', 'mutatingwebhookconfigurations');
    const found = items.find(({ webhooks }) => webhooks?.some(selectsLabel));
    if (found === undefined)
      throw new Failure(
        'No webhook injects sidecars into a namespace with the label istio-injection=enabled.',
        'npm run istio:install',
      );
    if (!found.webhooks?.some((webhook) => selectsLabel(webhook) && (webhook.clientConfig?.caBundle ?? '') !== ''))
      throw new Failure(
        `The webhook ${found.metadata.name} has no certificate of istiod yet, so every pod would be refused.`,
        'kubectl -n istio-system rollout restart deployment/istiod',
      );
    return `webhook ${found.metadata.name} serves istio-injection=enabled`;
  },
};

function selectsLabel({ name, namespaceSelector }: Webhook): boolean {
  const label = namespaceSelector?.matchExpressions?.find(({ key }) => key === 'istio-injection');
  return (
    name.endsWith('sidecar-injector.istio.io') && label?.operator === 'In' && label.values?.includes('enabled') === true
  );
}
