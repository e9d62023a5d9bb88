import { istioReferencesResolve } from './istio-references.ts';
import { proves } from './proves.ts';
import { edit } from './tree.ts';

const billing = 'istio/base/billing.yaml';

proves(istioReferencesResolve, [
  [
    'a route leads to a host without a Service',
    (tree) => edit(tree, billing, ['host: billing, subset: v2', 'host: biling, subset: v2']),
    `${billing}: billing leads to biling, which is not a Service`,
  ],
  [
    'a route names an unknown subset',
    (tree) => edit(tree, billing, ['host: billing, subset: v2', 'host: billing, subset: v3']),
    `${billing}: billing leads to subset v3 of billing`,
  ],
  [
    'routes are for an unknown host',
    (tree) => edit(tree, billing, ['hosts: [billing]', 'hosts: [bills]']),
    `${billing}: there is no Service for the host bills`,
  ],
  [
    'a subset matches no pod',
    (tree) => edit(tree, billing, ['labels: { version: v2 }', 'labels: { version: v3 }']),
    `${billing}: no pod of billing is in subset v2`,
  ],
  [
    'subsets are of an unknown host',
    (tree) => edit(tree, billing, ['  host: billing\n', '  host: bills\n']),
    `${billing}: bills is not a Service`,
  ],
  [
    'the Gateway does not match the gateway pods',
    (tree) => edit(tree, 'istio/base/gateway.yaml', ['gateway: shop', 'gateway: store']),
    'Gateway shop selects no pods',
  ],
  [
    'routes are for an unknown gateway',
    (tree) => edit(tree, 'istio/base/shop.yaml', ['gateways: [shop]', 'gateways: [store]']),
    'istio/base/shop.yaml: there is no Gateway store',
  ],
  [
    'a policy allows an unknown caller',
    (tree) => edit(tree, 'istio/base/allow/billing.yaml', ['[checkout]', '[chekout]']),
    'istio/base/allow/billing.yaml: there is no ServiceAccount chekout',
  ],
  [
    'a policy selects no pods',
    (tree) => edit(tree, 'istio/base/allow/billing.yaml', ['app: billing', 'app: bills']),
    'istio/base/allow/billing.yaml: the policy selects no pods',
  ],
]);
