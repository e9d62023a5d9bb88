import type { Because } from '../because.ts';

/** An AuthorizationPolicy that applies to a workload. */
export interface Policy {
  name: string;
  namespace: string;
  action: 'ALLOW' | 'DENY';
  /** True: a proxy only counts and traces what it would do (annotation `istio.io/dry-run`). */
  dryRun: boolean;
  /** An ALLOW policy without rules allows nothing. An empty rule matches every request. */
  rules: PolicyRule[];
  because: Because;
}

/** Matches if `from`, `to` and `when` match: one entry of `from` and of `to` is enough. An empty list matches everything. */
export interface PolicyRule {
  from: Source[];
  to: Operation[];
  when: Condition[];
  because: Because;
}

/** All fields must match: one value of a field is enough; no value of a `not…` field may match. Absent fields match everything. */
export interface Source {
  principals?: string[];
  notPrincipals?: string[];
  /** `ISSUER/SUBJECT` of the request's token. */
  requestPrincipals?: string[];
  notRequestPrincipals?: string[];
  namespaces?: string[];
  notNamespaces?: string[];
  /** `checkout` (in the policy's namespace) or `shop/checkout`, as written. */
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

/** `key` is Istio's name of an attribute: request.headers[x-user], request.auth.claims[sub], source.namespace, source.principal, destination.port, connection.sni. */
export interface Condition {
  key: string;
  values: string[];
  notValues: string[];
}
