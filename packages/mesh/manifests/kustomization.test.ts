import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listKustomization, readKustomization } from './kustomization.ts';

const config = (name: string, namespace?: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${namespace === undefined ? '' : `  namespace: ${namespace}\n`}`;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kustomization-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}

describe('readKustomization', () => {
  const read = () =>
    readKustomization(folder, { namespace: 'shop' }).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);

  test('When a kustomization sets a namespace, then it replaces others, and the outermost takes precedence, as in kubectl kustomize', () => {
    write('inner/kustomization.yaml', 'namespace: inner\nresources: [plain.yaml, own.yaml]\n');
    write('inner/plain.yaml', config('plain'));
    write('inner/own.yaml', config('own', 'mine'));
    write('own.yaml', config('elsewhere', 'istio-system'));
    write('kustomization.yaml', 'resources: [inner, own.yaml]\n');
    expect(read()).toEqual(['inner/plain', 'inner/own', 'istio-system/elsewhere']);
    write('kustomization.yaml', 'namespace: learner-07\nresources: [inner, own.yaml]\n');
    expect(read()).toEqual(['learner-07/plain', 'learner-07/own', 'learner-07/elsewhere']);
  });

  test('When a listed file is read later, then its current text is read, in the same namespace', () => {
    write('inner/kustomization.yaml', 'namespace: inner\nresources: [a.yaml]\n');
    write('inner/a.yaml', config('a'));
    write('kustomization.yaml', 'namespace: learner-07\nresources: [inner]\n');
    const [listed] = listKustomization(folder, { namespace: 'shop' });
    write('inner/a.yaml', config('b', 'mine'));
    expect(listed?.file).toBe(join(folder, 'inner/a.yaml'));
    expect(listed?.read().map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['learner-07/b']);
  });

  test('When no namespace is set, then it is that of the caller', () => {
    write('kustomization.yaml', 'resources: [a.yaml]\n');
    write('a.yaml', config('a'));
    expect(read()).toEqual(['shop/a']);
    expect(readKustomization(folder, { namespace: 'learner-07' })[0]?.metadata.namespace).toBe('learner-07');
  });

  test('When the Namespace itself is listed, then it is renamed', () => {
    write('kustomization.yaml', 'namespace: learner-07\nresources: [ns.yaml]\n');
    write('ns.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n');
    const [namespace] = readKustomization(folder, { namespace: 'shop' });
    expect(namespace?.metadata).toEqual({ name: 'learner-07', labels: {}, annotations: {} });
    expect(namespace?.body['metadata']).toEqual({ name: 'learner-07' });
  });

  test('When one of its files is invalid, then all are rejected', () => {
    write('kustomization.yaml', 'resources: [a.yaml, b.yaml]\n');
    write('a.yaml', config('a'));
    write('b.yaml', 'kind: Wrong\n');
    expect(read).toThrow(`${folder}/b.yaml:1: kind "Wrong" is unknown`);
  });

  test('When it has fields that rewrite objects, then it is rejected', () => {
    write('kustomization.yaml', 'resources: [a.yaml]\nnamePrefix: my-\n');
    expect(read).toThrow(
      new Error(
        `${folder}/kustomization.yaml:2: "namePrefix" in Kustomization is unknown or not modelled locally. Nothing was changed.`,
      ),
    );
    write('kustomization.yaml', 'resource: [a.yaml]\n');
    expect(read).toThrow(
      'kustomization.yaml:1: "resource" in Kustomization is unknown or not modelled locally. Did you mean "resources"?',
    );
  });

  test('When a file does not exist, a folder includes itself, or an object is defined twice, then the message names the line', () => {
    write('kustomization.yaml', 'resources:\n  - gone.yaml\n');
    expect(read).toThrow(`${folder}/kustomization.yaml:2: "gone.yaml" does not exist. Nothing was changed.`);
    write('kustomization.yaml', 'resources: [below]\n');
    write('below/kustomization.yaml', 'resources: [..]\n');
    expect(read).toThrow('this kustomization leads back to itself');
    write('kustomization.yaml', 'resources: [a.yaml, b.yaml]\n');
    write('a.yaml', config('same'));
    write('b.yaml', config('same'));
    expect(read).toThrow(
      `${folder}/b.yaml:2: ConfigMap same stands in ${folder}/a.yaml:2 already. Nothing was changed.`,
    );
  });

  test('When the kustomization is missing or empty, then the message says so', () => {
    expect(read).toThrow(new Error(`${folder}: this folder holds no kustomization.yaml. Nothing was changed.`));
    write('kustomization.yaml', '# nothing\n');
    expect(read).toThrow('kustomization.yaml:1: this kustomization is empty.');
  });
});
