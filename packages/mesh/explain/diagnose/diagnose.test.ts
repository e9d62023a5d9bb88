import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { CONFIG } from '../../../../test/support/mesh/small-mesh.ts';
import type { Resource } from '../../manifests/resource.ts';
import { readText } from '../../manifests/text.ts';
import { createMesh } from '../../model/create-mesh.ts';
import { diagnose } from './diagnose.ts';

const workload = readFileSync(new URL('../../testdata/workload.yaml', import.meta.url), 'utf8');
const base = readText({ file: 'base.yaml', text: workload, namespace: 'shop' });

const rule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: billing }
spec: { host: billing, subsets: [{ name: v1 }, { name: v2 }] }
---
`;

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: shop }
spec:
  selector: { app: billing }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
`;

const service = (http: string, { name = 'other', host = 'other', gateways = '[]' } = {}) =>
  `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec:
  hosts: [${host}]
  gateways: ${gateways}
  http: [{ ${http} }]
`;

const diagnosed = (resources: readonly Resource[]) => diagnose(createMesh(resources, CONFIG));

function warnings(text: string, namespace = 'shop'): string[] {
  return diagnosed([...base, ...readText({ file: 'my.yaml', text, namespace })]).map(({ message }) => message);
}

const to = (destination: string) => rule + service(`route: [{ destination: { ${destination} } }]`);

describe('destinations of a VirtualService', () => {
  test.each([
    'host: billing',
    'host: billing, subset: v2, port: { number: 80 }',
    'host: billing.shop.svc.cluster.local',
  ])('When it is "%s", which exists, then there is no warning', (destination) =>
    expect(warnings(to(destination))).toEqual([]),
  );

  test.each([
    ['host: biling', 'there is no Service for host "biling" (did you mean "billing"?)'],
    ['host: nobody', 'there is no Service for host "nobody"'],
    [
      'host: billing.shop',
      'there is no Service for host "billing.shop" (did you mean "billing.shop.svc.cluster.local"?)',
    ],
    ['host: billing, port: { number: 81 }', 'Service billing has no port 81 (it has 80)'],
    ['host: billing, subset: v3', 'DestinationRule shop/billing has no subset "v3" (it has v1, v2)'],
  ])('When it is "%s", then a warning names the missing part and its line', (destination, what) => {
    expect(warnings(to(destination))).toEqual([`my.yaml:12: ${what}: requests sent there get 503.`]);
  });

  test('When there is no DestinationRule, or one without subsets, then a warning names the subset', () => {
    const asked = service('route: [{ destination: { host: billing, subset: v1 } }]');
    expect(warnings(asked)).toEqual([
      'my.yaml:7: no DestinationRule names subset "v1" of billing: requests sent there get 503.',
    ]);
    expect(warnings(rule.replace(/, subsets.*\]/, '') + asked)).toEqual([
      'my.yaml:12: DestinationRule shop/billing has no subset "v1" (it has none): requests sent there get 503.',
    ]);
  });

  test('When the name is short, then it is in the namespace of the VirtualService', () => {
    expect(warnings(to('host: billing'), 'elsewhere')).toEqual([
      'my.yaml:12: there is no Service for host "billing" (did you mean "billing.shop.svc.cluster.local"?): requests sent there get 503.',
    ]);
  });

  test('When the caller’s namespace has a DestinationRule, then only that one applies', () => {
    const own = rule
      .replace('billing }', 'billing, namespace: elsewhere }')
      .replace('host: billing', 'host: "*.local"');
    const asked = service('route: [{ destination: { host: billing.shop.svc.cluster.local, subset: v9 } }]');
    const both = own.replace('name: v1', 'name: v9') + rule + asked;
    expect(warnings(both, 'elsewhere')).toEqual([]);
    expect(warnings(both, 'shop')).toHaveLength(1);
  });

  test('When a mirror does not exist, then the warning is about copies', () => {
    const route = 'route: [{ destination: { host: billing } }]';
    const lost = (host: string) => `my.yaml:7: there is no Service for host "${host}": copies sent there are lost.`;
    expect(warnings(service(`${route}, mirror: { host: first }`))).toEqual([lost('first')]);
    expect(warnings(service(`${route}, mirrors: [{ destination: { host: second } }]`))).toEqual([lost('second')]);
  });
});

describe('two VirtualServices for one host', () => {
  const route = 'route: [{ destination: { host: billing } }]';
  const second = service(route, { name: 'zebra', host: 'billing.shop.svc.cluster.local' });
  const message =
    'my.yaml:5: VirtualService zebra has no effect on calls to host "billing.shop.svc.cluster.local": VirtualService shop/billing (base.yaml:94) is the older one for it.';

  test('When both have the same age, then the first by name takes precedence, and there is a warning for the other', () => {
    expect(warnings(second)).toEqual([message]);
  });

  test('When one was applied earlier, then it takes precedence, whatever its name', () => {
    const [newcomer] = readText({ file: 'my.yaml', text: second, namespace: 'shop' });
    if (newcomer === undefined) throw new Error('unreachable');
    const aged = base.map((resource) => ({ ...resource, appliedAt: 5000 }));
    const at = (appliedAt: number) => diagnosed([...aged, { ...newcomer, appliedAt }]).map(({ source }) => source.file);
    expect(at(6000)).toEqual(['my.yaml']);
    expect(at(5900)).toEqual(['my.yaml']);
    expect(at(4999)).toEqual(['base.yaml']);
  });

  test('When both are for a gateway, or are the same object, then there is no warning', () => {
    const atGateway = service(route, { name: 'zebra', host: 'billing', gateways: '[shop]' });
    expect(warnings(`${atGateway}---\n${gateway}`)).toEqual([]);
    expect(warnings(service(route, { name: 'billing', host: 'billing' }))).toEqual([]);
    expect(warnings(`${atGateway.replace('[shop]', '[shop, mesh]')}---\n${gateway}`)).toHaveLength(1);
  });
});

describe('Gateways', () => {
  const named = (gateways: string) =>
    service('route: [{ destination: { host: billing } }]', { gateways: `[${gateways}]` });

  test('When a VirtualService names one that does not exist, then there is a warning', () => {
    const known = ['shop', 'shop/shop', 'shop.shop.svc.cluster.local', 'mesh'];
    expect(known.flatMap((name) => warnings(`${named(name)}---\n${gateway}`))).toEqual([]);
    expect(warnings(`${named('shop, other/shop')}---\n${gateway}`)).toEqual([
      'my.yaml:6: VirtualService other is for Gateway "other/shop", which does not exist: no request comes in by it.',
    ]);
  });

  test('When it selects no pods of any namespace, then there is a warning', () => {
    expect(warnings(gateway, 'elsewhere')).toEqual([]);
    expect(warnings(gateway.replace('app: billing', 'gateway: nobody'))).toEqual([
      'my.yaml:5: Gateway shop selects no pods: no workload is labelled gateway=nobody.',
    ]);
  });
});

describe('what works differently on one machine', () => {
  const here = 'but here all callers have the address 127.0.0.1';

  test('When a policy matches addresses, then there is a warning for each field', () => {
    const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a }
spec:
  rules:
    - from: [{ source: { ipBlocks: [10.0.0.0/8], notRemoteIpBlocks: [10.1.2.3] } }]
      when: [{ key: source.ip, values: [10.1.2.3] }, { key: source.namespace, values: [shop] }]
`;
    const expected = (effect: string, line = 6) => [
      `my.yaml:${line}: AuthorizationPolicy a matches ipBlocks, ${here}, so this source ${effect}.`,
      `my.yaml:${line}: AuthorizationPolicy a matches notRemoteIpBlocks, ${here}, so this source ${effect}.`,
      `my.yaml:${line + 1}: AuthorizationPolicy a matches source.ip, ${here}, so this rule ${effect}.`,
    ];
    expect(warnings(policy)).toEqual(expected('allows nothing'));
    expect(warnings(policy.replace('  rules', '  action: DENY\n  rules'))).toEqual(expected('denies all addresses', 7));
    expect(warnings(policy.replace('10.0.0.0/8', ''))).toHaveLength(2);
  });

  test('When a DestinationRule balances by address, then there is a warning at each level', () => {
    const spread = 'loadBalancer: { consistentHash: { useSourceIp: true } }';
    const text = rule
      .replace('name: v1', `name: v1, trafficPolicy: { ${spread} }`)
      .replace(
        ' subsets',
        ` trafficPolicy: { ${spread}, portLevelSettings: [{ port: { number: 80 }, ${spread} }] }, subsets`,
      );
    // All three stand in one line, and each sentence is said once.
    expect(warnings(text)).toEqual([`my.yaml:4: DestinationRule billing spreads callers by useSourceIp, ${here}.`]);
    expect(warnings(text.replaceAll('useSourceIp: true', 'httpHeaderName: x-user'))).toEqual([]);
  });
});
