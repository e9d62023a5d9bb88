import { describe, expect, test } from '@jest/globals';
import { asKind } from '../kinds/typed.ts';
import { readText } from '../text.ts';
import { parseYaml } from './parse.ts';

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
    ['a: 1\nb: { __proto__: { x: 1 } }\n', 'my.yaml:2: "__proto__" is not modelled locally as a key.'],
    ['a: 1\n? ~\n: 2\n', 'my.yaml:2: a key must be a text, not a list or a mapping.'],
    ['a: &a x\n*a : 2\n', 'my.yaml:2: a key must be a text, not a list or a mapping.'],
    ['a: 1\nb: { <<: [1] }\n', 'my.yaml:2: "<<" takes a mapping, or a list of mappings.'],
    ['<<: &a { b: 1 }\n<<: *a\n', 'my.yaml:2: "<<" stands twice in the same mapping.'],
    ['a: 1\nb: !!set { x }\n', 'my.yaml:2: not valid YAML: Unresolved tag: tag:yaml.org,2002:set.'],
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

  test('When an anchor is written again, then each alias has the one above it', () => {
    expect(read('- &a 1\n- *a\n- &a 2\n- *a\n')).toEqual([1, 1, 2, 2]);
  });

  test('When mappings are merged, then own fields come first, and then earlier mappings', () => {
    const text = 'a: &a { x: 1, w: 1 }\nb: &b { x: 2, z: 2 }\nc: { <<: [*a, *b], w: 3 }\nd: { x: 4, <<: *b }\n';
    expect(read(text)).toMatchObject({ c: { x: 1, w: 3, z: 2 }, d: { x: 4, z: 2 } });
  });

  test('When a key is the name of what every object has, then it is a key like another one', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { constructor: "x", toString: "z" }\n';
    const [one] = readText({ file: 'my.yaml', text, namespace: 'shop' });
    expect(one && asKind(one, 'ConfigMap').data).toEqual({ constructor: 'x', toString: 'z' });
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
