import { expect, test } from '@jest/globals';
import { readText } from '../text.ts';

const read = (text: string) => readText({ file: 'my.yaml', text, namespace: 'shop' });
const configMap = (rest: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n${rest}`;
const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const levels = (open: string, close: string, count: number) => `${open.repeat(count)}x${close.repeat(count)}`;

const LEVELS = 'has more than 100 levels of lists and mappings';

/** Texts that are small to write and large to read, and the sentence of each. */
const ATTACKS: [what: string, text: () => string, sentence: string][] = [
  ['10,000 lists within each other', () => configMap(`data: ${levels('[', ']', 10_000)}`), `my.yaml:4: ${LEVELS}`],
  [
    '10,000 mappings within each other',
    () => configMap(`data: ${levels('{a: ', '}', 10_000)}`),
    `my.yaml:4: ${LEVELS}`,
  ],
  ['10,000 open lists', () => '['.repeat(10_000), `my.yaml:1: ${LEVELS}`],
  ['10,000 dashes in a line', () => configMap(`data:\n  ${levels('- ', '', 10_000)}`), `my.yaml:5: ${LEVELS}`],
  ['2,000 levels of lines', () => many(2_000, (i) => `${' '.repeat(i)}a:\n`), `my.yaml:100: ${LEVELS}`],
  ['the same in JSON', () => levels('{"a":', '}', 10_000), `my.yaml:1: ${LEVELS}`],
  ['more than 3 MiB', () => configMap(`data: { a: ${'x'.repeat(3_145_728)} }`), 'my.yaml:1: has more than 3 MiB'],
  ['6,000 documents', () => '---\n'.repeat(6_000), 'my.yaml:5001: has more than 5000 documents'],
  ['6,000 JSON objects', () => many(6_000, () => '{}\n'), 'my.yaml:5001: has more than 5000 documents'],
  [
    '2,000,000 empty lines',
    () => '\n'.repeat(2_000_000),
    'my.yaml:250001: has more than 250000 names, values and signs',
  ],
  [
    'an anchor of 1 MiB that is used four times',
    () => `a: &a ${'x'.repeat(1_000_000)}\nb:\n${'- *a\n'.repeat(4)}`,
    'my.yaml:6: more than 3 MiB come together here',
  ],
  [
    'mappings that are merged twice each',
    () => `a0: &a0 { x: 1 }\n${many(40, (i) => `a${i + 1}: &a${i + 1}\n  <<: [*a${i}, *a${i}]\n`)}`,
    'more than 100000 values come together here',
  ],
  [
    'an object that is larger than etcd takes',
    () =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: a }\nspec: { hosts: [${'x'.repeat(1_572_864)}] }\n`,
    'my.yaml:1: VirtualService has more than 1.5 MiB',
  ],
];

test.each(ATTACKS)('When a file has %s, then one sentence says so within seconds', (_what, text, sentence) => {
  const start = process.cpuUsage();
  expect(() => read(text())).toThrow(sentence);
  expect(process.cpuUsage(start).user).toBeLessThan(10_000_000);
});

/** Files that are read in a time that grows with their size: ten times as much takes less than 40 times as long. */
const LINEAR: [what: string, text: (count: number) => string][] = [
  ['keys', (count) => configMap(`data:\n${many(count, (i) => `  key-${i}: x\n`)}`)],
  ['keys with a wrong value', (count) => configMap(`data:\n${many(count, (i) => `  key-${i}: ${i}\n`)}`)],
  ['unknown fields', (count) => configMap(many(count, (i) => `field-${i}: x\n`))],
  ['anchors, each with an alias', (count) => configMap(`x:\n${many(count, (i) => `- &a${i} b\n- *a${i}\n`)}`)],
  ['JSON objects', (count) => many(count / 8, () => '{"a":1}\n')],
  [
    'spaces in base64',
    (count) => `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { a: "${' '.repeat(count * 5)}!" }\n`,
  ],
  ['letters in an unknown kind', (count) => `apiVersion: v1\nkind: ${'x'.repeat(count * 5)}\n`],
  [
    'hosts of a VirtualService',
    (count) =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: a }\nspec: { hosts: [${many(count, (i) => `h${i}, `)}] }\n`,
  ],
  [
    'ports of a Service',
    (count) =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec:\n  ports:\n${many(count, (i) => `  - { name: p${i}, port: 1 }\n`)}`,
  ],
  [
    'digits in a quantity',
    (count) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { template: { spec: { containers: [{ resources: { limits: { cpu: "${'1'.repeat(count * 5)}x" } } }] } } }\n`,
  ],
];

test.each(LINEAR)('When a file has many %s, then the time grows with their number', (_what, text) => {
  const best = (count: number) => {
    const times = Array.from({ length: 5 }, () => {
      const written = text(count);
      const start = process.cpuUsage();
      try {
        read(written);
      } catch (error) {
        expect((error as Error).name).toBe('ManifestError');
      }
      return process.cpuUsage(start).user;
    });
    return Math.min(...times);
  };
  best(500);
  // Less than 3 ms is too short to be measured.
  expect(best(5_000) / Math.max(best(500), 3_000)).toBeLessThan(40);
});
