import { beforeAll, describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace, service } from '../../../test/support/mesh/objects.ts';
import { CONFIG, meshOf, resourcesOf } from '../../../test/support/mesh/small-mesh.ts';
import { asKind } from '../manifests/kinds/typed.ts';
import { readKustomization } from '../manifests/kustomization.ts';
import { createMesh } from './create-mesh.ts';
import type { Mesh } from './mesh.ts';
import { readMeshConfig } from '../manifests/mesh-config.ts';
import type { Policy, Source } from './security/policy.ts';
import type { Route, VirtualHost } from './routing/route.ts';
import type { Workload } from './workloads/workload.ts';

/** The shop as `npm start` runs it. */
let mesh: Mesh;

beforeAll(() => {
  const resources = readKustomization('k8s/overlays/local', { namespace: 'shop' });
  mesh = createMesh(resources, readMeshConfig('istio/mesh-config.yaml'));
});

function workload(name: string): Workload {
  const found = mesh.workloads.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe('The mesh of the shop', () => {
  test('When its manifests are read, then each workload has its proxy and its identity', () => {
    const seen = mesh.workloads.map(({ kind, namespace, name, proxy, identity }) => [
      `${kind} ${namespace}/${name}`,
      proxy,
      identity.replace('spiffe://cluster.local/ns/', ''),
    ]);
    const expected = [
      ['Deployment istio-system/jaeger', 'none', 'istio-system/sa/jaeger'],
      ['Deployment shop/billing-v1', 'sidecar', 'shop/sa/billing'],
      ['Deployment shop/billing-v2', 'sidecar', 'shop/sa/billing'],
      ['Deployment shop/checkout-v1', 'sidecar', 'shop/sa/checkout'],
      ['Deployment shop/checkout-v2', 'sidecar', 'shop/sa/checkout'],
      ['Deployment shop/gateway', 'gateway', 'shop/sa/gateway'],
      ['StatefulSet shop/postgres', 'sidecar', 'shop/sa/postgres'],
      ['Deployment shop/recommendations-v1', 'sidecar', 'shop/sa/recommendations'],
      ['Deployment shop/recommendations-v2', 'sidecar', 'shop/sa/recommendations'],
      ['Deployment shop/storefront', 'sidecar', 'shop/sa/storefront'],
    ];
    // A new service is no fault: it comes in addition.
    expect(seen).toEqual(expect.arrayContaining(expected));
    expect(workload('billing-v1').proxyBecause.object).toBe('Namespace shop');
    expect(workload('jaeger').proxyBecause.object).toBe('Deployment istio-system/jaeger');
  });

  test('When sidecars are listed, then all accept only mutual TLS, because of one PeerAuthentication', () => {
    const sidecars = mesh.workloads.filter(({ proxy }) => proxy === 'sidecar');
    expect(sidecars.map(({ inbound }) => inbound.length)).toEqual(sidecars.map(() => 1));
    for (const { mtls } of sidecars.flatMap(({ inbound }) => inbound)) {
      expect(mtls).toEqual({
        mode: 'STRICT',
        because: { object: 'PeerAuthentication shop/default', file: 'istio/base/strict-mtls.yaml', line: 6 },
      });
    }
  });

  test('When tracing is read, then all sidecars send the spans of all requests to zipkin', () => {
    for (const { tracing } of mesh.workloads.filter(({ proxy }) => proxy !== 'none')) {
      expect(tracing).toMatchObject({ provider: { name: 'zipkin' }, samplingPercentage: 100 });
      expect(tracing?.because.object).toBe('Telemetry shop/tracing');
    }
  });

  test.each([
    ['recommendations', { v1: 90, v2: 10 }, 'istio/base/recommendations.yaml'],
    ['billing', { v1: 99, v2: 1 }, 'istio/base/billing.yaml'],
  ])('When checkout calls %s, then the weights of its versions are %o', (name, shares, file) => {
    const host = hostOf(mesh.routesOf(workload('checkout-v1')).get(80), name);
    expect(host.domains).toEqual([
      `${name}.shop.svc.cluster.local`,
      `${name}.shop.svc.cluster.local.`,
      name,
      `${name}.shop.svc`,
      `${name}.shop`,
    ]);
    expect(host.routes).toHaveLength(1);
    expect(host.routes.map(weights)).toEqual([shares]);
    expect(host.routes[0]?.because).toMatchObject({ object: `VirtualService shop/${name}`, file });
  });

  test('When the routes of the gateway are read, then the page is last, after the routes of both files', () => {
    const [server] = mesh.serversOf(workload('gateway'));
    expect(server).toMatchObject({ port: 80, targetPort: 8080, because: { object: 'Gateway shop/shop' } });
    expect(server?.hosts.map(({ domains }) => domains)).toEqual([['*']]);
    expect(server?.hosts[0]?.routes.map(({ name, span }) => name ?? span)).toEqual([
      'session',
      'recommendations',
      'place-order-next',
      'place-order-next',
      'place-order',
      'read-next',
      'read-next',
      'read',
      'tracing.istio-system.svc.cluster.local:80/jaeger/api/*',
      'page',
    ]);
  });

  test('When a workload is looked up by name and namespace, then it is found, or the error names it', () => {
    expect(mesh.workload('checkout-v1', 'shop').account).toBe('checkout');
    expect(() => mesh.workload('checkout-v1', 'other')).toThrow('There is no workload checkout-v1 in namespace other.');
  });

  test('When its policies are read, then each service allows only the callers that the shop needs', () => {
    const callers = Object.fromEntries(
      mesh.workloads
        .filter(({ proxy, name }) => proxy !== 'none' && !name.endsWith('-v2'))
        .map(({ name, policies }) => [name, [...new Set(policies.flatMap(accounts))]]),
    );
    expect(callers).toMatchObject({
      'billing-v1': ['checkout'],
      'checkout-v1': ['gateway'],
      gateway: [],
      postgres: ['checkout', 'billing', 'recommendations'],
      'recommendations-v1': ['storefront', 'checkout'],
      storefront: ['gateway'],
    });
    const denyAll = { name: 'deny-all', action: 'ALLOW', rules: [], because: { file: 'istio/base/deny-all.yaml' } };
    for (const { policies, proxy } of mesh.workloads) {
      if (proxy !== 'none') expect(policies.find(({ name }) => name === 'deny-all')).toMatchObject(denyAll);
    }
  });
});

const POLICIES = ['AuthorizationPolicy', 'PeerAuthentication', 'Telemetry'] as const;

/** How often createMesh reads the selectors of so many Services and policies. */
function selectorReads(count: number): number {
  let reads = 0;
  const watched = (labels: Record<string, string>) =>
    new Proxy(labels, {
      ownKeys(target) {
        reads += 1;
        return Reflect.ownKeys(target);
      },
    });
  const texts = Array.from({ length: count }, (_, index) => `s${index}`).flatMap((name) => {
    const selector = `  selector: { matchLabels: { app: ${name} } }`;
    return [deployment(name), service(name), ...POLICIES.map((kind) => istio(kind, name, selector))];
  });
  const resources = resourcesOf(namespace('shop', 'enabled'), ...texts);
  for (const resource of resources.filter(({ kind }) => kind === 'Service')) {
    const { spec } = asKind(resource, 'Service');
    spec.selector = watched(spec.selector);
  }
  for (const kind of POLICIES) {
    for (const resource of resources.filter((one) => one.kind === kind)) {
      const { selector } = asKind(resource, kind).spec;
      selector!.matchLabels = watched(selector!.matchLabels);
    }
  }
  createMesh(resources, CONFIG);
  return reads;
}

test('When there are four times as many services, then selectors are read about four times as often', () => {
  expect(selectorReads(80) / selectorReads(20)).toBeLessThan(5);
});

test('When callers differ only in labels that no VirtualService names, then they share their routes', () => {
  const toV2 =
    '  hosts: [a]\n  http: [{ match: [{ sourceLabels: { team: x } }], route: [{ destination: { host: a } }] }]';
  const caller = (name: string, team: string) => deployment(name, { labels: { team } });
  const callers = [caller('b', 'x'), caller('c', 'x'), caller('d', 'y')];
  const own = meshOf(namespace('shop', 'enabled'), service('a'), istio('VirtualService', 'a', toV2), ...callers);
  const [b, c, d] = ['b', 'c', 'd'].map((name) => own.routesOf(own.workload(name, 'shop')));
  expect(c).toBe(b);
  expect(d).not.toEqual(b);
});

function hostOf(hosts: VirtualHost[] | undefined, name: string): VirtualHost {
  const found = hosts?.find(({ fqdn }) => fqdn === `${name}.shop.svc.cluster.local`);
  if (found === undefined) throw new Error(`no host ${name}`);
  return found;
}

function weights({ action }: Route): Record<string, number> {
  if (action.kind !== 'forward') return {};
  return Object.fromEntries(action.destinations.map(({ destination, weight }) => [destination.subset, weight]));
}

function accounts({ rules }: Policy): string[] {
  const sources: Source[] = rules.flatMap(({ from }) => from);
  return sources.flatMap(({ serviceAccounts = [] }) => serviceAccounts);
}
