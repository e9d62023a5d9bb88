import { describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { hostsOf, meshOf, routeTargets, workloadOf } from '../../../../test/support/mesh/small-mesh.ts';

const A = 'a.shop.svc.cluster.local';
const B = 'b.shop.svc.cluster.local';
const workloads = [
  namespace('shop', 'enabled'),
  namespace('away', 'enabled'),
  deployment('me', { labels: { tier: 'web' } }),
  deployment('far', { namespace: 'away' }),
  service('a'),
  service('b'),
];
const subsets = istio('DestinationRule', 'a', '  host: a\n  subsets: [{ name: v1, labels: { version: v1 } }]');

function virtualService(name: string, spec: string): string {
  return istio('VirtualService', name, spec.replaceAll(/^/gm, '  '));
}

const to = (host: string) => `http: [{ route: [{ destination: { host: ${host} } }] }]`;
const toB = (name: string, hosts: string, more = '') => virtualService(name, `hosts: ${hosts}\n${more}${to(B)}`);

/** The targets of `me`'s routes for A, with these VirtualServices. */
function routesOf(...texts: string[]): string[] {
  return routeTargets(hostsOf(meshOf(...texts, ...workloads), 'me'), A);
}

describe('Which routes a host has', () => {
  test('When it has no VirtualService, then it has one route, named default, to the whole Service', () => {
    const host = hostsOf(meshOf(...workloads), 'me').find(({ fqdn }) => fqdn === A);
    expect(host?.routes).toMatchObject([
      { name: 'default', span: `${A}:80/*`, config: undefined, because: { object: 'Service shop/a' } },
    ]);
    expect(routesOf()).toEqual(['a.shop:80']);
  });

  test.each([
    ['its short name', toB('x', '[a]')],
    ['its full name', toB('x', `[${A}]`)],
    ['its full name in capitals', toB('x', '[A.SHOP.svc.cluster.local]')],
    ['a wildcard', toB('x', '["*.local"]')],
    ['mesh among the gateways', toB('x', '[a]', 'gateways: [other/gate, mesh]\n')],
    ['its full name from another namespace', toB('x.away', `[${A}]`)],
  ])('When a VirtualService has %s, then its routes apply', (_, text) => {
    expect(routesOf(text)).toEqual(['b.shop:80']);
  });

  test.each([
    ['a name with one dot, which is complete', toB('x', '[a.shop]')],
    ['a short name of another namespace', toB('x.away', '[a]')],
    ['a Gateway only', toB('x', '[a]', 'gateways: [gate]\n')],
    ['an exportTo for another namespace only', toB('x.away', `[${A}]`, 'exportTo: ["."]\n')],
    [
      'nothing for this caller',
      virtualService(
        'x',
        `hosts: [a]\nhttp: [{ match: [{ sourceNamespace: away }], route: [{ destination: { host: b } }] }]`,
      ),
    ],
  ])('When a VirtualService has %s, then the default stays', (_, text) => {
    expect(routesOf(text)).toEqual(['a.shop:80']);
  });

  test('When two VirtualServices have the same host, then the first by name takes precedence', () => {
    const other = virtualService('y', `hosts: [a]\n${to('a')}`);
    expect(routesOf(other, toB('x', '[a]'))).toEqual(['b.shop:80']);
    expect(routesOf(other, toB('z', '[a]'))).toEqual(['a.shop:80']);
  });

  test('When one is private, or exported by name, then it takes precedence over the public ones, whatever their age', () => {
    const open = virtualService('a', `hosts: [a]\n${to('a')}`);
    const own = toB('z', '[a]', 'exportTo: ["."]\n');
    const exported = toB('z.away', `[${A}]`, 'exportTo: [shop, other]\n');
    const isFirst = (name: string) => virtualService(name, `hosts: [${A}]\nexportTo: [shop]\n${to('gone')}`);
    expect(routesOf(open, own)).toEqual(['b.shop:80']);
    expect(routesOf(open, exported)).toEqual(['b.shop:80']);
    expect(routesOf(isFirst('b.away'), own)).toEqual(['b.shop:80']);
    expect(routesOf(isFirst('zz'), exported)).toEqual(['gone.shop:80 no host']);
    expect(routesOf(toB('x.away', `[${A}]`, 'exportTo: [other]\n'))).toEqual(['a.shop:80']);
  });

  test('When several wildcards match it, then the most specific takes precedence, and a full name over all', () => {
    const wide = virtualService('a', `hosts: ["*.local"]\n${to('a')}`);
    const narrow = toB('z', '["*.shop.svc.cluster.local"]');
    expect(routesOf(wide, narrow)).toEqual(['b.shop:80']);
    expect(routesOf(narrow, virtualService('zz', `hosts: [a]\n${to('a')}`))).toEqual(['a.shop:80']);
  });

  test('When the host has no Service, then it is kept as written, on port 80', () => {
    const hosts = hostsOf(meshOf(toB('x', '[shop.example.org]'), ...workloads), 'me');
    expect(hosts.map(({ fqdn, domains }) => [fqdn, domains[0], domains.length])).toEqual([
      [A, A, 5],
      [B, B, 5],
      ['shop.example.org', 'shop.example.org', 1],
    ]);
  });

  test('When a host is equal to a domain of a Service, then the Service loses that domain', () => {
    const hosts = hostsOf(meshOf(toB('x', '[a.shop]'), ...workloads), 'me');
    expect(hosts.find(({ fqdn }) => fqdn === 'a.shop')?.domains).toEqual(['a.shop']);
    expect(hosts.find(({ fqdn }) => fqdn === A)?.domains).toEqual([A, `${A}.`, 'a', 'a.shop.svc']);
  });
});

describe('How a destination is resolved', () => {
  const ports = [
    { name: 'http', port: 80 },
    { name: 'http-admin', port: 81 },
    { name: 'tcp', port: 82 },
  ];
  const many = service('many', { ports });
  const one = service('one', { ports: [{ name: 'http', port: 9000 }] });

  test.each([
    ['{ host: a, subset: v1 }', 'v1@a.shop:80'],
    ['{ host: a, subset: v2 }', 'v2@a.shop:80 no subset'],
    ['{ host: gone }', 'gone.shop:80 no host'],
    ['{ host: many, port: { number: 81 } }', 'many.shop:81'],
    ['{ host: many, port: { number: 99 } }', 'many.shop:99 no port'],
    ['{ host: many }', 'many.shop:80'],
    ['{ host: one }', 'one.shop:80 no port'],
  ])('When it is %s, then a sidecar sends to %s', (destination, expected) => {
    const text = virtualService('x', `hosts: [a]\nhttp: [{ route: [{ destination: ${destination} }] }]`);
    expect(routesOf(text, subsets, many, one)).toEqual([expected]);
  });

  test('When a Service is not exported to the caller, then it has no host, and a route to it has no destination', () => {
    const seen = (exportTo: string, place = 'away') => {
      const hidden = service('hidden', { namespace: place, annotations: { 'networking.istio.io/exportTo': exportTo } });
      const far = `hidden.${place}.svc.cluster.local`;
      const mesh = meshOf(hidden, virtualService('x', `hosts: [a]\n${to(far)}`), ...workloads);
      const hosts = hostsOf(mesh, 'me');
      const clusters = mesh.clustersOf(workloadOf(mesh, 'me'));
      return [hosts, clusters]
        .map((all) => all.some(({ fqdn }) => fqdn === far))
        .concat(routeTargets(hosts, A)[0] === `hidden.${place}:80`);
    };
    for (const all of ['', '*', 'shop', 'other, shop']) expect(seen(all)).toEqual([true, true, true]);
    expect(seen('.', 'shop')).toEqual([true, true, true]);
    for (const none of ['.', '~', 'away', 'other']) expect(seen(none)).toEqual([false, false, false]);
  });

  test('When there are several ports, then each has the HTTP Services with this port, and sends to this port', () => {
    const mesh = meshOf(many, one, virtualService('x', `hosts: [many]\n${to('many')}`), ...workloads);
    const found = [...mesh.routesOf(workloadOf(mesh, 'me'))].map(([port, hosts]) => [
      port,
      hosts.flatMap(({ fqdn }) => routeTargets(hosts, fqdn)),
    ]);
    expect(found).toEqual([
      [80, ['a.shop:80', 'b.shop:80', 'many.shop:80']],
      [81, ['many.shop:81']],
      [9000, ['one.shop:9000']],
    ]);
  });
});
