import { expect, test } from '@jest/globals';
import { readText } from '../manifests/text.ts';
import { objectsBehind } from './blame.ts';

const config = (name: string, value: string) => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { value: '${value}' }\n`;
  return readText({ file: `${name}.yaml`, text, namespace: 'shop' })[0]!;
};
const valueOf = (names: string[]) => (objects: readonly { metadata: { name: string }; body: unknown }[]) =>
  objects.filter(({ metadata }) => names.includes(metadata.name)).map(({ body }) => body);

test('When objects were changed and added, then those behind a result are found', () => {
  const before = [config('a', '1'), config('b', '1'), config('c', '1')];
  const after = [config('a', '2'), config('b', '1'), config('c', '2'), config('d', '1')];
  const behind = (...names: string[]) =>
    objectsBehind({ before, after }, valueOf(names)).map(({ metadata }) => metadata.name);
  expect([behind('a'), behind('c', 'd'), behind('b')]).toEqual([['a'], ['c', 'd'], []]);
});

test('When one object was changed, then it is the one, and nothing is computed', () => {
  const [before, after] = [[config('a', '1')], [config('a', '2')]];
  const never = () => {
    throw new Error('computed');
  };
  expect(objectsBehind({ before, after }, never)).toEqual(after);
});

test('When the others have no result without an object, then it is behind the result', () => {
  const after = [config('a', '1'), config('b', '1')];
  const needsA = (objects: readonly { metadata: { name: string } }[]) => {
    if (!objects.some(({ metadata }) => metadata.name === 'a')) throw new Error('no a');
    return 'the same';
  };
  expect(objectsBehind({ before: [], after }, needsA)).toEqual([after[0]]);
});
