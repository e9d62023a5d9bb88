import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readText } from '../../text.ts';
import type { KindName } from '../table.ts';
import { asKind } from '../typed.ts';

const text = readFileSync(new URL('../../../testdata/istio.yaml', import.meta.url), 'utf8');
const resources = readText({ file: 'my.yaml', text, namespace: 'shop' });

function only<K extends KindName>(kind: K) {
  const resource = resources.find((one) => one.kind === kind);
  if (resource === undefined) throw new Error(`no ${kind}`);
  return asKind(resource, kind);
}

test('When a VirtualService is read, then times are milliseconds, matches are simple values and absent fields are empty', () => {
  const [first, second, third, fourth] = only('VirtualService').spec.http;
  expect(first?.timeout).toBe(90_500);
  expect(first?.retries).toEqual({ attempts: 2, perTryTimeout: 250, retryOn: 'gateway-error,503', backoff: 25 });
  expect(first?.fault).toEqual({ delay: { fixedDelay: 1000, percentage: { value: 0.5 } }, abort: { httpStatus: 503 } });
  expect(first?.headers).toEqual({
    request: { set: { 'x-from': '%DOWNSTREAM_REMOTE_ADDRESS%' }, add: {}, remove: ['x-old'] },
    response: { set: {}, add: {}, remove: [] },
  });
  expect(first?.match[0]).toMatchObject({
    uri: { prefix: '/api/' },
    headers: { 'x-release': { exact: 'next' }, cookie: undefined },
    withoutHeaders: { 'x-old': undefined, 'x-any': undefined },
  });
  expect(Object.keys(first?.match[0]?.withoutHeaders ?? {})).toEqual(['x-old', 'x-any']);
  expect(second).toEqual({
    match: [expect.anything()],
    route: [],
    redirect: { uri: '/new', redirectCode: 308 },
    mirrors: [],
  });
  expect(third?.match[0]).toEqual({
    uri: { exact: '/teapot' },
    headers: {},
    withoutHeaders: {},
    queryParams: {},
    sourceLabels: {},
    gateways: [],
  });
  expect(fourth?.route).toEqual([{ destination: { host: 'billing' }, weight: 0 }]);
});

test('When a DestinationRule is read, then times are milliseconds and LEAST_CONN is LEAST_REQUEST', () => {
  const { trafficPolicy, subsets } = only('DestinationRule').spec;
  expect(trafficPolicy?.connectionPool?.tcp).toEqual({
    maxConnections: 10,
    connectTimeout: 2000,
    maxConnectionDuration: 3_600_000,
  });
  expect(trafficPolicy?.portLevelSettings).toEqual([
    { port: { number: 80 }, loadBalancer: { simple: 'LEAST_REQUEST' } },
  ]);
  expect(subsets[0]?.trafficPolicy?.loadBalancer?.consistentHash?.httpCookie?.ttl).toBe(0);
});

test('When fields are left out, then they are empty lists and Istio’s defaults', () => {
  const read = (kind: string, spec: string, group = 'security.istio.io/v1') =>
    readText({
      file: 'my.yaml',
      text: `apiVersion: ${group}\nkind: ${kind}\nmetadata: { name: a }\n${spec}`,
      namespace: 'shop',
    })[0];
  const [policy, rule, telemetry] = [
    read('AuthorizationPolicy', ''),
    read('AuthorizationPolicy', 'spec: { rules: [{}] }\n'),
    read('Telemetry', 'spec: { tracing: [{}] }\n', 'telemetry.istio.io/v1'),
  ];
  if (!policy || !rule || !telemetry) throw new Error('unreachable');
  expect(asKind(policy, 'AuthorizationPolicy').spec).toEqual({ action: 'ALLOW', rules: [] });
  expect(asKind(rule, 'AuthorizationPolicy').spec.rules).toEqual([{ from: [], to: [], when: [] }]);
  expect(asKind(telemetry, 'Telemetry').spec).toEqual({ tracing: [{ providers: [] }] });
  expect(() => asKind(policy, 'Gateway')).toThrow(TypeError);
});
