import { describe, expect, test } from '@jest/globals';
import { readText } from './text.ts';
import { parseYaml } from './yaml.ts';

const read = (text: string) => parseYaml('my.yaml', text)[0]?.value;
const message = (text: string) => {
  try {
    read(text);
    return 'read';
  } catch (error) {
    return (error as Error).message.replace(' Nothing was changed.', '');
  }
};

describe('what kubectl does not read either', () => {
  test.each([
    ['a: 1\nb: 2\n"a": 3\n', 'my.yaml:3: "a" stands twice in the same mapping.'],
    ['x:\n  1: a\n  "1": b\n', 'my.yaml:3: "1" stands twice in the same mapping.'],
    ['a: 1\n? [b]\n: 2\n', 'my.yaml:2: a key must be a text, not a list or a mapping.'],
    ['{a: b}: c\n', 'my.yaml:1: a key must be a text, not a list or a mapping.'],
    ['a: 1\nb: *a\n', 'my.yaml:2: "*a" names no "&a" above it.'],
    ['a: &a\n  b: *a\n', 'my.yaml:2: "*a" stands within what it names.'],
    ['a: &a [1, [*a]]\n', 'my.yaml:1: "*a" stands within what it names.'],
  ])('When the text is %j, then one sentence says so', (text, sentence) => {
    expect(message(text)).toBe(sentence);
  });
});

describe('what kubectl reads', () => {
  test('When an anchor is used two hundred times, then each use has its value', () => {
    const text = `a: &a { b: 1 }\nlist: [${Array(200).fill('*a').join(', ')}]\n`;
    expect(read(text)).toEqual({ a: { b: 1 }, list: Array(200).fill({ b: 1 }) });
  });

  test('When a ConfigMap has twenty thousand keys, then it is read in the time of reading, not of comparing all pairs', () => {
    const keys = (count: number) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n${Array.from({ length: count }, (_, index) => `  key-${index}: x\n`).join('')}`;
    const time = (count: number) => {
      const start = process.cpuUsage();
      readText({ file: 'my.yaml', text: keys(count), namespace: 'shop' });
      return process.cpuUsage(start).user;
    };
    const best = (count: number) => Math.min(time(count), time(count), time(count));
    best(2_000);
    // Ten times as many keys: quadratic would be a hundred times as long.
    expect(best(20_000) / best(2_000)).toBeLessThan(40);
  });
});

test.each([
  ['ConfigMap', 'data', 'must have at most 1048576 bytes together'],
  ['Secret', 'stringData', 'must have at most 1048576 bytes together'],
])('When a %s has more than a mebibyte, then it is refused', (kind, field, what) => {
  const text = (size: number) =>
    `apiVersion: v1\nkind: ${kind}\nmetadata: { name: a }\n${field}: { a: ${'x'.repeat(size - 1)}, b: x }\n`;
  const readObject = (size: number) => () => readText({ file: 'my.yaml', text: text(size), namespace: 'shop' });
  expect(readObject(1_048_576)).not.toThrow();
  expect(readObject(1_048_577)).toThrow(`${kind} ${field} ${what}`);
});

test('When annotations have more than 256 KiB, then they are refused', () => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, annotations: { a: ${'x'.repeat(262_144)} } }\n`;
  expect(() => readText({ file: 'my.yaml', text, namespace: 'shop' })).toThrow(
    'metadata.annotations must have at most 262144 bytes together',
  );
});
