import { describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { hostsOf, meshOf, waysOf, workloadOf } from '../../../../test/support/mesh/small-mesh.ts';

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

/** What `me` finds behind A, with these VirtualServices. */
function ways(...texts: string[]): string[] {
  return waysOf(hostsOf(meshOf(...texts, ...workloads), 'me'), A);
}

describe('Whose routes hold for a host', () => {
  test('When no VirtualService speaks of it, then one route named default leads to the whole of it', () => {
    const host = hostsOf(meshOf(...workloads), 'me').find(({ fqdn }) => fqdn === A);
    expect(host?.routes).toMatchObject([
      { name: 'default', span: `${A}:80/*`, config: undefined, because: { object: 'Service shop/a' } },
    ]);
    expect(ways()).toEqual(['a.shop:80']);
  });

  test.each([
    ['its short name', toB('x', '[a]')],
    ['its full name', toB('x', `[${A}]`)],
    ['its full name in capitals', toB('x', '[A.SHOP.svc.cluster.local]')],
    ['a wildcard', toB('x', '["*.local"]')],
    ['mesh among the gateways', toB('x', '[a]', 'gateways: [other/gate, mesh]\n')],
    ['its full name from another namespace', toB('x.away', `[${A}]`)],
  ])('When a VirtualService has %s, then its routes hold', (_, text) => {
    expect(ways(text)).toEqual(['b.shop:80']);
  });

  test.each([
    ['a name with one dot, which is complete', toB('x', '[a.shop]')],
    ['a short name of another namespace', toB('x.away', '[a]')],
    ['a Gateway only', toB('x', '[a]', 'gateways: [gate]\n')],
    ['another namespace for which alone it is', toB('x.away', `[${A}]`, 'exportTo: ["."]\n')],
    [
      'nothing for this caller',
      virtualService(
        'x',
        `hosts: [a]\nhttp: [{ match: [{ sourceNamespace: away }], route: [{ destination: { host: b } }] }]`,
      ),
    ],
  ])('When a VirtualService has %s, then the default stays', (_, text) => {
    expect(ways(text)).toEqual(['a.shop:80']);
  });

  test('When two have the same host, then the first by name has it', () => {
    const other = virtualService('y', `hosts: [a]\n${to('a')}`);
    expect(ways(other, toB('x', '[a]'))).toEqual(['b.shop:80']);
    expect(ways(other, toB('z', '[a]'))).toEqual(['a.shop:80']);
  });

  test('When several wildcards cover it, then the narrowest has it, and a name stands over all', () => {
    const wide = virtualService('a', `hosts: ["*.local"]\n${to('a')}`);
    const narrow = toB('z', '["*.shop.svc.cluster.local"]');
    expect(ways(wide, narrow)).toEqual(['b.shop:80']);
    expect(ways(narrow, virtualService('zz', `hosts: [a]\n${to('a')}`))).toEqual(['a.shop:80']);
  });

  test('When no Service has the host, then it is there as written, at port 80', () => {
    const hosts = hostsOf(meshOf(toB('x', '[shop.example.org]'), ...workloads), 'me');
    expect(hosts.map(({ fqdn, domains }) => [fqdn, domains[0], domains.length])).toEqual([
      [A, A, 5],
      [B, B, 5],
      ['shop.example.org', 'shop.example.org', 1],
    ]);
  });

  test('When a host is written like a domain of a Service, then the Service goes without that domain', () => {
    const hosts = hostsOf(meshOf(toB('x', '[a.shop]'), ...workloads), 'me');
    expect(hosts.find(({ fqdn }) => fqdn === 'a.shop')?.domains).toEqual(['a.shop']);
    expect(hosts.find(({ fqdn }) => fqdn === A)?.domains).toEqual([A, `${A}.`, 'a', 'a.shop.svc']);
  });
});

describe('Where a destination leads', () => {
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
  ])('When it is %s, then a sidecar leads to %s', (destination, expected) => {
    const text = virtualService('x', `hosts: [a]\nhttp: [{ route: [{ destination: ${destination} }] }]`);
    expect(ways(text, subsets, many, one)).toEqual([expected]);
  });

  test('When ports are looked at, then each has the HTTP Services that have it, and the port that was called', () => {
    const mesh = meshOf(many, one, virtualService('x', `hosts: [many]\n${to('many')}`), ...workloads);
    const found = [...mesh.routesOf(workloadOf(mesh, 'me'))].map(([port, hosts]) => [
      port,
      hosts.flatMap(({ fqdn }) => waysOf(hosts, fqdn)),
    ]);
    expect(found).toEqual([
      [80, ['a.shop:80', 'b.shop:80', 'many.shop:80']],
      [81, ['many.shop:81']],
      [9000, ['one.shop:9000']],
    ]);
  });
});
