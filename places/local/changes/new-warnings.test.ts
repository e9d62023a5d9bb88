import { expect, test } from '@jest/globals';
import { createStore } from '@tuesday/mesh/control';
import { readText, refOf } from '@tuesday/mesh/manifests';
import { createMesh } from '@tuesday/mesh/model';
import { CONFIG } from '../../../test/support/mesh/small-mesh.ts';
import { newWarnings } from './new-warnings.ts';

const read = (file: string, text: string) => readText({ file, text, namespace: 'shop' });
const service = read(
  'service.yaml',
  'apiVersion: v1\nkind: Service\nmetadata: { name: billing }\nspec: { selector: { app: billing }, ports: [{ port: 80 }] }\n',
);
const rule = (subsets: string) =>
  read(
    'rule.yaml',
    `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: billing }\nspec: { host: billing, subsets: [${subsets}] }\n`,
  );
const route = read(
  'route.yaml',
  `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: billing }
spec: { hosts: [billing], http: [{ route: [{ destination: { host: billing, subset: v2 } }] }] }
`,
);
const BOTH = '{ name: v1 }, { name: v2 }';

function shop() {
  const store = createStore();
  const situation = () => ({ resources: store.list(), mesh: createMesh(store.list(), CONFIG) });
  store.apply([...service, ...rule(BOTH), ...route]);
  const apply = (file: string, ...resources: ReturnType<typeof read>) => {
    const before = situation();
    store.apply(resources);
    return newWarnings(before, situation(), new Set([file]));
  };
  return { store, apply, situation };
}

test('When a change removes what another file names, then one warning has its line', () => {
  const { store, apply } = shop();
  expect(apply('rule.yaml', ...rule(BOTH))).toEqual([]);
  expect(apply('rule.yaml', ...rule('{ name: v1 }'))).toEqual([
    'route.yaml:4: DestinationRule shop/billing has no subset "v2" (it has v1): requests sent there get 503.',
  ]);
  // A change of another object does not repeat the warning.
  expect(apply('other.yaml', ...service)).toEqual([]);
  // A change of the file itself repeats it each time.
  expect(apply('route.yaml', ...route)).toHaveLength(1);
  expect(store.list({ kind: 'DestinationRule' })).toHaveLength(1);
});

test('When an object that another file names is deleted, then there is a warning', () => {
  const { store, situation } = shop();
  const before = situation();
  store.delete(rule(BOTH).map(refOf));
  expect(newWarnings(before, situation(), new Set())).toEqual([
    'route.yaml:4: no DestinationRule names subset "v2" of billing: requests sent there get 503.',
  ]);
});

test('When there is no mesh, then what it would be is no warning', () => {
  const { store, situation } = shop();
  store.delete(rule(BOTH).map(refOf));
  const without = { ...situation(), mesh: undefined };
  expect(newWarnings(without, without, new Set(['route.yaml']))).toEqual([]);
});
