import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { BAD_INPUT } from '../testdata/bad-input.ts';
import { readText } from './text.ts';

const good = readFileSync(new URL('../testdata/workload.yaml', import.meta.url), 'utf8');
const lines = good.split('\n');

describe('a manifest with one mistake', () => {
  test('When nothing is changed, then it is read', () => {
    expect(read(good)).toHaveLength(6);
  });

  test.each(BAD_INPUT)('When "%s" becomes "%s", then one message names it', (written, becomes, sentence) => {
    const line = lines.indexOf(written) + 1;
    expect(line).toBeGreaterThan(0);
    const bad = good.replace(`${written}\n`, `${becomes}\n`);
    const expected = sentence.replace(/@([+-]\d+)?/, (_, offset = '0') => String(line + Number(offset)));
    expect(() => read(bad)).toThrow(new Error(`${expected} Nothing was changed.`));
  });

  test.each(['', '\n', '# only a comment\n', '---\n---\n'])(
    'When a file contains %j, then the message says that it is empty',
    (text) => {
      expect(() => read(text)).toThrow(new Error('my.yaml:1: holds no Kubernetes object. Nothing was changed.'));
    },
  );

  test.each(['just a word\n', '- a list\n', '42\n'])('When a file contains %j, then it is not an object', (text) => {
    expect(() => read(text)).toThrow('my.yaml:1: holds no Kubernetes object, which is a mapping');
  });

  test('When the selector has a label that the pods do not have, then the message names the selector', () => {
    const at = lines.indexOf('      app: billing') + 1;
    const bad = good.replace('      app: billing\n  strategy', '      app: biling\n  strategy');
    expect(() => read(bad)).toThrow(`my.yaml:${at - 1}: Deployment spec.selector.matchLabels must be among the labels`);
  });

  test('When aliases expand without limit, then the file is rejected', () => {
    const levels = Array.from(
      { length: 8 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`,
    );
    expect(() => read(['l0: &l0 [x]', ...levels].join('\n'))).toThrow(
      'my.yaml:6: more than 100000 values come together here. Nothing was changed.',
    );
  });
});

function read(text: string) {
  return readText({ file: 'my.yaml', text, namespace: 'shop' });
}
