import { describe, expect, test } from '@jest/globals';
import { deployment, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { createMesh } from '../create-mesh.ts';
import { CONFIG, meshOf, resourcesOf, workloadOf } from '../../../../test/support/mesh/small-mesh.ts';

const shop = namespace('shop', 'enabled');

describe('Services', () => {
  test('When a Service selects pods, then it has each of their identities once', () => {
    const mesh = meshOf(
      shop,
      service('web', { app: 'web' }),
      deployment('web', { account: 'zoe' }),
      deployment('elsewhere', { namespace: 'other', labels: { app: 'elsewhere' } }),
      deployment('other', { account: 'amy', labels: { role: 'web' } }),
    );
    expect(mesh.services[0]).toMatchObject({
      fqdn: 'web.shop.svc.cluster.local',
      identities: ['spiffe://cluster.local/ns/shop/sa/zoe'],
      because: { object: 'Service shop/web', file: 'my.yaml' },
    });
  });

  test('When pods with the same label are in another namespace, then it does not select them', () => {
    const mesh = meshOf(shop, service('a'), deployment('a', { namespace: 'other' }));
    expect(mesh.services[0]?.identities).toEqual([]);
  });

  test('When a port has no targetPort, then it is the same number', () => {
    const mesh = meshOf(service('a', { ports: [{ port: 9000 }] }));
    expect(mesh.services[0]?.ports).toEqual([{ port: 9000, name: '', targetPort: 9000, protocol: 'detected' }]);
  });

  test('When there are several, then they are sorted by FQDN', () => {
    const mesh = meshOf(service('b'), service('a', { namespace: 'z' }), service('a'));
    expect(mesh.services.map(({ fqdn }) => fqdn)).toEqual([
      'a.shop.svc.cluster.local',
      'a.z.svc.cluster.local',
      'b.shop.svc.cluster.local',
    ]);
  });
});

describe('Ports of a pod', () => {
  const containers = [
    { name: 'http', containerPort: 8080 },
    { name: 'admin', containerPort: 7000 },
  ];

  test('When no Service has a container port as target, then its protocol is detected', () => {
    const mesh = meshOf(shop, deployment('a', { ports: containers }));
    expect(workloadOf(mesh, 'a').inbound).toMatchObject([
      { port: 7000, protocol: 'detected', service: undefined },
      { port: 8080, protocol: 'detected', service: undefined },
    ]);
  });

  test('When Services have targetPorts by name and number, then the first Service by name decides the protocol', () => {
    const mesh = meshOf(
      shop,
      deployment('a', { ports: containers }),
      service('z', { app: 'a', ports: [{ name: 'tcp', port: 1, targetPort: 'http' }] }),
      service('b', {
        app: 'a',
        ports: [
          { name: 'grpc', port: 81, targetPort: 'http' },
          { name: 'http', port: 80, targetPort: 9999 },
          { name: 'lost', port: 82, targetPort: 'nowhere' },
        ],
      }),
    );
    expect(workloadOf(mesh, 'a').inbound).toMatchObject([
      { port: 7000, service: undefined },
      { port: 8080, protocol: 'grpc', service: { fqdn: 'b.shop.svc.cluster.local', port: 81 } },
      { port: 9999, protocol: 'http', service: { fqdn: 'b.shop.svc.cluster.local', port: 80 } },
    ]);
  });

  test('When the pod is a gateway, then it has no inbound ports', () => {
    const labels = { 'sidecar.istio.io/inject': 'true' };
    const mesh = meshOf(deployment('a', { labels, annotations: { 'inject.istio.io/templates': 'gateway' } }));
    expect(workloadOf(mesh, 'a').inbound).toEqual([]);
  });

  test('When two have one target port, then the older decides its protocol; of the same age, the first by name', () => {
    const http = service('z', { app: 'a', ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    const tcp = service('b', { app: 'a', ports: [{ name: 'tcp', port: 81, targetPort: 8080 }] });
    const inbound = (...ages: number[]) => {
      const aged = resourcesOf(http, tcp).map((one, index) => ({ ...one, appliedAt: ages[index]! }));
      return workloadOf(createMesh([...aged, ...resourcesOf(shop, deployment('a'))], CONFIG), 'a').inbound;
    };
    expect(inbound(1_000, 2_000)).toMatchObject([{ port: 8080, protocol: 'http', service: { port: 80 } }]);
    expect(inbound(2_000, 1_000)).toMatchObject([{ port: 8080, protocol: 'tcp', service: { port: 81 } }]);
    expect(inbound(1_900, 1_000)).toMatchObject([{ port: 8080, protocol: 'tcp', service: { port: 81 } }]);
  });
});
