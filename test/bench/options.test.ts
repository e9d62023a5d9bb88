import { expect, test } from '@jest/globals';
import { BENCHES } from './benches.ts';
import { helpText, readOptions } from './options.ts';

const names = ['start', 'hop'];

test('When no option is given, then everything is measured in full, with seed 1', () => {
  expect(readOptions([], names)).toMatchObject({ size: { name: 'full' }, only: [], seed: 1, json: false });
});

test('When options are given, then they are used', () => {
  expect(readOptions(['--short', '--only', 'hop', '--only=start', '--seed', '9', '-o', 'json'], names)).toMatchObject({
    size: { name: 'short' },
    only: ['hop', 'start'],
    seed: 9,
    json: true,
  });
});

test.each([
  [['--only', 'hops'], 'There is no bench "hops"; there are start, hop.'],
  [['-o', 'yaml'], '-o takes "json", not "yaml".'],
  [['--seed', 'x'], '--seed takes a whole number, not "x".'],
])('When the arguments are %j, then one sentence says what is wrong', (words, sentence) => {
  expect(() => readOptions(words, names)).toThrow(sentence);
});

test('When help is requested, then it lists every bench', () => {
  for (const { name, title } of BENCHES) expect(helpText(BENCHES)).toMatch(new RegExp(`${name} +${title}`));
});
