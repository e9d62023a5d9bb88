import { expect, test } from '@jest/globals';
import { jsonObjects } from './json-stream.ts';
import { readText } from '../text.ts';

const fail = (_: number, what: string): never => {
  throw new Error(what);
};

const object = (name: string) =>
  `{ "apiVersion": "v1", "kind": "ConfigMap",\n  "metadata": { "name": "${name}" }, "data": { "a": "}{ \\"" } }`;

test('When JSON objects stand one after the other, then each is read, with its own line', () => {
  const text = `${object('a')}\n${object('b')} ${object('c')}\n`;
  const read = readText({ file: 'my.json', text, namespace: 'shop' });
  expect(
    read.map(({ metadata, source, lineOf }) => [metadata.name, source.line, lineOf(['metadata', 'name'])]),
  ).toEqual([
    ['a', 1, 2],
    ['b', 3, 4],
    ['c', 4, 5],
  ]);
});

test.each(['', 'a: b', object('a'), '{ a: 1 } # more', '{ "a": 1 } b', '{ "a": 1 }\n---\n{ "b": 2 }', '{ "a": "}" '])(
  'When the text is %j, then it is left as it is',
  (text) => {
    expect(jsonObjects(text, fail)).toEqual([{ text, start: 0 }]);
  },
);
