import { Failure } from '../../failure.ts';
import { hasCondition } from '../kubectl/objects.ts';
import type { List, Workload } from '../kubectl/objects.ts';
import type { Check } from './check.ts';

/** Istio's control plane runs: without it no pod gets a sidecar, and no change of a route arrives. */
export const istiod: Check = {
  title: 'istiod',
  async look(kubectl) {
    const { items } = await kubectl.json<List<Workload>>('get', 'deployments', '-A', '-l', 'app=istiod');
    const [first] = items;
    if (first === undefined) throw new Failure('Istio is not installed in this cluster.', 'npm run istio:install');
    const ready = items.find(({ status }) => hasCondition(status?.conditions, 'Available'));
    const { name, namespace } = (ready ?? first).metadata;
    if (ready === undefined)
      throw new Failure(
        `Deployment ${name} in ${namespace} is not available.`,
        `kubectl -n ${namespace} describe pods -l app=istiod   (it says why)`,
      );
    const version =
      ready.metadata.labels?.['operator.istio.io/version'] ?? ready.metadata.labels?.['app.kubernetes.io/version'];
    return `${name} is available in ${namespace}${version === undefined ? '' : `, version ${version}`}`;
  },
};
