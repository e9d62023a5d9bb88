import { Failure } from '../../failure.ts';
import { hasCondition } from '../kubectl/objects.ts';
import type { Condition, List, Meta } from '../kubectl/objects.ts';
import type { Check } from './check.ts';

/** The kinds of the objects in istio/base. */
const NEEDED = [
  'gateways.networking.istio.io',
  'virtualservices.networking.istio.io',
  'destinationrules.networking.istio.io',
  'peerauthentications.security.istio.io',
  'authorizationpolicies.security.istio.io',
  'telemetries.telemetry.istio.io',
];

interface Definition {
  metadata: Meta;
  status?: { conditions?: Condition[] };
}

/** The API server has Istio's kinds: without them it rejects istio/base. */
export const definitions: Check = {
  title: 'CRDs',
  async look(kubectl) {
    const { items } = await kubectl.json<List<Definition>>('get', 'customresourcedefinitions');
    const established = items.filter(({ status }) => hasCondition(status?.conditions, 'Established'));
    const missing = NEEDED.filter((name) => !established.some(({ metadata }) => metadata.name === name));
    if (missing.length > 0)
      throw new Failure(`Istio's kinds are not established here: ${missing.join(', ')}.`, 'npm run istio:install');
    const all = established.filter(({ metadata }) => metadata.name.endsWith('.istio.io'));
    return `${all.length} of Istio's, with the ${NEEDED.length} that the shop uses`;
  },
};
