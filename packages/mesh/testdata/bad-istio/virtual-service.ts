import type { Mistake } from './mistake.ts';

/** Mistakes in the hosts, gateways and matches of a VirtualService. */
export const VIRTUAL_SERVICE: Mistake[] = [
  ['  hosts: [billing]', '  hosts: []', '@: VirtualService spec.hosts must name a host.'],
  [
    '  hosts: [billing]',
    '  hosts: ["*"]',
    '@: VirtualService spec.hosts[0] must be named one by one where they hold for the mesh (gateways names none, or "mesh"), not "*".',
  ],
  [
    '  hosts: [billing]',
    '  hosts: [billing, billing]',
    '@: VirtualService spec.hosts[1] must not be that of another entry too.',
  ],
  [
    '  hosts: [billing]',
    '  hosts: [http://billing]',
    '@: VirtualService spec.hosts[0] must be a host name, such as recommendations or *.example.org, not "http://billing".',
  ],
  [
    '  gateways: [shop, mesh]',
    '  gateways: [a/b/c]',
    '@: VirtualService spec.gateways[0] must be "mesh", the name of a Gateway, or NAMESPACE/NAME, not "a/b/c".',
  ],
  [
    '  hosts: [billing]',
    '  hosts: ["*.example.org", billing, a.example.org]',
    '@: VirtualService spec.hosts[2] must not cover the same hosts as "*.example.org".',
  ],
  [
    '  hosts: [billing]',
    '  hosts: [a.example.org, "*.org"]',
    '@: VirtualService spec.hosts[1] must not cover the same hosts as "a.example.org".',
  ],
  [
    '  hosts: [billing]',
    '  hosts: [a_b.org]',
    '@: VirtualService spec.hosts[0] must be a host name, such as recommendations or *.example.org, not "a_b.org".',
  ],
  [
    '        - name: first',
    '        -\n        - name: first',
    '@: VirtualService spec.http[0].match[0] must not be null (not modelled locally).',
  ],
  [
    '          weight: 9',
    '          weight: 4294967296',
    '@: VirtualService spec.http[0].route[0].weight must be a whole number, at most 2147483647, not 4294967296.',
  ],
  [
    '        - destination: { host: billing.shop.svc.cluster.local, subset: v2 }',
    '        - destination: { host: billing, subset: v1.0 }',
    '@: VirtualService spec.http[0].route[1].destination.subset must be a name of letters, digits and "-", at most 63 characters, not "v1.0".',
  ],
  [
    '          set: { x-from: "%DOWNSTREAM_REMOTE_ADDRESS%" }',
    '          set: { x-from: "%START_TIME(%s)" }',
    '@: VirtualService spec.http[0].headers.request.set["x-from"] must be a header value: no control characters, and "%%" for a plain "%", not "%START_TIME(%s)".',
  ],
  [
    '          httpStatus: 503',
    '          percentage: { value: 1 }',
    '@-1: VirtualService spec.http[0].fault.abort.httpStatus must be written (an abort without a status is not modelled locally).',
  ],
  [
    '  exportTo: ["."]',
    '  exportTo: [Shop]',
    '@: VirtualService spec.exportTo[0] must be "*", "." or the name of a namespace, not "Shop".',
  ],
  [
    '  exportTo: ["."]',
    '  exportTo: ["*", shop]',
    '@: VirtualService spec.exportTo must have no other entry beside "*".',
  ],
  ['  exportTo: ["."]', '  exportTo: [shop, shop]', '@: VirtualService spec.exportTo must not have an entry twice.'],
  [
    '  exportTo: ["."]',
    '  tcp: []',
    '@: "tcp" in VirtualService spec is not modelled locally: TCP is forwarded to the Service without a route here.',
  ],
  [
    '          uri: { prefix: /api/ }',
    '          uri: {}',
    '@: VirtualService spec.http[0].match[0].uri must have one of exact, prefix and regex (several are not modelled locally).',
  ],
  [
    '          uri: { prefix: /api/ }',
    '          uri: { prefix: /api/, exact: /api }',
    '@: VirtualService spec.http[0].match[0].uri must have one of exact, prefix and regex (several are not modelled locally).',
  ],
  [
    '          method: { exact: GET }',
    '          method: { prefix: "" }',
    '@: VirtualService spec.http[0].match[0].method.prefix must not be empty.',
  ],
  [
    '          method: { exact: GET }',
    '          method: {}',
    '@: VirtualService spec.http[0].match[0].method must have one of exact, prefix and regex (several are not modelled locally).',
  ],
  [
    '          method: { exact: GET }',
    '          methods: { exact: GET }',
    '@: "methods" in VirtualService spec.http[0].match[0] is unknown. Did you mean "method"?',
  ],
  [
    '          scheme: { exact: http }',
    '          scheme: { regex: "a(" }',
    '@: VirtualService spec.http[0].match[0].scheme.regex must be a regular expression that RE2 can read (error parsing regexp: missing closing ): `a(`), not "a(".',
  ],
  [
    '          scheme: { exact: http }',
    '          scheme: { regex: "(?!a)" }',
    '@: VirtualService spec.http[0].match[0].scheme.regex must be a regular expression that RE2 can read (error parsing regexp: invalid or unsupported Perl syntax: `(?!`), not "(?!a)".',
  ],
  [
    '          scheme: { exact: http }',
    '          scheme: { regex: "" }',
    '@: VirtualService spec.http[0].match[0].scheme.regex must not be empty.',
  ],
  [
    '            x-release: { exact: next }',
    '            x-release: { exact: next, prefix: ne }',
    '@: VirtualService spec.http[0].match[0].headers["x-release"] must have one of exact, prefix and regex (several are not modelled locally).',
  ],
  [
    '            x-release: { exact: next }',
    '            "x release": { exact: next }',
    '@: VirtualService spec.http[0].match[0].headers["x release"] is no name of a header.',
  ],
  [
    '            x-release: { exact: next }',
    '            x-release: { regex: "*" }',
    '@: VirtualService spec.http[0].match[0].headers["x-release"].regex must be a regular expression that RE2 can read (error parsing regexp: missing argument to repetition operator: `*`), not "*".',
  ],
  [
    '            x-any: { regex: "*" }',
    '            x-any: { regex: "**" }',
    '@: VirtualService spec.http[0].match[0].withoutHeaders["x-any"].regex must be a regular expression that RE2 can read (error parsing regexp: missing argument to repetition operator: `*`), not "**".',
  ],
  [
    '            x-any: { regex: "*" }',
    '            x-any: { regex: "a", exact: a }',
    '@: VirtualService spec.http[0].match[0].withoutHeaders["x-any"] must have one of exact, prefix and regex (several are not modelled locally).',
  ],
  [
    '          port: 80',
    '          port: 65536',
    '@: VirtualService spec.http[0].match[0].port must be a port from 1 to 65535, not 65536.',
  ],
  [
    '          gateways: [mesh]',
    '          gateways: [""]',
    '@: VirtualService spec.http[0].match[0].gateways[0] must be "mesh", the name of a Gateway, or NAMESPACE/NAME, not "".',
  ],
];
