import { expect, test } from '@jest/globals';
import { createStore } from '@tuesday/mesh/control';
import { resourcesOf } from '../../../test/support/mesh/small-mesh.ts';
import { istio } from '../../../test/support/mesh/objects.ts';
import { withNotes } from './notes.ts';

function noted(v1: number, v2: number) {
  const store = createStore();
  const route = `{ destination: { host: a, subset: v1 }, weight: ${v1} }, { destination: { host: a, subset: v2 }, weight: ${v2} }`;
  const changes = store.apply(
    resourcesOf(istio('VirtualService', 'a', `  hosts: [a]\n  http: [{ route: [${route}] }]`)),
  );
  return withNotes({ store }, { changes, warnings: [] }).changes[0];
}

test.each([
  [9, 1, '9:1, that is 90 % v1, 10 % v2'],
  [90, 20, '90:20, that is 81.82 % v1, 18.18 % v2'],
  [90, 10, undefined],
])('When weights are %i and %i, then the note is %s', (v1, v2, note) => {
  expect(noted(v1, v2)?.note).toBe(note);
  expect(noted(v1, v2)?.source).toEqual({ file: 'my.yaml', line: 1 });
});
