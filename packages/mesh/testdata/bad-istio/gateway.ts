import type { Mistake } from './mistake.ts';

/** Mistakes in a Gateway. */
export const GATEWAY: Mistake[] = [
  [
    '      hosts: ["*"]',
    '      hosts: [localhost]',
    '@: Gateway spec.servers[0].hosts[0] must be a full host name, such as *, shop.example.org or shop/*, not "localhost".',
  ],
  [
    '        protocol: HTTP',
    '        protocol: HTTPS',
    '@: Gateway spec.servers[0].port.protocol must be HTTP (other protocols are not modelled locally), not "HTTPS".',
  ],
  [
    '      hosts: ["*"]',
    '      hosts: ["*"]\n      tls: { mode: SIMPLE }',
    '@+1: "tls" in Gateway spec.servers[0] is not modelled locally: a gateway serves plain HTTP here.',
  ],
  ['      hosts: ["*"]', '      hosts: []', '@: Gateway spec.servers[0].hosts must name a host.'],
  [
    '      hosts: ["*"]',
    '      hosts: ["shop/*/x"]',
    '@: Gateway spec.servers[0].hosts[0] must be a full host name, such as *, shop.example.org or shop/*, not "shop/*/x".',
  ],
  [
    '        name: more',
    '        name: http',
    '@: Gateway spec.servers[1].port.name must not be that of another entry too.',
  ],
  ['        name: http', '        name: ""', '@: Gateway spec.servers[0].port.name must not be empty.'],
  [
    '  selector:\n    gateway: shop',
    '  selectr:\n    gateway: shop',
    '@: "selectr" in Gateway spec is unknown. Did you mean "selector"?',
  ],
];
