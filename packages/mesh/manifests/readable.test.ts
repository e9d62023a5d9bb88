import { expect, test } from '@jest/globals';
import { printable, shortened } from './readable.ts';
import { readText } from './text.ts';

test.each([
  ['\u001b[31mred\u0007', String.raw`\u001b[31mred\u0007`],
  ['a\nb\u009b31m', String.raw`a\nb\u{9b}31m`],
  ['\u202eabc\u2028\ud800', String.raw`\u{202e}abc\u{2028}\u{d800}`],
  ['blåbær 🙂 "quoted"', 'blåbær 🙂 "quoted"'],
])('When a text is %j, then a terminal gets %s', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('When a sentence quotes at length, then only the beginning is shown, and the sentence stays', () => {
  const [value, word] = ['x y'.repeat(1_000), 'z'.repeat(1_000)];
  const sentence = shortened(`"${value}" in ${word} is not "short"`);
  expect(sentence).toMatch(/^"x yx.*…" in z+… is not "short"$/);
  expect(sentence.length).toBeLessThan(200);
  expect(shortened('many words '.repeat(1_000)).length).toBeLessThan(2_100);
});

const configMap = (metadata: string, rest = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { ${metadata} }\n${rest}`;

test.each([
  [configMap('name: "\\e[31m"'), 'not "\\u001b[31m"'],
  [configMap('name: a', '"\\e]0;x\\a": b\n'), String.raw`"\u001b]0;x\u0007" in ConfigMap is unknown`],
  [configMap('name: "\x1b[31m"'), 'my.yaml:3: has the control character U+001B'],
  [configMap('name: "\x00"'), 'my.yaml:3: has the control character U+0000'],
  [configMap(`name: ${'a'.repeat(100_000)}_`), 'aaa…". Nothing was changed.'],
  [configMap('name: a', `data: { ${'a'.repeat(100_000)}: b }\n`), 'aaa… is no key'],
])('When a file is %j, then the message is fit for a terminal', (text, part) => {
  const read = () => readText({ file: 'my.yaml', text, namespace: 'shop' });
  expect(read).toThrow(part);
  // eslint-disable-next-line no-control-regex
  expect(read).not.toThrow(/[\u0000-\u001f\u007f-\u009f]|.{600}/);
});
