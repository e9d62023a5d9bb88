import { describe, expect, test } from '@jest/globals';
import type { GatewayServer } from './gateways.ts';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { meshOf, routeTargets, workloadOf } from '../../../../test/support/mesh/small-mesh.ts';

const GATE = {
  labels: { gateway: 'shop', 'sidecar.istio.io/inject': 'true' },
  annotations: { 'inject.istio.io/templates': 'gateway' },
};
const gate = deployment('gate', GATE);
const ports = [{ name: 'http', port: 80, targetPort: 8080 }];
const workloads = [
  namespace('shop', 'enabled'),
  gate,
  service('gate', { ports }),
  service('a'),
  service('b'),
  service('one', { ports: [{ name: 'http', port: 9000 }] }),
];

function gateway(name: string, { port = 80, hosts = '["*"]', selector = 'gateway: shop' } = {}): string {
  const server = `{ port: { number: ${port}, name: http, protocol: HTTP }, hosts: ${hosts} }`;
  return istio('Gateway', name, `  selector: { ${selector} }\n  servers:\n    - ${server}`);
}

function virtualService(
  name: string,
  {
    hosts = '["*"]',
    gateways = '[gate]',
    http = '[{ route: [{ destination: { host: a.shop.svc.cluster.local } }] }]',
  } = {},
): string {
  return istio('VirtualService', name, `  hosts: ${hosts}\n  gateways: ${gateways}\n  http: ${http}`);
}

function serversOf(...texts: string[]): GatewayServer[] {
  const mesh = meshOf(...texts, ...workloads);
  return mesh.serversOf(workloadOf(mesh, 'gate'));
}

function hostsOf(...texts: string[]): string[] {
  return serversOf(...texts).flatMap(({ hosts }) => hosts.flatMap(({ domains }) => domains));
}

describe('Servers of a gateway', () => {
  test('When a Gateway selects its pods, then it listens on the targetPort of its Service', () => {
    expect(serversOf(gateway('gate'), gateway('more', { port: 81 }))).toMatchObject([
      { port: 81, targetPort: 81, hosts: [], because: { object: 'Gateway shop/more' } },
      { port: 80, targetPort: 8080, hosts: [], because: { object: 'Gateway shop/gate', line: 7 } },
    ]);
  });

  test('When the targetPort of its Service is a name, then it listens on the container port of this name', () => {
    const named = service('gate', { ports: [{ name: 'http', port: 80, targetPort: 'web' }] });
    const listening = (ports: { name: string; containerPort: number }[]) => {
      const gate = deployment('gate', { ...GATE, ports });
      const mesh = meshOf(namespace('shop', 'enabled'), gate, named, gateway('gate'));
      return mesh.serversOf(workloadOf(mesh, 'gate')).map(({ targetPort }) => targetPort);
    };
    expect(listening([{ name: 'web', containerPort: 8443 }])).toEqual([8443]);
    expect(listening([{ name: 'other', containerPort: 8443 }])).toEqual([80]);
  });

  test('When two ports come to one container port, then they are one server, whose hosts have the port that brought them', () => {
    const gateways = [gateway('gate', { hosts: '[a.org]' }), gateway('more', { port: 8080, hosts: '[a.org, b.org]' })];
    const texts = [virtualService('x', { gateways: '[gate, more]' }), virtualService('y', { gateways: '[more]' })];
    expect(serversOf(...gateways, ...texts)).toMatchObject([
      {
        port: 80,
        targetPort: 8080,
        hosts: [
          { fqdn: 'a.org', port: 80 },
          { fqdn: 'b.org', port: 8080 },
        ],
      },
    ]);
  });

  test('When two ports of a Service have one targetPort, then only the first is translated', () => {
    const ports = [80, 81].map((port) => ({ name: `http-${port}`, port, targetPort: 8443 }));
    const mesh = meshOf(
      namespace('shop', 'enabled'),
      gate,
      service('gate', { ports }),
      gateway('gate'),
      gateway('more', { port: 81 }),
    );
    expect(mesh.serversOf(workloadOf(mesh, 'gate')).map(({ targetPort }) => targetPort)).toEqual([81, 8443]);
  });

  test.each([
    ['the same labels', gateway('gate'), 1],
    ['the same labels, from another namespace', gateway('gate.away'), 1],
    ['other labels', gateway('gate', { selector: 'gateway: other' }), 0],
  ])('When a Gateway has %s, then it has the expected number of servers', (_, text, count) => {
    expect(serversOf(text)).toHaveLength(count);
  });

  test('When a pod has a sidecar, then it has no servers, and a gateway has no routes of the mesh', () => {
    const mesh = meshOf(gateway('gate'), deployment('me', { labels: { gateway: 'shop' } }), ...workloads);
    expect(mesh.serversOf(workloadOf(mesh, 'me'))).toEqual([]);
    expect(mesh.routesOf(workloadOf(mesh, 'gate')).size).toBe(0);
    expect(mesh.clustersOf(workloadOf(mesh, 'gate'))).not.toEqual([]);
  });
});

describe('Routes of a gateway', () => {
  test.each([
    ['[gate]', ['*']],
    ['[shop/gate]', ['*']],
    ['[other/gate, gate]', ['*']],
    ['[other/gate]', []],
    ['[gate.shop]', ['*']],
    ['[gate.shop.svc.cluster.local]', ['*']],
    ['[gate.other.svc.cluster.local]', []],
    ['[gait]', []],
  ])('When a VirtualService names %s, then it has the hosts %j', (gateways, expected) => {
    expect(hostsOf(gateway('gate'), virtualService('x', { gateways }))).toEqual(expected);
  });

  test('When a VirtualService names no gateway, then a gateway does not have its routes', () => {
    const mesh = istio('VirtualService', 'x', '  hosts: [a]\n  http: [{ route: [{ destination: { host: b } }] }]');
    expect(hostsOf(gateway('gate'), mesh)).toEqual([]);
  });

  test.each([
    ['["*"]', '[a.org]', ['a.org']],
    ['[a.org]', '["*"]', ['a.org']],
    ['["*.org"]', '[a.org, b.com, "*.b.org"]', ['a.org', '*.b.org']],
    ['[A.org]', '[A.org]', ['a.org']],
    ['[A.org]', '[a.org]', []],
    ['["*.Org"]', '[a.Org]', ['a.org']],
    ['[shop/a.org, other/b.org, ./c.org, "*/d.org"]', '["*"]', ['a.org', 'c.org', 'd.org']],
    ['[a.org]', '[b.org]', []],
  ])('When a Gateway has %s and a VirtualService %s, then they share %j', (hosts, written, expected) => {
    expect(hostsOf(gateway('gate', { hosts }), virtualService('x', { hosts: written }))).toEqual(expected);
  });

  test('When a match names gateways or a port, then it applies to that Gateway and to the port of the Gateway', () => {
    const match = (inner: string) =>
      virtualService('x', { http: `[{ match: [${inner}], route: [{ destination: { host: a } }] }]` });
    expect(hostsOf(gateway('gate'), match('{ gateways: [gate] }'))).toEqual(['*']);
    expect(hostsOf(gateway('gate'), match('{ gateways: [mesh] }'))).toEqual([]);
    expect(hostsOf(gateway('gate'), match('{ port: 80 }'))).toEqual(['*']);
    expect(hostsOf(gateway('gate'), match('{ port: 8080 }'))).toEqual([]);
  });

  test('When VirtualServices share a host, then routes are sorted by name, and catch-all routes are last', () => {
    const all = virtualService('a', {
      http: '[{ match: [{ uri: { prefix: /1 } }], route: [{ destination: { host: a } }] }, { route: [{ destination: { host: b } }] }]',
    });
    const more = virtualService('c', {
      http: '[{ match: [{ uri: { prefix: /3 } }], route: [{ destination: { host: one } }] }]',
    });
    const next = virtualService('b', {
      http: '[{ match: [{ uri: { prefix: /2 } }], route: [{ destination: { host: b } }] }]',
    });
    const [server] = serversOf(gateway('gate'), more, next, all);
    expect(routeTargets(server?.hosts ?? [], '*')).toEqual(['a.shop:80', 'b.shop:80', 'one.shop:9000', 'b.shop:80']);
  });

  test('When a destination has no port and its Service has one, then a gateway uses that one', () => {
    const text = virtualService('x', { http: '[{ route: [{ destination: { host: one } }] }]' });
    expect(routeTargets(serversOf(gateway('gate'), text)[0]?.hosts ?? [], '*')).toEqual(['one.shop:9000']);
  });

  test('When hosts have the same routes, then they are one virtual host, else several', () => {
    const both = virtualService('x', { hosts: '[b.org, a.org]' });
    const more = virtualService('y', { hosts: '[c.org]' });
    const [server] = serversOf(gateway('gate'), both, more);
    expect(server?.hosts.map(({ fqdn, domains }) => [fqdn, domains])).toEqual([
      ['a.org', ['a.org', 'b.org']],
      ['c.org', ['c.org']],
    ]);
  });

  test('When two Gateways share a port, then the server has the hosts of both', () => {
    const two = [gateway('gate', { hosts: '[a.org]' }), gateway('gate.away', { hosts: '[b.org]' })];
    const texts = [virtualService('x'), virtualService('y', { gateways: '[away/gate]' })];
    expect(serversOf(...two, ...texts)).toHaveLength(1);
    expect(hostsOf(...two, ...texts)).toEqual(['a.org', 'b.org']);
  });
});
