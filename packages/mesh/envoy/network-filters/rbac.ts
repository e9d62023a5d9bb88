import type { Policy } from '../../model/security/policy.ts';
import { authorization, type Ports } from '../authorization/authorization.ts';
import type { Extension } from '../types.ts';

/** Who may open a connection: one filter an action, DENY before ALLOW; refused by closing it. */
export function networkRbacFilters(policies: readonly Policy[], ports: Ports): Extension[] {
  return authorization(policies, { protocol: 'tcp', ports }).map((rules) => ({
    name: 'envoy.filters.network.rbac',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC',
      ...rules,
      stat_prefix: 'tcp.',
    },
  }));
}
