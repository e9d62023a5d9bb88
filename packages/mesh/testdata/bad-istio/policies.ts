import type { Mistake } from './mistake.ts';

/** Mistakes in a PeerAuthentication, an AuthorizationPolicy and a Telemetry. */
export const POLICIES: Mistake[] = [
  [
    '  mtls: { mode: PERMISSIVE }',
    '  mtls: { mode: MUTUAL }',
    '@: PeerAuthentication spec.mtls.mode must be one of "STRICT", "PERMISSIVE", "DISABLE", "UNSET", not "MUTUAL".',
  ],
  [
    '    8080: { mode: DISABLE }',
    '    http: { mode: DISABLE }',
    '@: PeerAuthentication spec.portLevelMtls.http must be a port from 1 to 65535.',
  ],
  [
    '  portLevelMtls:\n    8080: { mode: DISABLE }',
    '  portLevelMtls: {}',
    '@: PeerAuthentication spec.portLevelMtls must name a port (none is not modelled locally).',
  ],
  [
    '    matchLabels: { app: billing }\n  mtls',
    '    matchLabels: {}\n  mtls',
    '@+2: PeerAuthentication spec.portLevelMtls must stand beside a selector with labels: a mode for a port holds for chosen pods only.',
  ],
  // AuthorizationPolicy
  [
    '  action: DENY',
    '  action: AUDIT',
    '@: AuthorizationPolicy spec.action must be ALLOW or DENY (CUSTOM and AUDIT are not modelled locally), not "AUDIT".',
  ],
  [
    '  rules:',
    '  rules: []\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:',
    '@: AuthorizationPolicy spec.rules must name a rule when action is DENY: without one nothing is ever denied (a rule {} denies everything).',
  ],
  [
    '    - from:',
    '    - from: []\n    - from:',
    '@: AuthorizationPolicy spec.rules[0].from must have an entry where it is written (an empty list is not modelled locally).',
  ],
  [
    '      to:',
    '      to: []\n    - to:',
    '@: AuthorizationPolicy spec.rules[0].to must have an entry where it is written (an empty list is not modelled locally).',
  ],
  [
    '        - source: { principals: ["*/sa/checkout"], notNamespaces: [other] }',
    '        - source: { principals: [] }',
    '@: AuthorizationPolicy spec.rules[0].from[0].source must ask for something.',
  ],
  [
    '        - source: { principals: ["*/sa/checkout"], notNamespaces: [other] }',
    '        - source: { principals: [""] }',
    '@: AuthorizationPolicy spec.rules[0].from[0].source.principals[0] must not be empty.',
  ],
  [
    '        - source: { principals: ["*/sa/checkout"], notNamespaces: [other] }',
    '        - source: { principals: [a], serviceAccounts: [b] }',
    '@: AuthorizationPolicy spec.rules[0].from[0].source must not name both service accounts and namespaces or principals.',
  ],
  [
    '        - source: { principals: ["*/sa/checkout"], notNamespaces: [other] }',
    '        - source: { ipBlocks: [10.1.0.0/33] }',
    '@: AuthorizationPolicy spec.rules[0].from[0].source.ipBlocks[0] must be an IP address or a range such as 10.1.0.0/16, not "10.1.0.0/33".',
  ],
  [
    '        - source: { serviceAccounts: [checkout, shop/gateway] }',
    '        - source: { serviceAccounts: ["check*"] }',
    '@: AuthorizationPolicy spec.rules[0].from[1].source.serviceAccounts[0] must be ACCOUNT or NAMESPACE/ACCOUNT, without "*", not "check*".',
  ],
  [
    '        - source: { serviceAccounts: [checkout, shop/gateway] }',
    '        - source: { serviceAccounts: [a, b, c, d, e, f, g, h, i, j, k, l, m, "n", o, p, q] }',
    '@: AuthorizationPolicy spec.rules[0].from[1].source.serviceAccounts must hold at most 16 accounts.',
  ],
  [
    '        - operation: { methods: [GET], paths: [/charges, "/charges/{*}/refunds"], ports: ["8080"], notHosts: [old.example.org] }',
    '        - operation: {}',
    '@: AuthorizationPolicy spec.rules[0].to[0].operation must ask for something.',
  ],
  [
    '        - operation: { methods: [GET], paths: [/charges, "/charges/{*}/refunds"], ports: ["8080"], notHosts: [old.example.org] }',
    '        - operation: { paths: ["/charges/{id}"] }',
    '@: AuthorizationPolicy spec.rules[0].to[0].operation.paths[0] must be a path; "{*}" stands for one whole segment, "{**}" for the last ones, not "/charges/{id}".',
  ],
  [
    '        - operation: { methods: [GET], paths: [/charges, "/charges/{*}/refunds"], ports: ["8080"], notHosts: [old.example.org] }',
    '        - operation: { paths: ["/{**}/{*}"] }',
    '@: AuthorizationPolicy spec.rules[0].to[0].operation.paths[0] must be a path; "{*}" stands for one whole segment, "{**}" for the last ones, not "/{**}/{*}".',
  ],
  [
    '        - operation: { methods: [GET], paths: [/charges, "/charges/{*}/refunds"], ports: ["8080"], notHosts: [old.example.org] }',
    '        - operation: { ports: [http] }',
    '@: AuthorizationPolicy spec.rules[0].to[0].operation.ports[0] must be a port from 0 to 65535, not "http".',
  ],
  [
    '        - key: request.headers[x-user]',
    '        - key: request.auth.claims',
    '@: AuthorizationPolicy spec.rules[0].when[0].key is unknown or not modelled locally; known are request.headers[NAME], request.auth.claims[NAME], source.principal, source.namespace, destination.port and their like.',
  ],
  [
    '          values: [mallory]',
    '          values: []',
    '@-1: AuthorizationPolicy spec.rules[0].when[0] must have values or notValues.',
  ],
  [
    '          notValues: ["9090"]',
    '          notValues: [http]',
    '@: AuthorizationPolicy spec.rules[0].when[1].notValues[0] must be a port from 0 to 65535, not "http".',
  ],
  [
    '      randomSamplingPercentage: 12.5',
    '      randomSamplingPercentage: 101',
    '@: Telemetry spec.tracing[0].randomSamplingPercentage must be a percentage from 0 to 100, not 101.',
  ],
  [
    '    - providers: [{ name: zipkin }]',
    '    - providers: [{ name: "" }]',
    '@: Telemetry spec.tracing[0].providers[0].name must not be empty.',
  ],
  [
    '      disableSpanReporting: true',
    '      customTags: {}',
    '@: "customTags" in Telemetry spec.tracing[0] is not modelled locally: spans of proxies have the attributes that Envoy gives them.',
  ],
  [
    'apiVersion: telemetry.istio.io/v1alpha1',
    'apiVersion: telemetry.istio.io/v1beta1',
    '@: apiVersion "telemetry.istio.io/v1beta1" of Telemetry is unknown or not modelled locally. Did you mean "telemetry.istio.io/v1"?',
  ],
];
