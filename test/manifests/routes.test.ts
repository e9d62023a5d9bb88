import { describe, expect, test } from '@jest/globals';
import {
  budgetsAreAhead,
  calleesFitIntoTheirCallers,
  effectsAreNotRepeated,
  triesFitIntoTheTimeout,
} from './deadlines.ts';
import { proves } from './proves.ts';
import { milliseconds, tracesComeBeforeThePage } from './routes.ts';
import { edit, remove } from './tree.ts';

const shop = 'istio/base/shop.yaml';

proves(triesFitIntoTheTimeout, [
  [
    'a route has no timeout',
    (tree) => edit(tree, 'istio/base/billing.yaml', ['      timeout: 1500ms\n', '']),
    'istio/base/billing.yaml: billing has no timeout',
  ],
  [
    'a route has no retries field',
    (tree) => edit(tree, 'istio/base/billing.yaml', ['      retries: { attempts: 0 }\n', '']),
    'billing does not say how often it is tried',
  ],
  [
    'one more try does not fit',
    (tree) => edit(tree, shop, [/attempts: 2/, 'attempts: 3']),
    `${shop}: shop/read-next tries 4 times 750ms`,
  ],
  [
    'a try has no limit',
    (tree) => edit(tree, 'istio/base/recommendations.yaml', [' perTryTimeout: 250ms,', '']),
    'recommendations tries 3 times undefined',
  ],
]);

proves(budgetsAreAhead, [
  [
    'a service is given more',
    (tree) => edit(tree, shop, ['"2400"', '"2500"']),
    'shop/place-order-next waits 2500 ms, but',
  ],
  [
    'a route does not say',
    (tree) => edit(tree, shop, ['request: { set: { x-request-timeout-ms: "800" } }, ', '']),
    'shop/session waits 900 ms, but gives the service NaN',
  ],
]);

proves(calleesFitIntoTheirCallers, [
  [
    'billing may take longer',
    (tree) => edit(tree, 'istio/base/billing.yaml', ['1500ms', '1800ms']),
    'shop/place-order waits 2500 ms, but billing and recommendations may take 2600 ms',
  ],
  [
    'recommendations may take longer',
    (tree) => edit(tree, 'istio/base/recommendations.yaml', ['800ms', '950ms']),
    'shop/recommendations waits 900 ms, but recommendations may take 950 ms',
  ],
  ['the gateway waits less', (tree) => edit(tree, shop, [/2500ms/, '2s']), 'shop/place-order-next waits 2000 ms'],
  [
    'the gateway has one more route',
    (tree) => edit(tree, shop, ['name: read\n', 'name: look\n']),
    'CALLS does not list the callees of shop/look',
  ],
  [
    'a callee has no limit',
    (tree) => edit(tree, 'istio/base/billing.yaml', ['      timeout: 1500ms\n', '']),
    'may take NaN ms',
  ],
  ['a callee has no route at all', (tree) => remove(tree, 'istio/base/billing.yaml'), 'may take NaN ms'],
]);

proves(effectsAreNotRepeated, [
  [
    'a charge is retried',
    (tree) => edit(tree, 'istio/base/billing.yaml', ['attempts: 0', 'attempts: 1']),
    'billing may order or charge twice',
  ],
  [
    'an order is retried',
    (tree) => edit(tree, shop, ['attempts: 0', 'attempts: 1']),
    'shop/place-order-next may order or charge twice',
  ],
]);

proves(tracesComeBeforeThePage, [
  [
    'the page gets a match',
    (tree) => edit(tree, shop, ['- name: page\n', '- name: page\n      match: [{ uri: { prefix: / } }]\n']),
    `${shop}: the last route has a match`,
  ],
  [
    'an earlier route loses its match',
    (tree) => edit(tree, shop, ['      match: [{ uri: { prefix: /api/ } }]\n', '']),
    `${shop}: route 5 has no match`,
  ],
  [
    'the traces move below /api/',
    (tree) => edit(tree, 'k8s/overlays/local/demo/trace-api.yaml', ['/jaeger/api/', '/api/jaeger/']),
    'trace-api.yaml: a route of the shop matches /api/jaeger/ first',
  ],
  [
    'the traces match everything',
    (tree) => edit(tree, 'k8s/overlays/local/demo/trace-api.yaml', [/ {4}- match: .*\n {6}/, '    - ']),
    'trace-api.yaml: route 0 has no match',
  ],
]);

describe('durations', () => {
  test.each([
    ['2s', 2000],
    ['1.5s', 1500],
    ['800ms', 800],
    ['1m', 60_000],
    ['fast', Number.NaN],
    [undefined, Number.NaN],
  ])('When Istio reads %s, then it is %d ms', (text, expected) => {
    expect(milliseconds(text)).toBe(expected);
  });
});
