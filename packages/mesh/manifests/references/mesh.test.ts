import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { unresolved } from '../references.ts';
import { readText } from '../text.ts';

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

function told(text: string, namespace = 'shop'): string[] {
  return unresolved([...base, ...readText({ file: 'my.yaml', text, namespace })]).map(({ message }) => message);
}

const to = (destination: string) => rule + service(`route: [{ destination: { ${destination} } }]`);

describe('what a VirtualService sends to', () => {
  test.each([
    'host: billing',
    'host: billing, subset: v2, port: { number: 80 }',
    'host: billing.shop.svc.cluster.local',
  ])('When it is "%s", which is there, then nothing is told', (destination) =>
    expect(told(to(destination))).toEqual([]),
  );

  test.each([
    ['host: biling', 'there is no Service for host "biling" (did you mean "billing"?)'],
    ['host: nobody', 'there is no Service for host "nobody"'],
    [
      'host: billing.shop',
      'there is no Service for host "billing.shop" (did you mean "billing.shop.svc.cluster.local"?)',
    ],
    ['host: billing, port: { number: 81 }', 'Service billing has no port 81 (it has 80)'],
    ['host: billing, subset: v3', 'DestinationRule billing has no subset "v3" (it has v1, v2)'],
  ])('When it is "%s", then what is not there is told with its line', (destination, what) => {
    expect(told(to(destination))).toEqual([`my.yaml:12: ${what}: requests sent there get 503.`]);
  });

  test('When no DestinationRule is there, or one without subsets, then the subset is told', () => {
    const asked = service('route: [{ destination: { host: billing, subset: v1 } }]');
    expect(told(asked)).toEqual([
      'my.yaml:7: no DestinationRule names subset "v1" of billing: requests sent there get 503.',
    ]);
    expect(told(rule.replace(/, subsets.*\]/, '') + asked)).toEqual([
      'my.yaml:12: DestinationRule billing has no subset "v1" (it has none): requests sent there get 503.',
    ]);
  });

  test('When the name is short, then it is of the namespace of the VirtualService', () => {
    expect(told(to('host: billing'), 'elsewhere')).toEqual([
      'my.yaml:12: there is no Service for host "billing" (did you mean "billing.shop.svc.cluster.local"?): requests sent there get 503.',
    ]);
  });

  test('When the caller has a DestinationRule of its own namespace, then only that one counts', () => {
    const own = rule
      .replace('billing }', 'billing, namespace: elsewhere }')
      .replace('host: billing', 'host: "*.local"');
    const asked = service('route: [{ destination: { host: billing.shop.svc.cluster.local, subset: v9 } }]');
    const both = own.replace('name: v1', 'name: v9') + rule + asked;
    expect(told(both, 'elsewhere')).toEqual([]);
    expect(told(both, 'shop')).toHaveLength(1);
  });

  test('When copies are sent to what is not there, then that is told in other words', () => {
    const route = 'route: [{ destination: { host: billing } }]';
    const lost = (host: string) => `my.yaml:7: there is no Service for host "${host}": copies sent there reach nobody.`;
    expect(told(service(`${route}, mirror: { host: first }`))).toEqual([lost('first')]);
    expect(told(service(`${route}, mirrors: [{ destination: { host: second } }]`))).toEqual([lost('second')]);
  });
});

describe('two VirtualServices for one host', () => {
  const route = 'route: [{ destination: { host: billing } }]';
  const second = service(route, { name: 'zebra', host: 'billing.shop.svc.cluster.local' });
  const message =
    'my.yaml:5: VirtualService zebra has no effect on calls to host "billing.shop.svc.cluster.local": VirtualService shop/billing (base.yaml:94) is the older one for it.';

  test('When none is older, then the one whose name comes first wins, and the other is told', () => {
    expect(told(second)).toEqual([message]);
  });

  test('When one was applied earlier, then it wins whatever its name', () => {
    const [newcomer] = readText({ file: 'my.yaml', text: second, namespace: 'shop' });
    if (newcomer === undefined) throw new Error('unreachable');
    const aged = base.map((resource) => ({ ...resource, appliedAt: 5000 }));
    const at = (appliedAt: number) =>
      unresolved([...aged, { ...newcomer, appliedAt }]).map(({ source }) => source.file);
    expect(at(6000)).toEqual(['my.yaml']);
    expect(at(5900)).toEqual(['my.yaml']);
    expect(at(4999)).toEqual(['base.yaml']);
  });

  test('When both are for a gateway, or one object stands twice, then nothing is told', () => {
    const atGateway = service(route, { name: 'zebra', host: 'billing', gateways: '[shop]' });
    expect(told(`${atGateway}---\n${gateway}`)).toEqual([]);
    expect(told(service(route, { name: 'billing', host: 'billing' }))).toEqual([]);
    expect(told(`${atGateway.replace('[shop]', '[shop, mesh]')}---\n${gateway}`)).toHaveLength(1);
  });
});

describe('Gateways', () => {
  const named = (gateways: string) =>
    service('route: [{ destination: { host: billing } }]', { gateways: `[${gateways}]` });

  test('When a VirtualService names one that is not there, then it is told', () => {
    const known = ['shop', 'shop/shop', 'shop.shop.svc.cluster.local', 'mesh'];
    expect(known.flatMap((name) => told(`${named(name)}---\n${gateway}`))).toEqual([]);
    expect(told(`${named('shop, other/shop')}---\n${gateway}`)).toEqual([
      'my.yaml:6: VirtualService other is for Gateway "other/shop", which does not exist: no request comes in by it.',
    ]);
  });

  test('When no pod carries its labels, in whichever namespace, then it is told', () => {
    expect(told(gateway, 'elsewhere')).toEqual([]);
    expect(told(gateway.replace('app: billing', 'gateway: nobody'))).toEqual([
      'my.yaml:5: Gateway shop selects no pods: no workload is labelled gateway=nobody.',
    ]);
  });
});

describe('what cannot be shown on one machine', () => {
  const here = 'which tells nobody apart here: everybody comes from 127.0.0.1';

  test('When a policy asks for addresses, then each place is told', () => {
    const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a }
spec:
  rules:
    - from: [{ source: { ipBlocks: [10.0.0.0/8], notRemoteIpBlocks: [10.1.2.3] } }]
      when: [{ key: source.ip, values: [10.1.2.3] }, { key: source.namespace, values: [shop] }]
`;
    const expected = (fate: string, line = 6) => [
      `my.yaml:${line}: AuthorizationPolicy a asks for ipBlocks, ${here}, so that this source ${fate}.`,
      `my.yaml:${line}: AuthorizationPolicy a asks for notRemoteIpBlocks, ${here}, so that this source ${fate}.`,
      `my.yaml:${line + 1}: AuthorizationPolicy a asks for source.ip, ${here}, so that this rule ${fate}.`,
    ];
    expect(told(policy)).toEqual(expected('is allowed nothing'));
    expect(told(policy.replace('  rules', '  action: DENY\n  rules'))).toEqual(
      expected('is denied from any address', 7),
    );
    expect(told(policy.replace('10.0.0.0/8', ''))).toHaveLength(2);
  });

  test('When a DestinationRule spreads callers by address, then it is told at each level', () => {
    const spread = 'loadBalancer: { consistentHash: { useSourceIp: true } }';
    const text = rule
      .replace('name: v1', `name: v1, trafficPolicy: { ${spread} }`)
      .replace(
        ' subsets',
        ` trafficPolicy: { ${spread}, portLevelSettings: [{ port: { number: 80 }, ${spread} }] }, subsets`,
      );
    expect(told(text)).toEqual(
      Array(3).fill(`my.yaml:4: DestinationRule billing spreads callers by useSourceIp, ${here}.`),
    );
    expect(told(text.replaceAll('useSourceIp: true', 'httpHeaderName: x-user'))).toEqual([]);
  });
});
