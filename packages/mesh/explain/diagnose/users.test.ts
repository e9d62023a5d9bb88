import { describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { meshOf } from '../../../../test/support/mesh/small-mesh.ts';
import { diagnose } from './diagnose.ts';

describe('what the proxies of several namespaces see', () => {
  const shop = [namespace('shop', 'enabled'), deployment('a'), deployment('b'), service('a'), service('b')];
  const away = [namespace('away', 'enabled'), deployment('far', { namespace: 'away' })];
  const route = (name: string, more: string, to = 'b.shop.svc.cluster.local') =>
    istio(
      'VirtualService',
      name,
      `  hosts: [a.shop.svc.cluster.local]\n  ${more}\n  http: [{ route: [{ destination: { host: ${to} } }] }]`,
    );
  const found = (...texts: string[]) =>
    diagnose(meshOf(...texts)).map(({ message }) => message.replace(/^my.yaml:\d+: /, ''));
  const LOST = 'has no effect on calls to host "a.shop.svc.cluster.local"';

  test('When one is private, then the older public one has lost there, and the warning says why', () => {
    const texts = [...shop, route('a', 'exportTo: ["*"]'), route('z', 'exportTo: ["."]')];
    expect(found(...texts)).toEqual([
      `VirtualService a ${LOST}: VirtualService shop/z (my.yaml:19) is private to namespace shop, and so comes first.`,
    ]);
    expect(found(...texts, ...away)).toEqual([
      expect.stringMatching(/^VirtualService a has no effect on calls from a, b to host .*: VirtualService shop\/z /),
    ]);
  });

  test('When one is exported by name, then it comes before public ones, where it is seen', () => {
    const texts = [...shop, ...away, route('a', 'exportTo: ["*"]'), route('z.away', 'exportTo: [shop]')];
    expect(found(...texts)).toEqual([
      expect.stringMatching(
        /^VirtualService a has no effect on calls from a, b to host .*\) is exported to namespace shop by name/,
      ),
    ]);
  });

  test('When the first has no route for a caller, then the second has, and has lost only for the others', () => {
    const first = istio(
      'VirtualService',
      'a',
      '  hosts: [a]\n  http: [{ match: [{ sourceLabels: { app: a } }], route: [{ destination: { host: b } }] }]',
    );
    const nobody = first.replace('app: a', 'app: nobody');
    expect(found(...shop, first, route('z', 'gateways: [mesh]'))).toEqual([
      expect.stringMatching(/^VirtualService z has no effect on calls from a to host .* is the older one for it\.$/),
    ]);
    expect(found(...shop, nobody, route('z', 'gateways: [mesh]'))).toEqual([]);
  });

  test('When a Service is not exported to the callers, then the warning says so', () => {
    const hidden = service('hidden', { namespace: 'away', annotations: { 'networking.istio.io/exportTo': '.' } });
    expect(found(...shop, ...away, hidden, route('x', 'exportTo: ["."]', 'hidden.away.svc.cluster.local'))).toEqual([
      'Service hidden.away.svc.cluster.local is not exported to namespace shop: requests sent there get 503.',
    ]);
  });

  test('When another namespace has a DestinationRule of its own, then its callers lack the subset', () => {
    const subset = 'b.shop.svc.cluster.local, subset: v1';
    const rules = ['b', 'b.away'].map((name, index) =>
      istio('DestinationRule', name, `  host: b.shop.svc.cluster.local\n  subsets: [{ name: v${index + 1} }]`),
    );
    expect(found(...shop, ...away, ...rules, route('x', 'exportTo: ["*"]', subset))).toEqual([
      'DestinationRule away/b has no subset "v1" (it has v2): requests sent there get 503.',
    ]);
    expect(found(...shop, ...away, ...rules, route('x', 'exportTo: ["."]', subset))).toEqual([]);
  });
});
