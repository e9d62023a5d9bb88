import { expect, test } from '@jest/globals';
import type { TriedRefusal } from '@tuesday/mesh/control';
import { readText } from '@tuesday/mesh/manifests';
import { refusedAtStart, refusedByEnvoys } from './refused.ts';

const route = (name: string, operator: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec:
  hosts: [${name}]
  http: [{ headers: { request: { set: { x-seen: '%${operator}%' } } }, route: [{ destination: { host: ${name} } }] }]
`;
const text = [route('hats', 'PROTOCOL'), route('shoes', 'NOPE'), route('socks', 'NOPE')].join('---\n');
const [hats, shoes, socks] = readText({ file: 'my.yaml', text, namespace: 'shop' });
const changes = [hats!, shoes!, socks!].map((resource) => ({ resource, change: 'created' as const }));
const refusal = (node: string, objects = [hats!, shoes!]): TriedRefusal => {
  return { node, type: 'routes', name: '80', reason: 'Not supported field in StreamInfo: NOPE', objects };
};
const podOf = (node: string) => `${node}-pod`;
const messageOf = (rejected: TriedRefusal[]) => refusedByEnvoys(rejected, { changes, podOf }).message;

test('When an Envoy refuses objects, then the sentence has the object whose value its reason quotes, the pod, and the reason', () => {
  expect(messageOf([refusal('a')])).toBe(
    'my.yaml:9: VirtualService shop/shoes is refused by the Envoy of a-pod: Not supported field in StreamInfo: NOPE. Nothing was changed.',
  );
});

test('When several objects may be at fault, then all are named; and of many pods the first three', () => {
  expect(messageOf(['d', 'b', 'c', 'a'].map((node) => refusal(node, [shoes!, socks!])))).toBe(
    'my.yaml:9: VirtualService shop/shoes, together with VirtualService shop/socks (my.yaml:16), is refused by the Envoys of a-pod, b-pod, c-pod and 1 more: Not supported field in StreamInfo: NOPE. Nothing was changed.',
  );
});

test('When no object has a part in what is refused, then the changed ones are named', () => {
  expect(messageOf([refusal('a', [])])).toMatch(/^my\.yaml:9: VirtualService shop\/shoes, together with/);
});

test('When an Envoy refuses its first configuration, then the start has a sentence; a port that is drawn anew needs none', () => {
  const pods = [{ name: 'web-1', proxy: { node: 'a' } }];
  expect(refusedAtStart([refusal('a'), refusal('b')], pods)).toBe(
    'The Envoys of b, web-1 refuse routes 80: Not supported field in StreamInfo: NOPE',
  );
  const taken = "cannot bind '127.0.0.1:20001': Address already in use";
  expect(refusedAtStart([{ ...refusal('a'), type: 'listeners', reason: taken }], pods)).toBeUndefined();
  expect(refusedAtStart([], pods)).toBeUndefined();
});
