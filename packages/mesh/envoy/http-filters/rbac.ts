import type { Policy } from '../../model/security/policy.ts';
import { authorization, type Ports } from '../authorization/authorization.ts';
import type { Extension } from '../types.ts';

/** Who may send which request: one filter an action, DENY before ALLOW; refused with 403 `RBAC: access denied`. */
export function httpRbacFilters(policies: readonly Policy[], ports: Ports): Extension[] {
  return authorization(policies, { protocol: 'http', ports }).map((rules) => ({
    name: 'envoy.filters.http.rbac',
    typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC', ...rules },
  }));
}
