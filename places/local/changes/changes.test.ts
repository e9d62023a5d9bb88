import { beforeEach, expect, test } from '@jest/globals';
import { type TriedRefusal, createStore } from '@tuesday/mesh/control';
import { createMesh } from '@tuesday/mesh/model';
import { CONFIG } from '../../../test/support/mesh/small-mesh.ts';
import { createChanges } from './changes.ts';

const config = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { value: '${value}' }\n`;
const file = (text: string) => ({ files: [{ name: 'my.yaml', text }], namespace: 'default' });
const ref = (name: string) => ({ kind: 'ConfigMap', namespace: 'default', name });
const NO_PODS = { replicas: 0, readyReplicas: 0, availableReplicas: 0, updatedReplicas: 0 };
const done = { sidecars: 2, ms: 1, rejected: [], late: [] };

let store: ReturnType<typeof createStore>;
/** Each trial, with the objects that it tries, until the test ends it. */
let trials: { names: string[]; end(rejected?: TriedRefusal[]): void }[];
beforeEach(() => {
  [store, trials] = [createStore(), []];
});

const changes = () =>
  createChanges({
    store,
    pods: { all: () => [], find: () => undefined, of: () => [], status: () => NO_PODS, remove: () => {} },
    plane: {
      trial: (objects) =>
        new Promise((resolve) => {
          const names = objects.map(({ metadata }) => metadata.name);
          trials.push({ names, end: (rejected = []) => resolve({ ...done, rejected }) });
        }),
      settled: async () => done,
      refusals: () => [],
      mesh: () => createMesh([], CONFIG),
    },
    images: [],
    follow: () => {},
  });
const names = () => store.list().map(({ metadata }) => metadata.name);
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('When objects are tried, then they are stored only once every Envoy has accepted them', async () => {
  const applied = changes().applyFiles(file(config('a', '1')));
  await turn();
  expect([trials[0]?.names, names()]).toEqual([['a'], []]);
  trials[0]?.end();
  expect((await applied).mesh).toMatchObject({ sidecars: 2, rejected: [], late: [] });
  expect(names()).toEqual(['a']);
});

test('When an Envoy refuses them, then nothing is stored, and the next change is free to begin', async () => {
  const { applyFiles } = changes();
  const [bad, good] = [applyFiles(file(config('bad', '1'))), applyFiles(file(config('good', '1')))];
  await turn();
  trials[0]?.end([{ node: 'one', type: 'routes', name: '80', reason: 'no such thing', objects: [] }]);
  await expect(bad).rejects.toThrow(
    'my.yaml:2: ConfigMap default/bad is refused by the Envoy of one: no such thing. Nothing',
  );
  await turn();
  trials[1]?.end();
  await good;
  expect(names()).toEqual(['good']);
});

test('When changes come at once, then each begins after the one before has ended', async () => {
  const { applyFiles, deleteObjects } = changes();
  const applied = applyFiles(file(config('a', '1')));
  const deleted = deleteObjects({ refs: [ref('a')] });
  const again = applyFiles(file(`${config('b', '1')}---\n${config('c', '1')}`));
  await turn();
  expect(trials.map((trial) => trial.names)).toEqual([['a']]);
  trials[0]?.end();
  await applied;
  expect((await deleted).changes).toMatchObject([{ change: 'deleted' }]);
  await turn();
  expect(trials[1]?.names).toEqual(['b', 'c']);
  trials[1]?.end();
  await again;
  expect(names()).toEqual(['b', 'c']);
});

test('When nothing has changed, then there is no trial', async () => {
  const { applyFiles } = changes();
  const first = applyFiles(file(config('a', '1')));
  await turn();
  trials[0]?.end();
  await first;
  expect((await applyFiles(file(config('a', '1')))).changes).toMatchObject([{ change: 'unchanged' }]);
  expect(trials).toHaveLength(1);
});
