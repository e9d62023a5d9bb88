import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { asKind, secretData } from './kinds/typed.ts';
import { readText } from './text.ts';

const workload = readFileSync(new URL('../testdata/workload.yaml', import.meta.url), 'utf8');

function read(text: string, namespace = 'shop') {
  return readText({ file: 'my.yaml', text, namespace });
}

describe('readText', () => {
  test('When a file has several documents, then each has its own lines', () => {
    const resources = read(workload);
    expect(resources.map(({ kind, source }) => `${kind}:${source.line}`)).toEqual([
      'Secret:2',
      'ConfigMap:9',
      'Service:16',
      'ServiceAccount:29',
      'Deployment:34',
      'VirtualService:94',
    ]);
    const deployment = resources[4];
    expect(deployment?.lineOf(['spec', 'replicas'])).toBe(40);
    expect(deployment?.lineOf(['spec', 'template', 'spec', 'containers', 0, 'env', 1, 'name'])).toBe(67);
    expect(deployment?.lineOf(['spec', 'replicas', 'nothing', 'here'])).toBe(40);
  });

  test('When no namespace is written, then it is that of the caller, and a written one stays', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: b, namespace: istio-system }\n';
    expect(read(text, 'learner-07').map((resource) => resource.metadata.namespace)).toEqual([
      'learner-07',
      'istio-system',
    ]);
    expect(read(text, 'learner-07')[0]?.body['metadata']).toEqual({ name: 'a', namespace: 'learner-07' });
  });

  test('When the object is a Namespace, then it has no namespace', () => {
    const [namespace] = read(
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio-injection: enabled } }\n',
    );
    expect(namespace?.metadata).toEqual({ name: 'shop', labels: { 'istio-injection': 'enabled' }, annotations: {} });
  });

  test('When fields are left out, then the typed object has the defaults of Kubernetes', () => {
    const [, , service, , deployment] = read(workload);
    if (service === undefined || deployment === undefined) throw new Error('unreachable');
    const { spec } = asKind(deployment, 'Deployment');
    expect(spec.template.spec.terminationGracePeriodSeconds).toBe(30);
    expect(spec.template.spec.containers[0]?.readinessProbe).toEqual({
      httpGet: { path: '/readyz', port: 'http', scheme: 'HTTP' },
      initialDelaySeconds: 0,
      periodSeconds: 2,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 3,
    });
    expect(asKind(service, 'Service').spec.type).toBe('ClusterIP');
    expect(deployment.body['spec']).not.toHaveProperty('minReadySeconds');
    expect(() => asKind(deployment, 'Service')).toThrow(TypeError);
  });

  test('When the strategy is left out, then maxSurge and maxUnavailable are 25 %', () => {
    const cut = workload.replace(/ {2}strategy:[\s\S]*?(?= {2}template)/, '');
    const deployment = read(cut)[4];
    expect(deployment && asKind(deployment, 'Deployment').spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
    });
  });

  test('When text looks like a date or an hour, then it stays text, as in kubectl', () => {
    const [config] = read(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { day: 2026-11-24, hour: 10:30 }\n',
    );
    expect(config && asKind(config, 'ConfigMap').data).toEqual({ day: '2026-11-24', hour: '10:30' });
  });

  test('When a mode is written as 0400, then it is octal, as in kubectl', () => {
    const octal = workload.replace('emptyDir: {}', 'secret: { secretName: billing-database, defaultMode: 0400 }');
    const deployment = read(octal)[4];
    expect(deployment && asKind(deployment, 'Deployment').spec.template.spec.volumes[0]?.secret?.defaultMode).toBe(
      0o400,
    );
  });

  test('When a Secret has data and stringData, then data is decoded and stringData overrides it', () => {
    const [secret] = read(
      'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { user: YmlsbGluZw==, url: b2xk }\nstringData: { url: new }\n',
    );
    expect(secret && secretData(secret)).toEqual({ user: 'billing', url: 'new' });
  });

  test('When the file is a List, then its items are read, with lines of their own', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: a } }\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: b } }\n';
    expect(read(text).map(({ metadata, source }) => [metadata.name, source.line])).toEqual([
      ['a', 4],
      ['b', 5],
    ]);
    expect(() => read(text.replace('name: b', 'nam: b'))).toThrow('my.yaml:5: "nam" in ConfigMap metadata');
    expect(() => read('apiVersion: v1\nkind: List\n')).toThrow('my.yaml:1: List needs "items", a list.');
  });

  test('When kubectl has written nulls and a status, then they are ignored', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, creationTimestamp: null }\nstatus: {}\n';
    expect(read(text)[0]?.body).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'shop' },
    });
  });

  test('When a value of a map of strings is empty, then it is rejected', () => {
    expect(() => read('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  url:\n')).toThrow(
      'my.yaml:5: ConfigMap data.url must be a string',
    );
  });

  test.each(['v1', 'v1beta1', 'v1alpha3'])('When the apiVersion of Istio is %s, then it is kept', (version) => {
    const [rule] = read(
      `apiVersion: networking.istio.io/${version}\nkind: DestinationRule\nmetadata: { name: a }\nspec: { host: a }\n`,
    );
    expect(rule?.apiVersion).toBe(`networking.istio.io/${version}`);
    expect(rule?.body['spec']).toEqual({ host: 'a' });
  });

  test('When an object of Istio has another field than spec, or a spec that is no mapping, then it is rejected', () => {
    const start = 'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: a }\n';
    expect(() => read(`${start}specs: {}\n`)).toThrow('my.yaml:4: "specs" in Gateway is unknown. Did you mean "spec"?');
    expect(() => read(`${start}spec: [a]\n`)).toThrow('my.yaml:4: Gateway spec must be a mapping.');
  });

  test('When the text is JSON, then it is read as well', () => {
    expect(read('{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}')[0]?.metadata.name).toBe('a');
  });
});
