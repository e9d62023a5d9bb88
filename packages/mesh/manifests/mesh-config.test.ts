import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ManifestError } from './resource.ts';
import { readMeshConfig } from './mesh-config.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mesh-config-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const file = join(folder, 'mesh.yaml');
  writeFileSync(file, text);
  return readMeshConfig(file);
}

describe('readMeshConfig', () => {
  test('When the file is empty, then the values are Istio’s defaults', () => {
    const defaults = { trustDomain: 'cluster.local', rootNamespace: 'istio-system', providers: [] };
    expect(read('# nothing\n')).toEqual(defaults);
    expect(read('{}')).toEqual(defaults);
  });

  test('When there are providers, then each has its host, its port and its headers', () => {
    const text = `trustDomain: example.org
rootNamespace: root
extensionProviders:
  - { name: a, zipkin: { service: zipkin.root.svc.cluster.local, port: 9411 } }
  - { name: b, zipkin: { service: root/zipkin.root.svc.cluster.local, port: 9411, traceContextOption: USE_B3_WITH_W3C_PROPAGATION } }
  - { name: c, opentelemetry: { service: otel.root.svc.cluster.local, port: 4317 } }
`;
    const fqdn = 'zipkin.root.svc.cluster.local';
    expect(read(text)).toEqual({
      trustDomain: 'example.org',
      rootNamespace: 'root',
      providers: [
        { kind: 'zipkin', name: 'a', fqdn, port: 9411, context: 'USE_B3' },
        { kind: 'zipkin', name: 'b', fqdn, port: 9411, context: 'USE_B3_WITH_W3C_PROPAGATION' },
        { kind: 'opentelemetry', name: 'c', fqdn: 'otel.root.svc.cluster.local', port: 4317 },
      ],
    });
  });

  test.each([
    [
      'trustDomian: a',
      ':1: "trustDomian" in MeshConfig is unknown or not modelled locally. Did you mean "trustDomain"?',
    ],
    ['extensionProviders:\n  - { name: a }', ':2: MeshConfig extensionProviders[0] must have one of zipkin'],
    [
      'extensionProviders:\n  - name: a\n    zipkin: { service: zipkin, port: 9411 }',
      ':3: MeshConfig extensionProviders[0].zipkin.service must be the full name of a Service',
    ],
    [
      'extensionProviders:\n  - name: a\n    zipkin: { service: a.b, port: 0 }',
      ':3: MeshConfig extensionProviders[0].zipkin.port must be a port from 1 to 65535',
    ],
    ['rootNamespace: [a]', ':1: MeshConfig rootNamespace must be a string'],
    ['a: b: c', ':1: not valid YAML'],
  ])('When the file contains %j, then it is rejected with its line', (text, message) => {
    expect(() => read(text)).toThrow(ManifestError);
    expect(() => read(text)).toThrow(message);
  });

  test('When the file does not exist, then the message says so', () => {
    expect(() => readMeshConfig(join(folder, 'none.yaml'))).toThrow('cannot be read: no such file');
  });
});
