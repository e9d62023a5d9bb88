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
  ['  exportTo: ["."]', '  tcp: []', '@: "tcp" in VirtualService spec is unknown or not modelled locally.'],
  [
    '          uri: { prefix: /api/ }',
    '          uri: {}',
    '@: VirtualService spec.http[0].match[0].uri must have one of exact, prefix and regex.',
  ],
  [
    '          uri: { prefix: /api/ }',
    '          uri: { prefix: /api/, exact: /api }',
    '@: VirtualService spec.http[0].match[0].uri must have one of exact, prefix and regex.',
  ],
  [
    '          method: { exact: GET }',
    '          method: { prefix: "" }',
    '@: VirtualService spec.http[0].match[0].method.prefix must not be empty.',
  ],
  [
    '          method: { exact: GET }',
    '          method: {}',
    '@: VirtualService spec.http[0].match[0].method must have one of exact, prefix and regex.',
  ],
  [
    '          method: { exact: GET }',
    '          methods: { exact: GET }',
    '@: "methods" in VirtualService spec.http[0].match[0] is unknown or not modelled locally. Did you mean "method"?',
  ],
  [
    '          scheme: { exact: http }',
    '          scheme: { regex: "a(" }',
    '@: VirtualService spec.http[0].match[0].scheme.regex must be a regular expression (Unterminated group), not "a(".',
  ],
  [
    '          scheme: { exact: http }',
    '          scheme: { regex: "(?!a)" }',
    '@: VirtualService spec.http[0].match[0].scheme.regex must do without look-around and back-references, which RE2 does not have.',
  ],
  [
    '          scheme: { exact: http }',
    '          scheme: { regex: "" }',
    '@: VirtualService spec.http[0].match[0].scheme.regex must not be empty.',
  ],
  [
    '            x-release: { exact: next }',
    '            x-release: { exact: next, prefix: ne }',
    '@: VirtualService spec.http[0].match[0].headers["x-release"] must have one of exact, prefix and regex only.',
  ],
  [
    '            x-release: { exact: next }',
    '            "x release": { exact: next }',
    '@: VirtualService spec.http[0].match[0].headers["x release"] is no name of a header.',
  ],
  [
    '            x-release: { exact: next }',
    '            x-release: { regex: "*" }',
    '@: VirtualService spec.http[0].match[0].headers["x-release"].regex must be a regular expression (Nothing to repeat), not "*".',
  ],
  [
    '            x-any: { regex: "*" }',
    '            x-any: { regex: "**" }',
    '@: VirtualService spec.http[0].match[0].withoutHeaders["x-any"].regex must be a regular expression (Nothing to repeat), not "**".',
  ],
  [
    '            x-any: { regex: "*" }',
    '            x-any: { regex: "a", exact: a }',
    '@: VirtualService spec.http[0].match[0].withoutHeaders["x-any"] must have one of exact, prefix and regex only.',
  ],
  [
    '          port: 80',
    '          port: 0',
    '@: VirtualService spec.http[0].match[0].port must be a port from 1 to 65535, not 0.',
  ],
  [
    '          gateways: [mesh]',
    '          gateways: [""]',
    '@: VirtualService spec.http[0].match[0].gateways[0] must be "mesh", the name of a Gateway, or NAMESPACE/NAME, not "".',
  ],
];
