import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { readText } from '../../text.ts';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

/** MeshConfig, Helm values and kustomizations are not objects; the last two files must be rejected. */
const OTHERS = ['mesh-config.yaml', 'values.yaml', 'kustomization.yaml', 'mutant-weights.yaml', 'mutant-regex.yaml'];

const files = ['istio', 'test/e2e/lessons'].flatMap((folder) =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !OTHERS.some((name) => path.endsWith(name)))
    .map((path) => `${folder}/${path}`),
);

const read = (file: string) => readText({ file, text: readFileSync(`${ROOT}${file}`, 'utf8'), namespace: 'shop' });

test('When files are listed, then those of the shop, of the lessons and of the article are included', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'istio/base/shop.yaml',
      'istio/article/mesh-policy.yaml',
      'istio/canary/50.yaml',
      'test/e2e/lessons/no-release.yaml',
    ]),
  );
});

test.each(files)('When %s is read, then it is valid', (file) => {
  expect(read(file).length).toBeGreaterThan(0);
});

test('When weights add up to 0, then the lesson about it is rejected with its line', () => {
  expect(() => read('test/e2e/lessons/mutant-weights.yaml')).toThrow(
    'test/e2e/lessons/mutant-weights.yaml:9: weights of VirtualService recommendations add up to 0; at least one must be above it. Nothing was changed.',
  );
});

test('When a regular expression repeats more often than RE2 allows, then the lesson about it is rejected with its line', () => {
  expect(() => read('test/e2e/lessons/mutant-regex.yaml')).toThrow(
    /^test\/e2e\/lessons\/mutant-regex\.yaml:8: VirtualService .* \(error parsing regexp: invalid repeat count: `\{1001\}`\)/,
  );
});
