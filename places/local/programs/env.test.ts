import { expect, test } from '@jest/globals';
import { podTemplateOf } from '@tuesday/mesh/manifests';
import { ContainerConfigError, type DataReader, resolveEnv } from './env.ts';
import { deployment } from '../testing/manifests.ts';
import { fakePod, resource } from '../testing/pod.ts';

const data: DataReader = (kind, name) =>
  (
    ({ 'Secret keys': { token: 'a$(HOST)b' }, 'ConfigMap words': { ONE: '1', HOST: 'from-map' } }) as Record<
      string,
      Record<string, string>
    >
  )[`${kind} ${name}`];

function envOf(container: string, links: Record<string, string> = {}): Record<string, string> {
  const workload = resource(
    deployment({ container: container.replaceAll(/^/gm, '          ') }).replace(/ {10}env:\n(.*\n){2}/, ''),
  );
  return resolveEnv(podTemplateOf(workload)!.spec.containers[0]!, fakePod(workload, { name: 'web-1' }), {
    data,
    links,
  });
}

test('When a value names another variable, then it is replaced; an escaped or unknown name is not', () => {
  const env = envOf('env:\n- { name: A, value: x }\n- { name: B, value: "$(A) $$(A) $(C)" }');
  expect(env).toEqual({ A: 'x', B: 'x $(A) $(C)' });
});

test('When there are variables of Services, then values can name them, and every other value precedes them', () => {
  const links = { BILLING_SERVICE_HOST: '240.240.0.1', A: 'of a Service' };
  const env = envOf(
    'env:\n- { name: HOST, value: "$(BILLING_SERVICE_HOST):80 $(A)" }\n- { name: A, value: own }',
    links,
  );
  expect(env).toEqual({ ...links, HOST: '240.240.0.1:80 of a Service', A: 'own' });
});

test('When a Secret holds what looks like a variable, then it stays as it is', () => {
  const env = envOf(
    'env:\n- { name: HOST, value: h }\n- { name: T, valueFrom: { secretKeyRef: { name: keys, key: token } } }',
  );
  expect(env['T']).toBe('a$(HOST)b');
});

test('When env and envFrom give the same name, then env wins, and a prefix is put before', () => {
  const env = envOf(
    'envFrom: [{ configMapRef: { name: words } }, { prefix: P_, configMapRef: { name: words } }]\nenv: [{ name: HOST, value: own }]',
  );
  expect(env).toEqual({ ONE: '1', HOST: 'own', P_ONE: '1', P_HOST: 'from-map' });
});

test('When a variable is a field of the pod, then its value is that field', () => {
  const paths = ['metadata.name', 'metadata.namespace', "metadata.labels['version']", 'status.podIP'];
  const lines = paths.map((path, i) => `- { name: F${i}, valueFrom: { fieldRef: { fieldPath: "${path}" } } }`);
  expect(envOf(`env:\n${lines.join('\n')}`)).toEqual({ F0: 'web-1', F1: 'shop', F2: 'v1', F3: '240.241.0.1' });
});

test.each([
  ['there is no Secret gone', 'secretKeyRef: { name: gone, key: a }'],
  ['Secret keys has no key a', 'secretKeyRef: { name: keys, key: a }'],
  ['there is no ConfigMap gone', 'configMapKeyRef: { name: gone, key: a }'],
])('When something is missing, then the container does not start: %s', (message, ref) => {
  expect(() => envOf(`env: [{ name: A, valueFrom: { ${ref} } }]`)).toThrow(new ContainerConfigError(message));
});

test('When a missing source is optional, then the variable is left out', () => {
  expect(envOf('env: [{ name: A, valueFrom: { secretKeyRef: { name: gone, key: a, optional: true } } }]')).toEqual({});
});

test('When a variable has the name of what every object inherits, then it is as missing as any other', () => {
  const env = envOf(
    'env:\n- { name: A, value: $(constructor) }\n- { name: B, valueFrom: { fieldRef: { fieldPath: "metadata.labels[\'toString\']" } } }',
  );
  expect(env).toEqual({ A: '$(constructor)', B: '' });
  const key = 'env: [{ name: A, valueFrom: { configMapKeyRef: { name: words, key: constructor } } }]';
  expect(() => envOf(key)).toThrow('ConfigMap words has no key constructor');
});
