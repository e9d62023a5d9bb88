import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { asKind } from './kinds/typed.ts';
import { readKustomization } from './kustomization.ts';
import { readText } from './text.ts';
import { findWarnings } from './warnings.ts';

const text = `apiVersion: authentication.istio.io/v1alpha1
kind: MeshPolicy
metadata: { name: default }
spec:
  peers:
  - mtls: {}
`;

const read = (written: string) => readText({ file: 'my.yaml', text: written, namespace: 'shop' });

test('When a MeshPolicy is read, then it becomes a PeerAuthentication of the root namespace and keeps its lines', () => {
  const [resource] = read(text);
  if (resource === undefined) throw new Error('unreachable');
  expect(resource).toMatchObject({
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace: 'istio-system' },
  });
  expect(asKind(resource, 'PeerAuthentication').spec).toEqual({ mtls: { mode: 'STRICT' }, portLevelMtls: {} });
  expect(resource.lineOf(['spec', 'mtls', 'mode'])).toBe(6);
});

test('When its mode is PERMISSIVE, then the mode stays', () => {
  const [resource] = read(text.replace('mtls: {}', 'mtls: { mode: PERMISSIVE }'));
  expect(resource && asKind(resource, 'PeerAuthentication').spec.mtls).toEqual({ mode: 'PERMISSIVE' });
});

test('When it is applied, then a warning says how it is read', () => {
  expect(findWarnings(read(text)).map(({ message }) => message)).toEqual([
    'my.yaml:2: MeshPolicy default is read as PeerAuthentication istio-system/default, which holds for the whole mesh; Istio 1.6 and later do not know the kind MeshPolicy.',
  ]);
});

test.each([
  ['name: default', 'name: other', 'my.yaml:3: MeshPolicy metadata.name must be "default", not "other".'],
  ['name: default', 'name: default, namespace: shop', 'my.yaml:3: "namespace" in MeshPolicy metadata is unknown'],
  [
    '- mtls: {}',
    '- jwt: {}',
    'my.yaml:6: "jwt" in MeshPolicy spec.peers[0] is not modelled locally: write PeerAuthentications, and RequestAuthentications for a cluster.',
  ],
  ['  - mtls: {}', '    []', 'my.yaml:5: MeshPolicy spec.peers must have one entry, with mtls.'],
  ['kind: MeshPolicy', 'kind: MeshPolcy', 'my.yaml:2: kind "MeshPolcy" is unknown. Did you mean "MeshPolicy"?'],
])('When "%s" becomes "%s", then it is rejected', (written, becomes, sentence) => {
  expect(() => read(text.replace(written, becomes))).toThrow(sentence);
});

test('When a kustomization sets a namespace, then it stays in the root namespace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'legacy-'));
  writeFileSync(join(folder, 'kustomization.yaml'), 'namespace: learner-07\nresources: [a.yaml]\n');
  writeFileSync(join(folder, 'a.yaml'), text);
  expect(readKustomization(folder, { namespace: 'shop' })[0]?.metadata.namespace).toBe('istio-system');
  rmSync(folder, { recursive: true });
});
