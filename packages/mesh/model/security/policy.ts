import type { Because } from '../because.ts';

/** One AuthorizationPolicy that selects a workload. */
export interface Policy {
  name: string;
  namespace: string;
  action: 'ALLOW' | 'DENY';
  /** None: an ALLOW that allows nothing. An empty rule matches everything. */
  rules: PolicyRule[];
  because: Because;
}

/** All of from, to and when must hold; in each list one entry is enough; an empty list asks nothing. */
export interface PolicyRule {
  from: Source[];
  to: Operation[];
  when: Condition[];
  because: Because;
}

/** Within an entry all fields must hold; of a field's values one is enough, of a `not…` field none may. Absent: nothing asked. */
export interface Source {
  principals?: string[];
  notPrincipals?: string[];
  namespaces?: string[];
  notNamespaces?: string[];
  /** `checkout` (of the policy's namespace) or `shop/checkout`, as written. */
  serviceAccounts?: string[];
  notServiceAccounts?: string[];
}

export interface Operation {
  hosts?: string[];
  notHosts?: string[];
  ports?: string[];
  notPorts?: string[];
  methods?: string[];
  notMethods?: string[];
  paths?: string[];
  notPaths?: string[];
}

/** `key` as Istio names attributes: request.headers[x-user], source.namespace, source.principal, destination.port, connection.sni. */
export interface Condition {
  key: string;
  values: string[];
  notValues: string[];
}
