import { expect, test } from '@jest/globals';
import { readText } from '../text.ts';

const read = (apiVersion: string, kind: string) => () =>
  readText({
    file: 'my.yaml',
    namespace: 'shop',
    text: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }`,
  });

test.each([
  [
    'gateway.networking.k8s.io/v1',
    'Gateway',
    "write Istio's own Gateway (networking.istio.io/v1) with a gateway Deployment",
  ],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'write a VirtualService'],
  ['v1', 'Pod', 'write a Deployment'],
  ['networking.k8s.io/v1', 'Ingress', 'write a Gateway and a VirtualService'],
])('When an object is %s %s, then it is refused with what to do instead', (apiVersion, kind, instead) => {
  const sentence = `my.yaml:2: ${kind} (${apiVersion}) is not modelled locally: ${instead}. Nothing was changed.`;
  expect(read(apiVersion, kind)).toThrow(new Error(sentence));
});

test('When a kind is known in no group, then a similar one is named', () => {
  expect(read('networking.istio.io/v1', 'VirtualServise')).toThrow('Did you mean "VirtualService"?');
  expect(read('v1', 'toString')).toThrow('kind "toString" is unknown');
});
